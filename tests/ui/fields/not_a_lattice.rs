//! Bare values have several meanings: one error each.

use lattice_derive::Lattice;

use std::collections::BTreeMap;

#[derive(Lattice, Clone, Debug)]
struct Order {
    priority: u64,
    urgent: bool,
    name: String,
    price: f64,
    items: Vec<lattice_core::Max<u8>>,
    counts: BTreeMap<u8, u32>,
    optional: Option<u8>,
    fine: lattice_core::Max<u8>,
}

fn uses(order: &mut Order, other: Order) -> bool {
    lattice_core::Lattice::join(order, other)
}

fn main() {}
