//! A strategy that does not fit, in three derives.

use lvars::prelude::*;

#[derive(Lattice, LVar, Replicate, Clone, Debug)]
struct Order {
    #[lattice(max)]
    price: f64,
}

fn main() {}
