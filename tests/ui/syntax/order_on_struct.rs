//! A struct has no variants to order.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq)]
#[lattice(order(a < b), chain, conflict = a, bottom = b)]
struct Pair {
    a: lattice_core::Max<u64>,
    b: lattice_core::Max<u64>,
}

#[derive(Lattice, Clone, Debug, PartialEq)]
#[lattice(chain)]
struct Version {
    #[lattice(max)]
    major: u64,
}

fn main() {}
