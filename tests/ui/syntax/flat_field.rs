//! `flat` needs room for the conflict.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Order {
    #[lattice(flat)]
    price: u64,
}

fn main() {}
