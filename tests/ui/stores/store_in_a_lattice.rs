//! A store is a lattice in a document only.

use lvars::{AddWinsSet, Lattice};

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Page {
    tags: AddWinsSet<String>,
}

fn main() {}
