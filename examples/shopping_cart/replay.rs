//! Act 3: 38 replicas, one a country, replay the shop's log in parallel, over a network that misbehaves.
//!
//! Each tick, about a day of the shop's time, every replica takes in what has arrived, writes what its own till noted, and sends
//! the tick's writes as one delta. In the middle third the network is split in two; then it heals. Nothing is agreed upon before a
//! write, and no replica ever waits for another.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use lvars::{
    Conflict, WriterId,
    prelude::*,
    replica::sim::{Cluster, Counters, Faults, Member},
};

use super::{
    cart::{Cart, Ended, FirstCancellation, LinesKnown, Shop, Status},
    keys::Invoice,
    log::Log,
    till::{Closed, Tick, Till},
};

/// Into how many ticks the log is cut, about one for each day in it.
pub(super) const N_TICKS: u32 = 374;
/// When the network is split, and when it heals.
pub(super) const SPLIT: std::ops::Range<u32> = N_TICKS / 3..2 * N_TICKS / 3;
/// How long the replicas may take to even out after the last event.
const MAX_TICKS_TO_SETTLE: u64 = 10_000;

/// What the network does to a message.
pub(super) fn faults() -> Faults {
    Faults { drop: 0.2, duplicate: 0.1, damage: 0.01, delay: 1..=4 }
}

/// What threshold reads answer at one replica at one moment.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answers {
    /// How each order ended, if that is reached.
    pub(super) ended: BTreeMap<Invoice, Ended>,
    pub(super) lines_known: Option<LinesKnown>,
    pub(super) first_cancellation: Option<FirstCancellation>,
}

/// A group of replicas part way through the log.
pub(super) struct Replay {
    cluster: Cluster<Shop>,
    /// The till of each replica; a replica's writes run on one thread at a time, so no lock is ever waited for.
    tills: Vec<Mutex<Till>>,
    first_minute: u32,
    minutes_a_tick: u32,
    n_ticks: u32,
}

impl Replay {
    /// One replica a country, each at bottom, before the first event.
    pub(super) fn new(log: &Log, seed: u64, n_workers: usize) -> Self {
        let n_countries = log.countries.len();
        let minute = |event: Option<&super::log::Event>| event.map_or(0, |event| event.minute);
        let first_minute = minute(log.events.first());
        let span = minute(log.events.last()) - first_minute + 1;
        Self {
            cluster: Cluster::new(n_countries, seed, faults()).with_threads(n_workers),
            tills: (0..n_countries).map(|country| Mutex::new(Till::new(&log.events, country))).collect(),
            first_minute,
            minutes_a_tick: span.div_ceil(N_TICKS),
            n_ticks: 0,
        }
    }

    /// Runs one tick of all replicas, in parallel.
    ///
    /// # Errors
    ///
    /// If two writes cannot both be true.
    pub(super) fn tick(&mut self) -> Result<(), Conflict> {
        if self.n_ticks == SPLIT.start {
            let half: Vec<usize> = (0..self.tills.len()).step_by(2).collect();
            self.cluster.partition(&[&half]);
        }
        if self.n_ticks == SPLIT.end {
            self.cluster.heal();
        }
        self.n_ticks += 1;
        let until = self.first_minute + self.n_ticks * self.minutes_a_tick;
        let tills = &self.tills;
        self.cluster.step(|country, member| {
            let tick = tills[country].lock().unwrap_or_else(PoisonError::into_inner).until(until);
            write(member, tick)
        })
    }

    /// Lets the replicas even out: until every write is acknowledged everywhere. Answers how many ticks that took.
    ///
    /// # Errors
    ///
    /// If they do not.
    pub(super) fn settle(&mut self) -> Result<u64, lvars::replica::sim::Unsettled> {
        self.cluster.run_until_settled(MAX_TICKS_TO_SETTLE)
    }

    /// Asks every replica, by threshold reads, for every order of `invoices` and for the lines known.
    ///
    /// # Errors
    ///
    /// If a replica is in conflict.
    pub(super) fn ask(&self, invoices: &[Invoice]) -> Result<Vec<Answers>, Conflict> {
        self.cluster
            .replicas()
            .map(|replica| {
                let lines_known = replica.get::<LinesKnown>().now(Outside::here())?;
                let first_cancellation = replica.get::<FirstCancellation>().now(Outside::here())?;
                let shop = replica.query(Outside::here());
                let mut ended = BTreeMap::new();
                for invoice in invoices {
                    let answer = shop.carts.get(invoice).map(Cart::get::<Ended>).transpose()?.flatten();
                    ended.extend(answer.map(|answer| (*invoice, answer)));
                }
                Ok(Answers { ended, lines_known, first_cancellation })
            })
            .collect()
    }

    /// The replicas' states.
    pub(super) fn states(&self) -> impl ExactSizeIterator<Item = std::sync::Arc<Shop>> {
        self.cluster.replicas().map(|replica| replica.query(Outside::here()))
    }

    /// What the network has done so far.
    pub(super) fn counters(&self) -> Counters {
        self.cluster.counters()
    }
}

/// Writes what the till noted in one tick, as one update with one delta.
fn write(member: &mut Member<Shop>, tick: Tick) -> Result<(), Conflict> {
    if tick.n_events == 0 && tick.shipped.is_empty() {
        return Ok(());
    }
    member.update(|shop, writer| delta(shop, writer, tick))
}

/// What the tick adds to the shop.
fn delta(shop: &Shop, writer: WriterId, tick: Tick) -> Shop {
    let mut delta = Shop::bottom();
    let n_lines: usize = tick.closed.iter().map(|(_, closed)| closed.lines.len()).sum();
    delta.lines_known = shop.lines_known.increment(writer, n_lines as u64);
    for (item, (n_sold, n_taken_back)) in tick.sold {
        let known = shop.sold.get(&item).cloned().unwrap_or_default();
        let mut news = known.add(writer, n_sold as i64);
        news.join(known.add(writer, -(n_taken_back as i64)));
        delta.sold.insert(item, news);
    }
    for (invoice, closed) in tick.closed {
        delta.carts.insert(invoice, close(invoice, closed));
    }
    for invoice in tick.shipped {
        delta.carts.insert(invoice, Cart { status: Status::Shipped, ..Cart::bottom() });
    }
    delta
}

/// The cart of an invoice when the till closes it.
fn close(invoice: Invoice, closed: Closed) -> Cart {
    Cart {
        status: if invoice.is_cancellation() { Status::Cancelled } else { Status::Paid },
        lines: closed.lines.into_iter().map(|(item, quantity)| (item, Flat::Value(quantity))).collect(),
        last_minute: closed.last_minute,
    }
}
