//! The bound of a parameter is asked for where the type is used.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug)]
struct Pair<T>(T, lattice_core::Max<u8>);

fn uses(pair: &mut Pair<u64>, other: Pair<u64>) -> bool {
    lattice_core::Lattice::join(pair, other)
}

fn main() {}
