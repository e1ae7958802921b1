//! A field has one join.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Order {
    #[lattice(max, min)]
    priority: u64,
    #[lattice(any)]
    #[lattice(all)]
    flag: bool,
}

fn main() {}
