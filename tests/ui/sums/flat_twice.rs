//! `flat` on the variant and on its field, and with a value.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Value {
    #[lattice(flat = 3)]
    Unknown(i64),
    #[lattice(flat)]
    Known(#[lattice(flat)] i64),
    Varies,
}

fn main() {}
