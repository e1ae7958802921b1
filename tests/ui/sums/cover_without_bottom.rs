//! Two values of plain data join to a variant whose payload has no least value: by its type, and by its strategy.

use std::num::NonZeroU8;

use lattice_core::Max;
use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Value {
    Unknown,
    #[lattice(flat)]
    Known(i64),
    Varies(Max<NonZeroU8>, #[lattice(min)] String),
}

fn main() {}
