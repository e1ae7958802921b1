//! A strategy without a bottom makes no LVar, and one without deltas no replica.

use lattice_derive::{LVar, Lattice, Replicate};

use std::cmp::Ordering;

use lvars::strategies::{By, Strategy};

struct ByBits;

impl Strategy<u8> for ByBits {
    type Lattice = By<Self, u8>;

    fn join(value: &mut u8, other: u8) -> bool {
        let before = *value;
        *value |= other;
        *value != before
    }

    fn cmp(left: &u8, right: &u8) -> Option<Ordering> {
        (left == right).then_some(Ordering::Equal)
    }
}

#[derive(Lattice, LVar, Clone, Debug)]
struct Shared {
    #[lattice(by = ByBits)]
    rights: u8,
}

#[derive(Lattice, Replicate, Clone, Debug)]
struct Sent {
    #[lattice(by = ByBits)]
    rights: u8,
}

fn main() {}
