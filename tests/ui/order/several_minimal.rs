//! Nothing to start from.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(A < Top, B < Top))]
enum NoStart {
    A,
    B,
    Top,
}

fn main() {}
