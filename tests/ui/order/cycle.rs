//! Each of the three would be below the others.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(A < B < C < A))]
enum Round {
    A,
    B,
    C,
}

fn main() {}
