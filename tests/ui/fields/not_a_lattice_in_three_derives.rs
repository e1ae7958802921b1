//! Three derives and uses of the type: still one error a field.

use lvars::prelude::*;

#[derive(Lattice, LVar, Replicate, Clone, Debug)]
struct Order {
    priority: u64,
    name: String,
    items: Vec<u8>,
    fine: Max<u8>,
}

fn uses(order: &OrderLVar, mut plain: Order) -> bool {
    order.priority.put(3).is_ok() && order.freeze(Outside::here()).is_ok() && plain.absorb(Order::bottom()).is_none()
}

fn main() {}
