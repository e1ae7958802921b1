//! `any` and `all` are for flags.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug)]
struct Order {
    #[lattice(any)]
    priority: u64,
    #[lattice(all)]
    name: String,
}

fn main() {}
