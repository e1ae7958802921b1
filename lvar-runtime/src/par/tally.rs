//! How much was begun, and whether all of it has ended, without a word that the workers share.
//!
//! Each worker counts in two words of its own what it begins and what it ends. Only it writes them, so counting is a load and a store,
//! and costs the other workers nothing; one counter that all of them change would cost more than the rest of a fork.
//!
//! Who asks sums up *all that ended*, then *all that was begun*, in this order. [`Work`](super::work) and [`PoolCount`](super::pool) say
//! what equal sums prove. What threads begin that are no worker is theirs to count.

use std::{cell::Cell, iter, marker::PhantomData};

use crossbeam_utils::CachePadded;

use crate::sync::{
    AtomicUsize,
    Ordering::{Acquire, Relaxed, Release},
};

/// The right to count as one worker. It cannot be shared between threads; a worker of a run has it twice, beside each of its queues.
#[derive(Debug)]
pub(super) struct Seat {
    worker: usize,
    /// Two threads that count in the same words would lose counts.
    of_one_thread: PhantomData<Cell<()>>,
}

impl Seat {
    /// The seat of a worker, for its thread alone.
    pub(super) fn of(worker: usize) -> Self {
        Self { worker, of_one_thread: PhantomData }
    }

    pub(super) fn worker(&self) -> usize {
        self.worker
    }
}

/// What the workers of a run began and ended.
#[derive(Debug)]
pub(super) struct Tallies(Box<[CachePadded<Tally>]>);

#[derive(Debug)]
struct Tally {
    begun: AtomicUsize,
    ended: AtomicUsize,
}

impl Tallies {
    pub(super) fn new(n_workers: usize) -> Self {
        let tally = || CachePadded::new(Tally { begun: AtomicUsize::new(0), ended: AtomicUsize::new(0) });
        Self(iter::repeat_with(tally).take(n_workers).collect())
    }

    /// Counts one that begins.
    #[inline]
    pub(super) fn begin(&self, seat: &Seat) {
        let begun = &self.0[seat.worker].begun;
        // Relaxed: only this thread writes it. Whoever ends what is begun here got it from a queue, which publishes this too.
        begun.store(begun.load(Relaxed) + 1, Relaxed);
    }

    /// Counts one that ended, after its last effect.
    #[inline]
    pub(super) fn end(&self, seat: &Seat) {
        let ended = &self.0[seat.worker].ended;
        // Relaxed: only this thread writes it.
        // Release: pairs with the Acquire in `ended`: who sums it up sees what it did, and what it began.
        ended.store(ended.load(Relaxed) + 1, Release);
    }

    /// How many ended. To be read before [`begun`](Self::begun).
    pub(super) fn ended(&self) -> usize {
        // Acquire: pairs with the Release in `end`; what is read later is not older than what these saw.
        self.0.iter().map(|tally| tally.ended.load(Acquire)).sum()
    }

    /// How many were begun, at least those that whatever the last [`ended`](Self::ended) counted had begun.
    pub(super) fn begun(&self) -> usize {
        // Relaxed: the Acquire in `ended` came before.
        self.0.iter().map(|tally| tally.begun.load(Relaxed)).sum()
    }
}
