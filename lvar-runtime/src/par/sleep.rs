//! When may a worker sleep, and who wakes it.
//!
//! ```text
//!   worker                              whoever makes work
//!   ──────                              ──────────────────
//!   1. prepare: stands in the list      1. push the work
//!      fence ───────────────┐   ┌────── 2. fence
//!   2. look once more       └─x─┘          3. is the list empty ?
//!   3. wait until it is off the list  ◀──────  no: take one off, wake it
//! ```
//!
//! **No lost wake-up.** Both sides write, fence, then read what the other wrote. Of two SeqCst fences one comes first. If the
//! worker's does, the other side finds it in the list, or another that it wakes instead. If the other side's fence comes first, the
//! worker's second look finds the work. *Who wakes takes the worker off the list*, so no worker is woken twice, and the cost of waking
//! is paid once for each that sleeps.
//!
//! With nobody in the list, making work costs one fence and one load.

use std::iter;

use crossbeam_utils::CachePadded;

use crate::sync::{
    AtomicUsize, Condvar, Mutex, MutexGuard,
    Ordering::{Relaxed, SeqCst},
    fence, lock,
};

/// Where the workers of one run sleep.
#[derive(Debug)]
pub(super) struct Sleep {
    /// How many are in the list: what can be read without its lock.
    n_asleep: CachePadded<AtomicUsize>,
    /// The workers between `prepare` and whatever takes them off, the last to come at the end.
    asleep: Mutex<Vec<usize>>,
    /// Where each of them waits until it is off the list.
    woken: Box<[Condvar]>,
}

impl Sleep {
    pub(super) fn new(n_workers: usize) -> Self {
        Self {
            n_asleep: CachePadded::new(AtomicUsize::new(0)),
            asleep: Mutex::new(Vec::with_capacity(n_workers)),
            woken: iter::repeat_with(Condvar::new).take(n_workers).collect(),
        }
    }

    /// Announces that this worker will sleep unless it finds work on its next look. It then has to `wait` or `cancel`.
    pub(super) fn prepare(&self, worker: usize) {
        self.change(|asleep| asleep.push(worker));
        // SeqCst: takes part in the total order of fences with `is_anyone_asleep`.
        fence(SeqCst);
    }

    /// Takes the announcement back: the second look found work.
    pub(super) fn cancel(&self, worker: usize) {
        self.change(|asleep| asleep.retain(|&other| other != worker));
    }

    /// Sleeps until it is woken.
    pub(super) fn wait(&self, worker: usize) {
        let mut asleep = lock(&self.asleep);
        while asleep.contains(&worker) {
            asleep = self.woken[worker].wait(asleep).unwrap_or_else(std::sync::PoisonError::into_inner);
        }
    }

    /// Wakes one worker, if any sleeps, for work that every worker can do.
    #[inline]
    pub(super) fn wake_one(&self) {
        if self.is_anyone_asleep() {
            self.wake_last();
        }
    }

    #[cold]
    fn wake_last(&self) {
        if let Some(worker) = self.change(Vec::pop) {
            self.woken[worker].notify_one();
        }
    }

    /// Wakes the given worker, if it sleeps, for work that only it can do.
    pub(super) fn wake(&self, worker: usize) {
        if self.is_anyone_asleep() {
            self.cancel(worker);
            self.woken[worker].notify_one();
        }
    }

    /// Wakes all workers, for the end of the run.
    pub(super) fn wake_all(&self) {
        if self.is_anyone_asleep() {
            self.change(Vec::clear);
            self.woken.iter().for_each(Condvar::notify_one);
        }
    }

    #[inline]
    fn is_anyone_asleep(&self) -> bool {
        // SeqCst: takes part in the total order of fences with `prepare`; what was pushed before is seen by a second look after.
        fence(SeqCst);
        // Relaxed: ordered by the fence above.
        self.n_asleep.load(Relaxed) > 0
    }

    fn change<R>(&self, change: impl FnOnce(&mut Vec<usize>) -> R) -> R {
        let mut asleep: MutexGuard<'_, _> = lock(&self.asleep);
        let answer = change(&mut asleep);
        // Relaxed: ordered by the fence in `prepare`. A count that is too high costs a look at the list.
        self.n_asleep.store(asleep.len(), Relaxed);
        answer
    }
}
