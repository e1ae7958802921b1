//! Words that nobody knows, with the nearest one, or what somebody means who knows them from elsewhere.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq)]
#[lattice(chian, crat = lvars, no_such_word)]
struct Order {
    #[lattice(mxa)]
    priority: u64,
    #[lattice(sum)]
    total: u64,
    #[lattice(and)]
    settled: bool,
    #[lattice(or)]
    disputed: bool,
    #[lattice(set)]
    tags: std::collections::BTreeSet<u8>,
    #[lattice(last)]
    comment: u64,
}

fn main() {}
