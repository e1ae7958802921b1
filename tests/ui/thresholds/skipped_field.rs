//! A field outside of the lattice is nothing to wait for.

use lattice_derive::{Lattice, Threshold};

#[derive(Lattice, Clone, Debug)]
struct Order {
    #[lattice(skip(reason = "a cache"))]
    total: u64,
    #[lattice(max)]
    priority: u64,
}

#[derive(Threshold)]
#[threshold(on = Order)]
enum Outcome {
    #[when(total >= 3)]
    Large,
}

fn main() {}
