//! `conflict` and `bottom` name one variant.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(chain, conflict = Status::Broken)]
#[lattice(bottom)]
enum Status {
    New,
    Broken,
}

fn main() {}
