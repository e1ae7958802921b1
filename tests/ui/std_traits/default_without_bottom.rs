//! The default is the bottom, and these have none: there is no least number that is not zero.

use std::num::NonZeroU8;

use lvars::prelude::*;

#[derive(Lattice, Clone, Debug)]
#[lattice(default)]
struct Batch {
    size: Max<NonZeroU8>,
}

#[derive(Lattice, Clone, Debug)]
#[lattice(chain, default)]
enum Lot {
    Open(Max<NonZeroU8>),
    Sold,
}

fn main() {}
