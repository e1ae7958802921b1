//! Which work belongs together: a handler pool, and how a task waits until none of it runs or is due.
//!
//! A pool counts, from the moment it is *due* to its end: a handler that was rung, a closure or task that work of the pool forked
//! or spawned (a waiting task still counts). [`Quiesce`] resolves when all that was begun has ended:
//!
//! 1. Work enters before it can be taken by a worker, and work that makes work is in the pool itself meanwhile. It leaves after its last
//!    effect, but within its job. Both are counted in the [tally](super::tally) of the worker, so a fork costs a pool no shared word.
//! 2. A waiting [`Quiesce`] puts its waker in the run's list ([`Quiescers`]), fences, then sums up once more.
//! 3. Who ends a job, any job, and finds the list not empty, fences, sums up, and wakes whom it can: always when the job was not in its own
//!    deque, else now and then. A worker does the same when it finds nothing to do, as a job, so that what it wakes is in time.
//!
//! **Equal sums mean that the pool is quiet**, as far as who sums up can know: the proof is that of [`Work`](super::work), but for the first
//! job. Work that began before the summing, for whoever sums, is among what was begun, so it has ended, and so has all that it
//! began.
//!
//! **No lost wake-up.** Of the fences in 2 and 3 one comes first. If that of 2, then 3 finds the list not empty. Else 2 sees the end that 3
//! counted. If several end the last work at once, the one whose fence is the last sees the ends of the others. A worker that has not
//! fenced since its last job, because it saw an empty list or it was not time to look, comes to the fence when it finds nothing to do, or at the
//! latest when it is about to sleep. If the run would be over before that, who finds nothing outstanding sees every end and the whole list, and
//! wakes whom the others have missed.

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
    lvar::{wake, why},
    par::{
        Par,
        scope::PoolRef,
        tally::{Seat, Tallies},
    },
    sync::{
        AtomicUsize, Mutex,
        Ordering::{Acquire, Relaxed, Release, SeqCst},
        fence, lock,
    },
};

/// The count of a pool's work, running or due.
#[derive(Debug)]
pub(super) struct PoolCount {
    tallies: Tallies,
    /// What threads began and ended that are no worker, in words that they share.
    begun_outside: AtomicUsize,
    ended_outside: AtomicUsize,
    /// The keys of the pool's handlers.
    handlers: Mutex<Vec<usize>>,
}

impl PoolCount {
    pub(super) fn new(n_workers: usize) -> Arc<Self> {
        Arc::new(Self {
            tallies: Tallies::new(n_workers),
            begun_outside: AtomicUsize::new(0),
            ended_outside: AtomicUsize::new(0),
            handlers: Mutex::new(Vec::new()),
        })
    }

    /// Counts work that is about to be queued.
    #[inline]
    pub(super) fn enter(&self, seat: Option<&Seat>) {
        match seat {
            Some(seat) => self.tallies.begin(seat),
            // Relaxed: the queue that takes the work publishes this too.
            None => _ = self.begun_outside.fetch_add(1, Relaxed),
        }
    }

    /// Uncounts work that ended. Within a job, or with [`Quiescers::wake_quiet`] after it.
    #[inline]
    pub(super) fn leave(&self, seat: Option<&Seat>) {
        match seat {
            Some(seat) => self.tallies.end(seat),
            // Release: pairs with the Acquire in `n_due`: who counts this sees what was done.
            None => _ = self.ended_outside.fetch_add(1, Release),
        }
    }

    pub(super) fn is_quiet(&self) -> bool {
        self.n_due() == 0
    }

    fn n_due(&self) -> usize {
        // Acquire: pairs with the Release in `leave`; the ends are read before the beginnings.
        let n_ended = self.tallies.ended() + self.ended_outside.load(Acquire);
        // Relaxed: the Acquire of the ends came before.
        self.tallies.begun() + self.begun_outside.load(Relaxed) - n_ended
    }

    pub(super) fn add_handler(&self, key: usize) {
        lock(&self.handlers).push(key);
    }

    pub(super) fn handlers(&self) -> Vec<usize> {
        lock(&self.handlers).clone()
    }
}

