//! Each word is said once.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq)]
#[lattice(crate = lattice_core, crate = lvars)]
struct Order {
    #[lattice(max, max)]
    priority: u64,
}

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(chain, chain)]
#[lattice(bottom = New)]
#[lattice(bottom = New)]
enum Status {
    New,
    Paid,
}

fn main() {}
