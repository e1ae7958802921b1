//! `flat` where there is nothing to be plain.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Light {
    Red,
    #[lattice(flat)]
    Green,
}

fn main() {}
