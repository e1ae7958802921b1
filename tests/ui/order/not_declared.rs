//! No `order` and no `chain`.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    New,
    Paid,
    Shipped,
    Broken,
}

fn main() {}
