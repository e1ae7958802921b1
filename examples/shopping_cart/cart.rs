//! The state, annotated once: act 2 shares it between threads, act 3 between replicas.
//!
//! ```text
//!   status         Broken              lines: an item's quantity is written once; a second, different one is a conflict
//!                 /      \             last_minute: the later one wins
//!           Shipped       |
//!              |      Cancelled
//!            Paid         |
//!                 \      /
//!                   New
//! ```

use std::collections::BTreeMap;

use lvars::prelude::*;

use super::keys::{Invoice, Sku};

/// Where an order stands. Shipped and cancelled exclude each other: to be both is a conflict.
#[derive(Lattice, LVar, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(New < Paid < Shipped < Broken, New < Cancelled < Broken), conflict = Broken)]
pub(super) enum Status {
    New,
    Paid,
    Shipped,
    Cancelled,
    Broken,
}

/// One order.
#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
pub(super) struct Cart {
    pub(super) status: Status,
    pub(super) lines: BTreeMap<Sku, Flat<i32>>,
    #[lattice(max)]
    pub(super) last_minute: u32,
}

/// All orders of the shop, and two counters that everyone writes.
#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
pub(super) struct Shop {
    pub(super) carts: BTreeMap<Invoice, Cart>,
    /// Of each item, how many were sold and how many taken back.
    pub(super) sold: BTreeMap<Sku, PnCounter>,
    /// How many lines have been written into carts.
    pub(super) lines_known: GCounter,
}

/// How many books are in the cart: the `getKey Book` of the paper. It binds the quantity, once that is decided.
#[derive(Threshold, Debug, PartialEq, Eq)]
#[threshold(on = Cart)]
pub(super) enum Books {
    #[when(lines[Sku::BOOK])]
    Ordered(i32),
}

/// How an order ended. The compiler has checked that the two exclude each other.
#[derive(Threshold, Clone, Copy, Debug, PartialEq, Eq)]
#[threshold(on = Cart)]
pub(super) enum Ended {
    #[when(status >= Status::Shipped)]
    Shipped,
    #[when(status >= Status::Cancelled)]
    Cancelled,
}

/// Whether at least a quarter of a million lines are known.
#[derive(Threshold, Clone, Copy, Debug, PartialEq, Eq)]
#[threshold(on = Shop)]
pub(super) enum LinesKnown {
    #[when(lines_known >= 250_000)]
    QuarterOfAMillion,
}

/// How the first order that was ever taken back ended, asked of the whole shop: a path through a map, down to a field.
#[derive(Threshold, Clone, Copy, Debug, PartialEq, Eq)]
#[threshold(on = Shop)]
pub(super) enum FirstCancellation {
    #[when(carts[Invoice::FIRST_CANCELLATION].status >= Status::Shipped)]
    Shipped,
    #[when(carts[Invoice::FIRST_CANCELLATION].status >= Status::Cancelled)]
    Cancelled,
}
