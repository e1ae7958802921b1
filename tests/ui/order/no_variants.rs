//! No state at all.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Never {}

fn main() {}
