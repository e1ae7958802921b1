//! `flat` on one field of several.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Value {
    Unknown,
    Known(#[lattice(flat)] String, #[lattice(max)] u64),
    Varies,
}

fn main() {}
