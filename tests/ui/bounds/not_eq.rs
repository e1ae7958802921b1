//! The states of an enum are compared.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug)]
#[lattice(chain)]
enum Phase {
    Begun,
    Ended,
}

fn main() {}
