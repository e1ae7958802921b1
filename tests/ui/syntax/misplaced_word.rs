//! Words in the wrong place.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq)]
#[lattice(max)]
struct Order {
    #[lattice(conflict = Broken)]
    priority: lattice_core::Max<u64>,
}

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Status {
    #[lattice(bottom)]
    New,
    #[lattice(max)]
    Paid,
}

fn main() {}
