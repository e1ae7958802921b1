//! Lattices that want no word, or none that there is.

use lvars::prelude::*;

#[derive(Lattice, LVar, Replicate, Clone, Debug)]
struct Order {
    #[lattice(max)]
    priority: Max<u64>,
    weight: Max<f64>,
}

#[derive(Lattice, Clone, Debug)]
struct Line {
    price: Flat<f64>,
}

fn main() {
    let _ = LVar::<Order>::new().freeze(Outside::here());
    let _ = Replica::<Order>::open();
}
