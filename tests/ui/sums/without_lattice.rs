//! An LVar and deltas of an enum with data that is no lattice.

use lattice_derive::{LVar, Replicate};

#[derive(LVar, Replicate, Clone, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Value {
    Unknown,
    #[lattice(flat)]
    Known(i64),
    Varies,
}

fn main() {}
