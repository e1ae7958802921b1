use std::cmp::Ordering;
use std::collections::BTreeSet;

use lvars::prelude::*;

/// An element is in if it was added and not removed.
#[derive(Clone, Debug, PartialEq)]
pub struct TwoPhaseSet {
    added: BTreeSet<u32>,
    removed: BTreeSet<u32>,
}

impl Lattice for TwoPhaseSet {
    fn join(&mut self, other: Self) -> bool {
        let added = self.added.join(other.added);
        self.removed.join(other.removed) || added
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        let [left, right] = [self, other].map(|set| (set.added.clone(), set.removed.clone()));
        left.lattice_cmp(&right)
    }
}

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Shop {
    members: TwoPhaseSet,
    stock: PnCounter,
}

#[derive(Threshold)]
#[threshold(on = Shop)]
enum Member {
    #[when(members >= 7)]
    Seven,
}

#[derive(Threshold)]
#[threshold(on = Shop)]
enum Stock {
    #[when(stock >= 3)]
    Enough,
}

fn main() {}
