//! An order of nothing, and one that is not there.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order())]
enum Empty {
    New,
    Paid,
}

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order = A < B)]
enum NoList {
    A,
    B,
}

fn main() {}
