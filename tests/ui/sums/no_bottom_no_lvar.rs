//! An LVar of an enum with nothing to start from.

use std::num::NonZeroU8;

use lattice_core::Max;
use lattice_derive::{LVar, Lattice};

#[derive(Lattice, LVar, Clone, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Value {
    Least(Max<NonZeroU8>),
    Varies,
}

fn main() {}
