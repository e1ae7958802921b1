//! `union` is for sets and maps.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug)]
struct Order {
    #[lattice(union)]
    priority: u64,
}

fn main() {}
