//! A cycle of one.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(A < A))]
enum Self_ {
    A,
}

fn main() {}
