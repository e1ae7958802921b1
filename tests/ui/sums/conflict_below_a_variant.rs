//! The rules of orders hold for enums with data too.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq, Eq)]
#[lattice(order(Unknown < Known < Clash < Varies), conflict = Clash)]
enum Value {
    Unknown,
    #[lattice(flat)]
    Known(i64),
    Clash,
    Varies,
}

#[derive(Lattice, Clone, Debug, PartialEq, Eq)]
#[lattice(order(Never < Int, Never < Text))]
enum Type {
    Never,
    Int(lattice_core::Max<u8>),
    #[lattice(flat)]
    Text(String),
}

fn main() {}
