//! In a chain the conflict is declared last.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(chain, conflict = Broken)]
enum Status {
    New,
    Broken,
    Done,
}

fn main() {}
