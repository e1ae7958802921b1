//! Too many states to be listed: there are 2⁶⁴ priorities.

use lvars::prelude::*;

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Order {
    #[lattice(max)]
    priority: u64,
}

fn draw<L: States>() {}

fn main() {
    draw::<Order>();
}
