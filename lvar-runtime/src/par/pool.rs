//! Which work belongs together: a handler pool, and how a task waits until none of it runs or is due.
//!
//! A pool counts, from the moment it is *due* to its end: a handler that was rung, a closure or task that work of the pool forked
//! or spawned (a waiting task still counts). [`Quiesce`] resolves when the count is zero:
//!
//! 1. The count rises before the work can be taken by a worker, and work that makes work counts itself meanwhile.
//! 2. A waiting [`Quiesce`] puts its waker in the list, then reads the count again.
//! 3. Who brings the count to zero takes the list and wakes, outside the lock.
//!
//! **No lost wake-up.** If 3 takes the lock after 2 put the waker in, it wakes it. If before, then 2's lock comes after 3's in the
//! lock's order, so 2 reads a count that is zero, or that has risen again and will fall to zero later.

use std::{
    fmt,
    future::Future,
    mem,
    panic::Location,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Waker},
};

use crate::{
    lvar::why,
    par::Par,
    sync::{
        AtomicUsize, Mutex,
        Ordering::{AcqRel, Acquire, Relaxed},
        lock,
    },
};

/// The count of a pool's work, running or due.
#[derive(Debug, Default)]
pub(super) struct PoolCount {
    n_due: AtomicUsize,
    /// Who waits for the count to be zero.
    quiescers: Mutex<Vec<Waker>>,
    /// The keys of the pool's handlers.
    handlers: Mutex<Vec<usize>>,
}

impl PoolCount {
    /// Counts work that is about to be queued.
    pub(super) fn enter(&self) {
        // Relaxed: the queue that takes the work publishes this too.
        self.n_due.fetch_add(1, Relaxed);
    }

    /// Uncounts work that ended.
    pub(super) fn leave(&self) {
        // AcqRel: pairs with itself and the Acquire in `is_quiet`: who sees zero sees what all the work did.
        if self.n_due.fetch_sub(1, AcqRel) == 1 {
            let quiescers = mem::take(&mut *lock(&self.quiescers));
            quiescers.into_iter().for_each(Waker::wake);
        }
    }

    pub(super) fn is_quiet(&self) -> bool {
        // Acquire: pairs with the AcqRel in `leave`.
        self.n_due.load(Acquire) == 0
    }

    /// Has `waker` woken when the count is zero, if it is not already.
    pub(super) fn poll_quiet(&self, waker: &Waker) -> Poll<()> {
        if self.is_quiet() {
            return Poll::Ready(());
        }
        let waker = waker.clone();
        let mut quiescers = lock(&self.quiescers);
        // A waker that is dropped runs foreign code, so one that is surplus is dropped after the lock.
        let surplus = if quiescers.iter().any(|known| known.will_wake(&waker)) {
            Some(waker)
        } else {
            quiescers.push(waker);
            None
        };
        drop(quiescers);
        drop(surplus);
        if self.is_quiet() { Poll::Ready(()) } else { Poll::Pending }
    }

    pub(super) fn add_handler(&self, key: usize) {
        lock(&self.handlers).push(key);
    }

    pub(super) fn handlers(&self) -> Vec<usize> {
        lock(&self.handlers).clone()
    }
}

/// A group of handlers and of everything that they fork: by [`Par::pool`].
///
/// Pools are independent: work of one pool may wait until another is quiet. A clone is the same pool.
#[derive(Clone)]
pub struct Pool<'scope, 'env> {
    par: Par<'scope, 'env>,
    count: Arc<PoolCount>,
}

impl<'scope, 'env> Pool<'scope, 'env> {
    pub(super) fn new(par: &Par<'scope, 'env>) -> Self {
        let count = Arc::new(PoolCount::default());
        Self { par: par.in_pool(Arc::clone(&count)), count }
    }

    /// The handle whose forks belong to this pool.
    pub(super) fn par(&self) -> &Par<'scope, 'env> {
        &self.par
    }

    pub(super) fn count(&self) -> &Arc<PoolCount> {
        &self.count
    }

    /// Waits until nothing of this pool runs or is due: every entry that the caller could know of when this was first polled has been
    /// handled (what it put itself, what was put before something that it read), and all that was forked for that is done.
    ///
    /// This is a moment, not a state: work outside of the pool may make it busy again. It answers nothing about *which* entries
    /// were handled, so it is deterministic; freezing an LVar after it is only quasi-deterministic, since someone may still write.
    ///
    /// Work of the pool that waits for its own pool waits for ever, and the run says so.
    #[track_caller]
    pub fn quiesce(&self) -> Quiesce<'scope, 'env> {
        Quiesce { pool: self.clone(), looked: false, at: Location::caller() }
    }
}

impl fmt::Debug for Pool<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pool").field(&self.count).finish()
    }
}

/// Waits until a pool is quiet: by [`Pool::quiesce`].
#[must_use = "nothing waits until this is awaited"]
#[derive(Debug)]
pub struct Quiesce<'scope, 'env> {
    pool: Pool<'scope, 'env>,
    /// Whether the handlers have been told to look at what is there.
    looked: bool,
    at: &'static Location<'static>,
}

impl Future for Quiesce<'_, '_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if !mem::replace(&mut self.looked, true) {
            // An entry may be in the log whose writer has not rung yet, or behind one that is not written yet. A task that put the same
            // element found it there and went on; for that task it is past, so it is due.
            self.pool.par.scope.ring_due(&self.pool.count);
        }
        let count = &self.pool.count;
        let poll = count.poll_quiet(context.waker());
        if poll.is_pending() && why::is_collecting() {
            // Relaxed: the run is over, nobody counts any more.
            let n_due = count.n_due.load(Relaxed);
            let lack = format!("{n_due} of the pool's tasks are not done");
            why::report("quiesce".to_owned(), self.at, vec![lack], None);
        }
        poll
    }
}
