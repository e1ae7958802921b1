//! `with` takes a module, and tests its functions, which needs a concrete type.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug)]
struct Order {
    #[lattice(with)]
    nothing: u64,
    #[lattice(with = "longest")]
    text: u64,
    #[lattice(with(longest))]
    list: u64,
    #[lattice(with = longest, max)]
    two: u64,
}

#[derive(Lattice, Clone, Debug)]
struct Generic<T> {
    #[lattice(with = longest)]
    name: T,
}

fn main() {}
