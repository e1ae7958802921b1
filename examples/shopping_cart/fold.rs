//! The answer book of act 3: what must every cart be in the end? A sequential fold of the log, in hash maps and integers.
//!
//! It shares no code with the lattice, on purpose: nothing here joins, compares in a lattice order, or encodes. What the replicas
//! agree on is right only if it is also what this file says.

use std::collections::HashMap;

use super::{
    keys::{Invoice, Sku},
    log::Event,
};

/// How an order ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    Shipped,
    Cancelled,
}

/// One cart after the last event of its invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FinalCart {
    pub(super) ended: Ended,
    /// The quantities of an item summed over the invoice's rows.
    pub(super) lines: HashMap<Sku, i64>,
    pub(super) last_minute: u32,
}

/// The whole shop after the last event.
#[derive(Debug, Default)]
pub(super) struct Books {
    pub(super) carts: HashMap<Invoice, FinalCart>,
    /// How many of each item were sold, and how many were taken back.
    pub(super) sold: HashMap<Sku, (u64, u64)>,
}

impl Books {
    /// How many lines all carts have together.
    pub(super) fn n_lines(&self) -> u64 {
        self.carts.values().map(|cart| cart.lines.len() as u64).sum()
    }
}

/// Reads the log from its first event to its last.
pub(super) fn fold(events: &[Event]) -> Books {
    let mut books = Books::default();
    for event in events {
        let cart = books.carts.entry(event.invoice).or_insert_with(|| FinalCart {
            ended: if event.invoice.is_cancellation() { Ended::Cancelled } else { Ended::Shipped },
            lines: HashMap::new(),
            last_minute: 0,
        });
        *cart.lines.entry(event.item).or_default() += i64::from(event.quantity);
        if event.minute > cart.last_minute {
            cart.last_minute = event.minute;
        }
        let (sold, taken_back) = books.sold.entry(event.item).or_default();
        if event.quantity < 0 {
            *taken_back += u64::from(event.quantity.unsigned_abs());
        } else {
            *sold += u64::from(event.quantity.unsigned_abs());
        }
    }
    books
}

#[cfg(test)]
mod tests {
    use super::{Ended, Event, Sku, fold};

    #[test]
    fn rows_of_one_item_add_up_within_an_invoice() {
        let row = |minute, invoice: &str, item, quantity| Event {
            minute,
            invoice: invoice.parse().unwrap(),
            item: Sku(item),
            quantity,
            country: 0,
        };
        let books = fold(&[row(5, "536365", 1, 6), row(6, "536365", 1, 2), row(9, "C536366", 1, -3)]);
        assert_eq!(books.n_lines(), 2);
        assert_eq!(books.sold[&Sku(1)], (8, 3));
        let cart = &books.carts[&"536365".parse().unwrap()];
        assert_eq!((cart.ended, cart.lines[&Sku(1)], cart.last_minute), (Ended::Shipped, 8, 6));
        assert_eq!(books.carts[&"C536366".parse().unwrap()].ended, Ended::Cancelled);
    }
}
