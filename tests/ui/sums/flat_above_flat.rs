//! Two values of plain data that join to plain data.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Value {
    Unknown,
    #[lattice(flat)]
    Known(i64),
    #[lattice(flat)]
    Differs(i64),
    Varies,
}

fn main() {}
