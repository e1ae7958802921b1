//! A sum counts each write, and a join counts it once however often it comes: a counter knows who wrote.

use lvars::prelude::*;

#[derive(Lattice, LVar, Replicate, Clone, Debug)]
struct Sales {
    #[lattice(sum)]
    total: u64,
    sold: u32,
}

fn main() {}
