//! `by` takes a type.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug)]
struct Order {
    #[lattice(by)]
    nothing: u64,
    #[lattice(by = "ByLength")]
    name: String,
    #[lattice(by(ByLength))]
    list: u64,
}

fn main() {}
