//! Outcomes that do not exclude each other: a join that is no conflict, equal values, and values that the compiler cannot compare.

use lattice_core::{Bottom, Max};
use lattice_derive::{Lattice, Threshold};

#[derive(Lattice, Clone, Debug, PartialEq, Eq)]
#[lattice(order(Open < Bid < Broken, Open < Seen < Broken, Open < Named < Broken), conflict = Broken)]
enum Lot {
    Open,
    #[lattice(flat)]
    Bid(i64),
    Seen(Max<u8>),
    #[lattice(flat)]
    Named(String),
    Broken,
}

#[derive(Threshold)]
#[threshold(on = Lot)]
enum SameValue {
    #[when(self >= Lot::Bid(1))]
    One,
    #[when(self >= Lot::Bid(2 - 1))]
    AlsoOne,
}

#[derive(Threshold)]
#[threshold(on = Lot)]
enum SameVariant {
    #[when(self >= Lot::Seen(Max(1)))]
    Few,
    #[when(self >= Lot::Seen(Max(2)))]
    Many,
}

#[derive(Threshold)]
#[threshold(on = Lot)]
enum SameText {
    #[when(self >= Lot::Named(String::new()))]
    Empty,
    #[when(self >= Lot::Named(String::new()))]
    AlsoEmpty,
}

fn main() {
    Lot::bottom();
}
