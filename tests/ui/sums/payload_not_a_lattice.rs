//! Payloads that are plain data, without the word that says so.

use lattice_derive::{LVar, Lattice, Replicate};

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
#[lattice(chain)]
enum Value {
    Unknown,
    Known(i64),
    Weighed { #[lattice(max)] weight: f64 },
    Varies,
}

fn main() {}
