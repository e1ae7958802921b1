//! What does the till of one country write down, and when? The log cut into ticks, and each tick into writes.
//!
//! A till counts what it sells at once. It closes an invoice at the invoice's last row, with the quantities of an item summed
//! into one line; an ordinary invoice is paid at that moment and shipped one tick later, a cancellation is cancelled.

use std::collections::{BTreeMap, HashMap};

use super::{
    keys::{Invoice, Sku},
    log::Event,
};

/// An invoice that the till has closed.
#[derive(Debug, Default)]
pub(super) struct Closed {
    /// The item and the quantity of each line. A quantity too large for its type stays at the largest, and the audit finds it.
    pub(super) lines: BTreeMap<Sku, i32>,
    pub(super) last_minute: u32,
}

/// What one till writes in one tick.
#[derive(Debug, Default)]
pub(super) struct Tick {
    /// How many events happened.
    pub(super) n_events: u64,
    /// How many of each item were sold, and how many taken back.
    pub(super) sold: BTreeMap<Sku, (u64, u64)>,
    pub(super) closed: Vec<(Invoice, Closed)>,
    /// Invoices paid one tick ago.
    pub(super) shipped: Vec<Invoice>,
}

/// The till of one country, part way through its day's log.
#[derive(Debug)]
pub(super) struct Till {
    /// What is still to happen, the next last.
    ahead: Vec<Event>,
    /// How many rows of each invoice are still ahead.
    rows_ahead: HashMap<Invoice, u32>,
    open: BTreeMap<Invoice, Closed>,
    to_ship: Vec<Invoice>,
}

impl Till {
    /// The till of `country` before its first event.
    pub(super) fn new(events: &[Event], country: usize) -> Self {
        let mut ahead: Vec<Event> = events.iter().filter(|event| event.country == country).copied().collect();
        ahead.reverse();
        let mut rows_ahead = HashMap::new();
        for event in &ahead {
            *rows_ahead.entry(event.invoice).or_default() += 1;
        }
        Self { ahead, rows_ahead, open: BTreeMap::new(), to_ship: Vec::new() }
    }

    /// Everything that happens before `minute` and has not been written down yet.
    pub(super) fn until(&mut self, minute: u32) -> Tick {
        let mut tick = Tick { shipped: std::mem::take(&mut self.to_ship), ..Tick::default() };
        while let Some(event) = self.ahead.pop_if(|event| event.minute < minute) {
            self.note(event, &mut tick);
        }
        tick
    }

    fn note(&mut self, event: Event, tick: &mut Tick) {
        tick.n_events += 1;
        let (sold, taken_back) = tick.sold.entry(event.item).or_default();
        let count = u64::from(event.quantity.unsigned_abs());
        if event.quantity < 0 {
            *taken_back += count
        } else {
            *sold += count
        }

        let open = self.open.entry(event.invoice).or_default();
        let line = open.lines.entry(event.item).or_default();
        *line = line.saturating_add(event.quantity);
        open.last_minute = open.last_minute.max(event.minute);
        let Some(rows) = self.rows_ahead.get_mut(&event.invoice) else { return };
        *rows -= 1;
        if *rows == 0
            && let Some(closed) = self.open.remove(&event.invoice)
        {
            if !event.invoice.is_cancellation() {
                self.to_ship.push(event.invoice);
            }
            tick.closed.push((event.invoice, closed));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, Sku, Till};

    #[test]
    fn an_invoice_is_closed_at_its_last_row_and_shipped_one_tick_later() {
        let row = |minute, invoice: &str, country| Event {
            minute,
            invoice: invoice.parse().unwrap(),
            item: Sku(1),
            quantity: 2,
            country,
        };
        let log = [row(1, "536365", 0), row(1, "536366", 1), row(2, "536365", 0), row(3, "C53636", 0)];
        let mut till = Till::new(&log, 0);
        let first = till.until(2);
        assert_eq!((first.n_events, first.closed.len(), first.shipped.len()), (1, 0, 0));
        assert_eq!(first.sold[&Sku(1)], (2, 0));
        let second = till.until(4);
        assert_eq!((second.n_events, second.closed.len(), second.shipped.len()), (2, 2, 0));
        assert_eq!(second.closed[0].1.lines[&Sku(1)], 4);
        assert_eq!(till.until(6).shipped, ["536365".parse().unwrap()], "a cancellation is never shipped");
    }
}
