//! std's order needs std's equality.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug)]
#[lattice(partial_ord)]
struct Order {
    #[lattice(max)]
    priority: u64,
}

fn main() {}
