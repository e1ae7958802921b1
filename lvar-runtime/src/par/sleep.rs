//! When may a worker sleep, and who wakes it: an event count.
//!
//! ```text
//!   worker                              whoever makes work
//!   ──────                              ──────────────────
//!   1. prepare: sleepers += 1           1. push the work
//!      fence ───────────────┐   ┌────── 2. fence
//!   2. look once more       └─x─┘       3. sleepers > 0 ?
//!   3. wait until the epoch moves  ◀──────  epoch += 1, wake
//! ```
//!
//! **No lost wake-up.** Both sides write, fence, then read what the other wrote. Of two SeqCst fences one comes first. If the
//! worker's does, the other side reads its announcement and moves the epoch; the worker read its ticket before announcing, so it
//! either finds the epoch moved or is woken from the wait, which holds the lock that moving takes. If the other side's fence comes
//! first, the worker's second look finds the work.
//!
//! With no sleeper, making work costs one fence and one load.

use crate::sync::{
    AtomicUsize, Condvar, Mutex,
    Ordering::{Relaxed, SeqCst},
    fence, lock,
};

/// Where the workers of one run sleep.
#[derive(Debug)]
pub(super) struct Sleep {
    /// Workers between `prepare` and the end of `wait` or `cancel`.
    n_sleepers: AtomicUsize,
    /// Moves with each wake-up that is meant for at least one sleeper.
    epoch: Mutex<u64>,
    moved: Condvar,
}

/// What the epoch was when a worker said that it is about to sleep.
#[must_use = "a worker that prepared has to wait or cancel"]
#[derive(Debug)]
pub(super) struct Ticket(u64);

impl Sleep {
    pub(super) fn new() -> Self {
        Self { n_sleepers: AtomicUsize::new(0), epoch: Mutex::new(0), moved: Condvar::new() }
    }

    /// Announces that this worker will sleep unless it finds work on its next look.
    pub(super) fn prepare(&self) -> Ticket {
        let ticket = Ticket(*lock(&self.epoch));
        // Relaxed: ordered by the fence below.
        self.n_sleepers.fetch_add(1, Relaxed);
        // SeqCst: takes part in the total order of fences with `wake_one` and `wake_all`.
        fence(SeqCst);
        ticket
    }

    /// Takes the announcement back: the second look found work.
    pub(super) fn cancel(&self, _: Ticket) {
        // Relaxed: a wake-up that still counts this worker is one wake-up too many, which is harmless.
        self.n_sleepers.fetch_sub(1, Relaxed);
    }

    /// Sleeps until a wake-up that came after `prepare`.
    pub(super) fn wait(&self, Ticket(seen): Ticket) {
        let mut epoch = lock(&self.epoch);
        while *epoch == seen {
            epoch = self.moved.wait(epoch).unwrap_or_else(std::sync::PoisonError::into_inner);
        }
        drop(epoch);
        // Relaxed: as in `cancel`.
        self.n_sleepers.fetch_sub(1, Relaxed);
    }

    /// Wakes one worker, if any sleeps, for work that every worker can do.
    pub(super) fn wake_one(&self) {
        if self.move_epoch() {
            self.moved.notify_one();
        }
    }

    /// Wakes all workers: for the end of the run, and for work that only one of them can do.
    pub(super) fn wake_all(&self) {
        if self.move_epoch() {
            self.moved.notify_all();
        }
    }

    fn move_epoch(&self) -> bool {
        // SeqCst: takes part in the total order of fences with `prepare`; what was pushed before is seen by a second look after.
        fence(SeqCst);
        // Relaxed: ordered by the fence above.
        if self.n_sleepers.load(Relaxed) == 0 {
            return false;
        }
        *lock(&self.epoch) += 1;
        true
    }
}
