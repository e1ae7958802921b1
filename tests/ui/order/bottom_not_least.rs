//! `bottom` is checked, not obeyed.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(chain, bottom = Paid)]
enum Status {
    New,
    Paid,
}

fn main() {}
