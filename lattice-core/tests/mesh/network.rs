//! How many bytes replicas send each other: a simulated network that says how its replicas forward what they learn.
//!
//! The network and the workloads are those of Enes, Almeida, Baquero, Leitão, *Efficient Synchronization of State-based CRDTs* (ICDE 2019), by their
//! published experiments: fifteen replicas with four neighbours each; a hundred rounds, in each of which every replica writes once and
//! then sends to all its neighbours. Here a message arrives at once, and the order of the replicas is drawn anew in each round.

use std::{collections::BTreeSet, mem};

use lattice_core::{Delta, GCounter, WriterId, codec::Codec};

const N_REPLICAS: usize = 15;
const N_ROUNDS: u64 = 100;

/// What a replica sends in a round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Forwarding {
    /// Its state.
    State,
    /// The join of what it wrote, and of all that it received that brought anything new.
    Deltas {
        /// Not what came from the neighbour itself.
        not_back: bool,
        /// Of what it received, only what was news: the answer of `absorb`.
        news_only: bool,
    },
}

/// From the most to the least that is sent.
pub(crate) const FORWARDINGS: [(&str, Forwarding); 5] = [
    ("full state", Forwarding::State),
    ("classic deltas", Forwarding::Deltas { not_back: false, news_only: false }),
    ("not sent back (BP)", Forwarding::Deltas { not_back: true, news_only: false }),
    ("news only (RR)", Forwarding::Deltas { not_back: false, news_only: true }),
    ("both, by absorb (BP+RR)", Forwarding::Deltas { not_back: true, news_only: true }),
];

/// What a replica writes: the delta, from its state, its number and that of the round.
pub(crate) type Write<T> = fn(&T, usize, u64) -> T;

/// A grow-only set: an element of its own.
pub(crate) fn add_element(_: &BTreeSet<String>, replica: usize, round: u64) -> BTreeSet<String> {
    BTreeSet::from([format!("replica-{replica}#{round}")])
}

/// A grow-only counter: one more.
pub(crate) fn count_one(counter: &GCounter, replica: usize, _: u64) -> GCounter {
    counter.increment(WriterId(replica as u64), 1)
}

/// The bytes that all replicas send until they are equal.
///
/// # Panics
///
/// If they are not equal soon after the last write.
pub(crate) fn bytes_sent<T: Delta + Codec + PartialEq>(
    write: Write<T>,
    forwarding: Forwarding,
    seed: u64,
) -> u64 {
    let mut network = Network::<T>::new(forwarding, seed);
    for round in 0..N_ROUNDS {
        network.round(|state, replica| Some(write(state, replica, round)));
    }
    // The longest way between two of the fifteen is three.
    for _ in 0..4 {
        if network.has_converged() {
            return network.n_bytes;
        }
        network.round(|_, _| None);
    }
    assert!(network.has_converged(), "the replicas are equal after {forwarding:?}");
    network.n_bytes
}

/// The links of the published mesh: to the next and the fourth, around the ring.
fn neighbours(at: usize) -> [usize; 4] {
    [1, 4, N_REPLICAS - 4, N_REPLICAS - 1].map(|step| (at + step) % N_REPLICAS)
}

struct Network<T> {
    forwarding: Forwarding,
    chance: u64,
    replicas: Vec<Replica<T>>,
    n_bytes: u64,
}

struct Replica<T> {
    state: T,
    /// What is to be sent next, and from which neighbour it came.
    buffer: Vec<(Option<usize>, T)>,
}

impl<T: Delta + Codec + PartialEq> Network<T> {
    fn new(forwarding: Forwarding, seed: u64) -> Self {
        let replicas = (0..N_REPLICAS).map(|_| Replica { state: T::bottom(), buffer: Vec::new() }).collect();
        Self { forwarding, chance: seed, replicas, n_bytes: 0 }
    }

    fn round(&mut self, write: impl Fn(&T, usize) -> Option<T>) {
        let mut order: Vec<usize> = (0..N_REPLICAS).collect();
        for last in (1..N_REPLICAS).rev() {
            self.chance =
                self.chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(last, (self.chance >> 33) as usize % (last + 1));
        }
        for at in order {
            if let Some(delta) = write(&self.replicas[at].state, at) {
                self.replicas[at].take_in(None, delta, true);
            }
            self.send(at);
        }
    }

    fn send(&mut self, at: usize) {
        let buffer = mem::take(&mut self.replicas[at].buffer);
        match self.forwarding {
            Forwarding::State => self.send_state(at),
            Forwarding::Deltas { not_back, .. } => {
                for neighbour in neighbours(at) {
                    let of_others = buffer.iter().filter(|(from, _)| !(not_back && *from == Some(neighbour)));
                    let message =
                        of_others.fold(T::bottom(), |message, (_, delta)| message.joined(delta.clone()));
                    if !message.is_bottom() {
                        self.send_delta(at, neighbour, &message);
                    }
                }
            }
        }
    }

    fn send_state(&mut self, at: usize) {
        let state = mem::replace(&mut self.replicas[at].state, T::bottom());
        let n_bytes = state.to_bytes().len() as u64;
        for neighbour in neighbours(at) {
            self.n_bytes += n_bytes;
            self.replicas[neighbour].state.join_ref(&state);
        }
        self.replicas[at].state = state;
    }

    fn send_delta(&mut self, at: usize, neighbour: usize, delta: &T) {
        let bytes = delta.to_bytes();
        self.n_bytes += bytes.len() as u64;
        let received = T::from_bytes(&bytes).expect("what was encoded");
        let news_only = matches!(self.forwarding, Forwarding::Deltas { news_only: true, .. });
        self.replicas[neighbour].take_in(Some(at), received, news_only);
    }

    fn has_converged(&self) -> bool {
        self.replicas.windows(2).all(|pair| pair[0].state == pair[1].state)
    }
}

impl<T: Delta + Codec + PartialEq> Replica<T> {
    fn take_in(&mut self, from: Option<usize>, delta: T, news_only: bool) {
        if news_only {
            if let Some(news) = self.state.absorb(delta) {
                self.buffer.push((from, news));
            }
        } else if self.state.join_ref(&delta) {
            self.buffer.push((from, delta));
        }
    }
}
