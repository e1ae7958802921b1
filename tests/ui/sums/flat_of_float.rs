//! Plain data that cannot be told apart.

use lattice_derive::{LVar, Lattice, Replicate};

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
#[lattice(chain)]
enum Value {
    Unknown,
    #[lattice(flat)]
    Known(f64),
    Varies,
}

fn main() {}
