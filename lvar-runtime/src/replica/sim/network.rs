//! A network that misbehaves by a seed: it drops, doubles, delays and so reorders, damages and partitions.
//!
//! All randomness is drawn when a message is sent, by one thread and in a fixed order, so that a seed repeats a run whatever the
//! number of threads.

use std::{collections::BTreeMap, ops::RangeInclusive, sync::Arc};

use super::random::Random;
use crate::replica::link::Message;

/// What goes wrong on the way, and how often. A probability is between 0 and 1; the default is a perfect network, one tick wide.
#[derive(Clone, Debug, PartialEq)]
pub struct Faults {
    /// How probable it is that a message is lost.
    pub drop: f64,
    /// How probable it is that a message arrives twice.
    pub duplicate: f64,
    /// How probable it is that one bit of a message is flipped.
    pub damage: f64,
    /// How many ticks a message takes; more than one value reorders messages. 0 counts as 1.
    pub delay: RangeInclusive<u64>,
}

impl Default for Faults {
    fn default() -> Self {
        Self { drop: 0.0, duplicate: 0.0, damage: 0.0, delay: 1..=1 }
    }
}

/// What happened on the network so far, in messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Handed to the network; copies made by it not counted.
    pub sent: u64,
    /// Of those, sent before and not acknowledged in time.
    pub retransmitted: u64,
    /// Lost by chance.
    pub dropped: u64,
    /// Lost because a partition lay between sender and receiver.
    pub cut: u64,
    /// Doubled.
    pub duplicated: u64,
    /// Damaged; the receiver refuses those.
    pub damaged: u64,
    /// Delivered, damaged ones and copies included.
    pub delivered: u64,
    /// Delivered after one that was sent later from the same sender to the same receiver.
    pub reordered: u64,
    /// Bytes delivered.
    pub bytes: u64,
}

/// A message that has arrived.
#[derive(Debug)]
pub(super) struct Delivered {
    pub(super) from: usize,
    pub(super) frame: Arc<[u8]>,
}

#[derive(Debug)]
struct InFlight {
    from: usize,
    to: usize,
    /// Counts what was sent, to tell reordering by.
    number: u64,
    frame: Arc<[u8]>,
}

#[derive(Debug)]
pub(super) struct Network {
    random: Random,
    faults: Faults,
    n_members: usize,
    /// The side of each member while there is a partition.
    sides: Option<Vec<usize>>,
    in_flight: BTreeMap<u64, Vec<InFlight>>,
    /// For sender and receiver: the number of the latest message that arrived.
    latest: Vec<u64>,
    counters: Counters,
}

impl Network {
    pub(super) fn new(random: Random, faults: Faults, n_members: usize) -> Self {
        Self {
            random,
            faults,
            n_members,
            sides: None,
            in_flight: BTreeMap::new(),
            latest: vec![0; n_members * n_members],
            counters: Counters::default(),
        }
    }

    pub(super) fn counters(&self) -> Counters {
        self.counters
    }

    pub(super) fn is_idle(&self) -> bool {
        self.in_flight.is_empty()
    }

    pub(super) fn partition(&mut self, groups: &[&[usize]]) {
        let mut sides = vec![groups.len(); self.n_members];
        for (side, group) in groups.iter().enumerate() {
            for member in *group {
                sides[*member] = side;
            }
        }
        self.sides = Some(sides);
    }

    pub(super) fn heal(&mut self) {
        self.sides = None;
    }

    pub(super) fn send(&mut self, now: u64, from: usize, message: Message) {
        self.counters.sent += 1;
        if message.is_resent {
            self.counters.retransmitted += 1;
        }
        if self.sides.as_ref().is_some_and(|sides| sides[from] != sides[message.to]) {
            self.counters.cut += 1;
            return;
        }
        if self.random.chance(self.faults.drop) {
            self.counters.dropped += 1;
            return;
        }
        let number = self.counters.sent;
        if self.random.chance(self.faults.duplicate) {
            self.counters.duplicated += 1;
            let frame = Arc::clone(&message.frame);
            self.launch(now, InFlight { from, to: message.to, number, frame });
        }
        self.launch(now, InFlight { from, to: message.to, number, frame: message.frame });
    }

    fn launch(&mut self, now: u64, mut message: InFlight) {
        if self.random.chance(self.faults.damage) {
            self.counters.damaged += 1;
            let mut damaged = message.frame.to_vec();
            let bit = self.random.below(damaged.len() as u64 * 8);
            if let Some(byte) = damaged.get_mut(bit as usize / 8) {
                *byte ^= 1 << (bit % 8);
            }
            message.frame = damaged.into();
        }
        let delay = self.random.within(&self.faults.delay).max(1);
        self.in_flight.entry(now.saturating_add(delay)).or_default().push(message);
    }

    /// What arrives at tick `now`: the inbox of each member.
    pub(super) fn deliver(&mut self, now: u64) -> Vec<Vec<Delivered>> {
        let mut inboxes: Vec<Vec<Delivered>> = (0..self.n_members).map(|_| Vec::new()).collect();
        for InFlight { from, to, number, frame } in self.in_flight.remove(&now).into_iter().flatten() {
            let latest = &mut self.latest[from * self.n_members + to];
            if number < *latest {
                self.counters.reordered += 1;
            }
            *latest = number.max(*latest);
            self.counters.delivered += 1;
            self.counters.bytes += frame.len() as u64;
            inboxes[to].push(Delivered { from, frame });
        }
        inboxes
    }
}
