//! Two variants that join to plain data.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq, Eq)]
#[lattice(order(Never < Int < Mixed < Any, Never < Text < Mixed))]
enum Type {
    Never,
    Int,
    Text,
    #[lattice(flat)]
    Mixed(String),
    Any,
}

fn main() {}
