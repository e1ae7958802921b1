//! `default` on a type without a bottom.

use lattice_derive::Lattice;

use std::cmp::Ordering;

/// A lattice by hand, without a bottom.
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

#[derive(Lattice, Clone, Debug)]
#[lattice(default)]
struct Order {
    by_hand: ByHand,
}

#[derive(Lattice, Clone, Debug)]
#[lattice(chain, default)]
enum Lot {
    Open(ByHand),
    Sold,
}

fn main() {}
