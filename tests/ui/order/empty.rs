//! An order of nothing, and one that is not there.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order())]
enum Empty {
    A,
}

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order = A < B)]
enum Absent {
    A,
    B,
}

fn main() {}
