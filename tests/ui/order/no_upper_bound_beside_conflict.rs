//! The conflict is declared but not above all.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(Todo < Done, Todo < Failed, Todo < Broken), conflict = Broken)]
enum Task {
    Todo,
    Done,
    Failed,
    Broken,
}

fn main() {}
