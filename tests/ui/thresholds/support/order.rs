//! The lattices that the programs of `tests/ui/thresholds` ask for thresholds.

use std::collections::BTreeMap;

use lvars::prelude::*;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(New < Paid < Shipped < Broken, New < Cancelled < Broken), conflict = Broken)]
pub enum Status {
    New,
    Paid,
    Shipped,
    Cancelled,
    Broken,
}

#[derive(Lattice, Clone, Debug, PartialEq)]
pub struct Line {
    pub status: Status,
    pub price: Flat<u32>,
}

#[derive(Lattice, Clone, Debug, PartialEq)]
pub struct Order {
    pub status: Status,
    pub lines: BTreeMap<u32, Line>,
    pub named: BTreeMap<String, Flat<u32>>,
    pub total: Flat<u32>,
    pub billing: Line,
    #[lattice(max)]
    pub priority: u64,
    pub stock: PnCounter,
}
