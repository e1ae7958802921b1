//! Lattices that want no word, or none that there is.

use lvars::prelude::*;

#[derive(Lattice, Clone, Debug)]
struct Order {
    #[lattice(max)]
    priority: Max<u64>,
    weight: Max<f64>,
    price: Flat<f64>,
}

fn main() {}
