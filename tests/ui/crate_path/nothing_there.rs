//! The path leads nowhere.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug)]
#[lattice(crate = no_such_crate)]
struct A;

fn main() {}
