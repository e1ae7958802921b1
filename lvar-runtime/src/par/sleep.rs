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
//! With nobody in the list, making work costs one fence and two loads.
//!
//! A worker that has not been started yet sleeps deepest of all: a worker that makes work, or runs what became ready, and finds nobody in the
//! list, starts one. So a run has as many threads as it had work for at once, and one that forks nothing has none but its caller's.

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
    idle: CachePadded<Idle>,
    /// The workers between `prepare` and whatever takes them off, the last to come at the end.
    asleep: Mutex<Vec<usize>>,
    /// Where each of them waits until it is off the list.
    woken: Box<[Condvar]>,
}

/// What can be read without the lock of the list.
#[derive(Debug)]
struct Idle {
    /// How many are in the list.
    n_asleep: AtomicUsize,
    /// How many workers have not been started, the last ones by number.
    n_unstarted: AtomicUsize,
}

impl Sleep {
    /// For workers of which the first has been started.
    pub(super) fn new(n_workers: usize) -> Self {
        let (n_asleep, n_unstarted) = (AtomicUsize::new(0), AtomicUsize::new(n_workers - 1));
        Self {
            idle: CachePadded::new(Idle { n_asleep, n_unstarted }),
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

    /// [`wake_one`](Self::wake_one), but if nobody sleeps, it answers the worker that the caller has to start, if there is one.
    #[inline]
    #[must_use = "nobody else will start that worker"]
    pub(super) fn wake_one_or_start(&self) -> Option<usize> {
        if self.is_anyone_asleep() {
            self.wake_last();
            return None;
        }
        self.start_if_lacking()
    }

    /// The worker that the caller has to start, if there is one and nobody sleeps. For a worker that runs what became ready: a waker cannot
    /// start a thread that borrows.
    #[inline]
    #[must_use = "nobody else will start that worker"]
    pub(super) fn start_if_lacking(&self) -> Option<usize> {
        // Relaxed: hints; the exchange decides.
        let is_lacking = self.idle.n_unstarted.load(Relaxed) > 0 && self.idle.n_asleep.load(Relaxed) == 0;
        if is_lacking { self.start_one() } else { None }
    }

    /// The next worker that the caller has to start, if there is one.
    #[cold]
    pub(super) fn start_one(&self) -> Option<usize> {
        // Relaxed: it only deals out numbers.
        let dealt = self.idle.n_unstarted.fetch_update(Relaxed, Relaxed, |n| n.checked_sub(1));
        dealt.ok().map(|n_unstarted| self.woken.len() - n_unstarted)
    }

    /// Notes that no more workers can be started.
    pub(super) fn start_no_more(&self) {
        // Relaxed: as above.
        self.idle.n_unstarted.store(0, Relaxed);
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
        self.idle.n_asleep.load(Relaxed) > 0
    }

    fn change<R>(&self, change: impl FnOnce(&mut Vec<usize>) -> R) -> R {
        let mut asleep: MutexGuard<'_, _> = lock(&self.asleep);
        let answer = change(&mut asleep);
        // Relaxed: ordered by the fence in `prepare`. A count that is too high costs a look at the list.
        self.idle.n_asleep.store(asleep.len(), Relaxed);
        answer
    }
}
