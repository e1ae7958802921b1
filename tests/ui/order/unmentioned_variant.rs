//! A variant without a place.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(New < Paid))]
enum Status {
    New,
    Paid,
    Broken,
}

fn main() {}
