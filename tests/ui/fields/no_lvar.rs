//! A field without an LVar.

use lattice_derive::{LVar, Lattice};

use std::cmp::Ordering;

/// A lattice by hand, without a bottom, deltas or an LVar.
#[derive(Clone, Debug)]
struct ByHand;

impl lattice_core::Lattice for ByHand {
    fn join(&mut self, _: Self) -> bool {
        false
    }

    fn lattice_cmp(&self, _: &Self) -> Option<Ordering> {
        Some(Ordering::Equal)
    }
}

#[derive(Lattice, LVar, Clone, Debug)]
struct Order {
    by_hand: ByHand,
}

fn main() {}
