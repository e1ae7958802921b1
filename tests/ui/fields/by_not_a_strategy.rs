//! `by` names a strategy for the type of the field.

use lattice_derive::{LVar, Lattice, Replicate};

use std::cmp::Ordering;

use lvars::strategies::{By, Strategy};

struct Nothing;

struct ForBytes;

impl Strategy<u8> for ForBytes {
    type Lattice = By<Self, u8>;

    fn join(_: &mut u8, _: u8) -> bool {
        false
    }

    fn cmp(_: &u8, _: &u8) -> Option<Ordering> {
        Some(Ordering::Equal)
    }
}

#[derive(Lattice, LVar, Replicate, Clone, Debug)]
struct Order {
    #[lattice(by = Nothing)]
    number: u64,
    #[lattice(by = ForBytes)]
    priority: u64,
}

fn main() {}
