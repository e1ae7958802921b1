//! Joining would leave the conflict.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(New < Broken < Done), conflict = Broken)]
enum Status {
    New,
    Broken,
    Done,
}

fn main() {}
