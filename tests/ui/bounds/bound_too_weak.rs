//! A bound of the user's is taken as it is.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug)]
#[lattice(bound = "T: Clone")]
struct Alone<T>(T);

fn main() {}
