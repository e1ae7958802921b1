//! A payload that a later state forgets cannot be bound.

use lattice_derive::{Lattice, Threshold};

#[derive(Lattice, Clone, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Value {
    Unknown,
    #[lattice(flat)]
    Known(i64),
    Varies,
}

#[derive(Threshold)]
#[threshold(on = Value)]
enum Constant {
    #[when(self)]
    Is(i64),
}

fn main() {}
