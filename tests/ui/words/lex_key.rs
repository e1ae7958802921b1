//! A key under `lex` has a total order.

use lattice_derive::{LVar, Lattice, Replicate};
use lvars::{Bottom, Flat, LVarType};
use std::collections::BTreeSet;

#[derive(Lattice, LVar, Replicate, Clone, Debug)]
#[lattice(lex)]
struct Votes {
    voters: BTreeSet<u32>,
    result: Flat<bool>,
}

#[derive(Lattice, Clone, Debug)]
#[lattice(lex)]
struct Days {
    #[lattice(intersect)]
    days: Option<BTreeSet<u8>>,
    plain: u64,
    result: Flat<bool>,
}

fn main() {
    let _ = lvars::LVar::<Votes>::new();
    let _ = Votes::bottom();
}
