//! Three names that are no variants, reported together.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(New < Piad < Broken, New < Nowhere), conflict = Borken)]
enum Status {
    New,
    Paid,
    Broken,
}

fn main() {}
