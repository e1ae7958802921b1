//! Words in the wrong place.

use lvars::prelude::*;

#[derive(Lattice, Clone, Debug, PartialEq)]
#[lattice(max)]
struct Job {
    done: Max<u64>,
}

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Status {
    #[lattice(bottom)]
    New,
    #[lattice(max)]
    Paid,
    Broken,
}

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Order {
    #[lattice(conflict = Broken)]
    status: Status,
}

fn main() {}
