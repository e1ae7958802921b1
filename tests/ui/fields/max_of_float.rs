//! A float has no total order.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug)]
struct Order {
    #[lattice(max)]
    price: f64,
    #[lattice(min)]
    discount: f32,
}

fn main() {}
