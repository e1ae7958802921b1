//! Two variants that exclude each other need a state for both.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(Todo < Running < Done, Running < Failed))]
enum Job {
    Todo,
    Running,
    Done,
    Failed,
}

fn main() {}
