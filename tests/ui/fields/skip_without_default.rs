//! A skipped field is made from nothing where a state is.

use lattice_derive::{LVar, Lattice, Replicate};

#[derive(Clone, Debug, PartialEq)]
struct Cache(u64);

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
struct Order {
    #[lattice(skip(reason = "a cache"))]
    cache: Cache,
    #[lattice(max)]
    priority: u64,
}

fn main() {}
