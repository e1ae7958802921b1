//! A union has no join.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy)]
union Either {
    left: u64,
    right: u64,
}

fn main() {}
