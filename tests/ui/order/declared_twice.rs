//! `order` and `chain` together.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(New < Paid), chain)]
enum Status {
    New,
    Paid,
}

fn main() {}
