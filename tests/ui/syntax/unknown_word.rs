//! Words that nobody knows, with the nearest one.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq)]
#[lattice(chian, crat = lvars, no_such_word)]
struct Order {
    #[lattice(mxa)]
    priority: u64,
    #[lattice(sum)]
    total: u64,
}

fn main() {}
