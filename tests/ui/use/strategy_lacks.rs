//! A strategy that only joins: no value to start from, no deltas.

use std::cmp::Ordering;

use lvars::{
    prelude::*,
    strategies::{By, Strategy, StrategyDelta},
};

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

#[derive(Lattice, Clone, Debug)]
struct Rights {
    #[lattice(by = ByBits)]
    bits: u8,
}

fn news<S: StrategyDelta<u8>>(_: S) {}

fn main() {
    let _: Rights = Bottom::bottom();
    news(ByBits);
}
