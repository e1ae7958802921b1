//! A plain enum says nothing of the states that reach its variants.

use lvars::prelude::*;

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
struct Order {
    #[lattice(max)]
    priority: u64,
}

enum Outcome {
    Urgent,
}

fn main() {
    let _ = Order::bottom().get::<Outcome>();
    let _ = Replica::<Order>::open().get::<Outcome>();
    let order = LVar::<Order>::new();
    let _ = order.get::<Outcome>();
}
