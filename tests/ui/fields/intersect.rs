//! `intersect` is for sets; a plain one has no bottom, and none has deltas.

use lattice_derive::{LVar, Lattice, Replicate};

use std::collections::BTreeSet;

#[derive(Lattice, Clone, Debug)]
struct Number {
    #[lattice(intersect)]
    day: u64,
}

#[derive(Lattice, LVar, Clone, Debug)]
struct Shared {
    #[lattice(intersect)]
    days: BTreeSet<u8>,
}

#[derive(Lattice, Replicate, Clone, Debug)]
struct Sent {
    #[lattice(intersect)]
    days: Option<BTreeSet<u8>>,
}

fn main() {}
