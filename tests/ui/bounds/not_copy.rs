//! An enum lattice is a plain value.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Status {
    New,
    Paid,
}

fn main() {}
