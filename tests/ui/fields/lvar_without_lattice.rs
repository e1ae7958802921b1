//! The LVar of a struct needs to know how the fields join.

use lvars::prelude::*;

#[derive(LVar, Clone, Debug)]
struct Order {
    votes: Max<u64>,
}

fn main() {
    let order = OrderLVar::new();
    let _ = order.votes.put(3);
}