/// Who waits for which pool of a run to be quiet.
#[derive(Debug, Default)]
pub(super) struct Quiescers {
    /// How many are in the list: what can be read without its lock.
    n_waiting: AtomicUsize,
    waiting: Mutex<Vec<(Arc<PoolCount>, Waker)>>,
}

impl Quiescers {
    /// Has `waker` woken when `pool` is quiet, if it is not already.
    pub(super) fn poll_quiet(&self, pool: &Arc<PoolCount>, waker: &Waker) -> Poll<()> {
        if pool.is_quiet() {
            return Poll::Ready(());
        }
        let waker = waker.clone();
        let mut waiting = lock(&self.waiting);
        let is_known =
            |(of, known): &(Arc<PoolCount>, Waker)| Arc::ptr_eq(of, pool) && known.will_wake(&waker);
        // A waker that is dropped runs foreign code, so one that is surplus is dropped after the lock.
        let surplus = if waiting.iter().any(is_known) {
            Some(waker)
        } else {
            waiting.push((Arc::clone(pool), waker));
            None
        };
        // Relaxed: ordered by the fence below.
        self.n_waiting.store(waiting.len(), Relaxed);
        drop(waiting);
        drop(surplus);
        // SeqCst: takes part in the total order of fences with `wake_quiet` and `Sleep::prepare`.
        fence(SeqCst);
        if pool.is_quiet() { Poll::Ready(()) } else { Poll::Pending }
    }

    /// Whether anyone waits. After a fence, it is exact.
    #[inline]
    pub(super) fn is_anyone_waiting(&self) -> bool {
        // Relaxed: a hint where no fence comes before.
        self.n_waiting.load(Relaxed) > 0
    }

    /// Whether anyone waits for a pool that is quiet. For who sees what every job did.
    pub(super) fn is_anyone_due(&self) -> bool {
        self.is_anyone_waiting() && lock(&self.waiting).iter().any(|(pool, _)| pool.is_quiet())
    }

    /// Wakes whoever waits for a pool that is quiet. A worker calls it within a job, as the waking makes work.
    #[cold]
    pub(super) fn wake_quiet(&self) {
        // SeqCst: takes part in the total order of fences with `poll_quiet`, and with itself.
        fence(SeqCst);
        if !self.is_anyone_waiting() {
            return;
        }
        let mut waiting = lock(&self.waiting);
        let quiet: Vec<_> = waiting.extract_if(.., |(pool, _)| pool.is_quiet()).collect();
        // Relaxed: a count that is too high costs a look at the list.
        self.n_waiting.store(waiting.len(), Relaxed);
        drop(waiting);
        wake::each(quiet, |(_, waker)| waker.wake());
    }

    /// Forgets all, at the end of the run: a waker of its tasks holds the run's signals, and these hold the list.
    pub(super) fn clear(&self) {
        let waiting = mem::take(&mut *lock(&self.waiting));
        drop(waiting);
    }
}

/// A group of handlers and of everything that they fork: by [`Par::pool`].
///
/// Pools are independent: work of one pool may wait until another is quiet. A clone is the same pool.
#[derive(Clone)]
pub struct Pool<'scope, 'env> {
    par: Par<'scope, 'env>,
    pool: PoolRef,
}

impl<'scope, 'env> Pool<'scope, 'env> {
    pub(super) fn new(par: &Par<'scope, 'env>) -> Self {
        let count = PoolCount::new(par.scope.n_workers());
        let key = par.scope.add_pool(&count);
        Self { par: par.in_pool(key, Arc::clone(&count)), pool: PoolRef { key, count } }
    }

    /// The handle whose forks belong to this pool.
    pub(super) fn par(&self) -> &Par<'scope, 'env> {
        &self.par
    }

    pub(super) fn count(&self) -> &Arc<PoolCount> {
        &self.by_key().count
    }

    pub(super) fn by_key(&self) -> &PoolRef {
        &self.pool
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
        f.debug_tuple("Pool").field(self.count()).finish()
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
            self.pool.par.scope.ring_due(self.pool.count());
        }
        let count = self.pool.count();
        let poll = self.pool.par.scope.signals.quiescers.poll_quiet(count, context.waker());
        if poll.is_pending() && why::is_collecting() {
            let lack = format!("{} of the pool's tasks are not done", count.n_due());
            why::report("quiesce".to_owned(), self.at, vec![lack], None);
        }
        poll
    }
}
