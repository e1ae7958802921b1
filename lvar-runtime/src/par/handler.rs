//! How a handler sees each entry of a growing LVar exactly once.
//!
//! The LVar's history is a log that is only appended to, or several, its lanes. A handler is a cursor over each and a *bell* that writers ring.
//!
//! ```text
//!   writer                               pump (a job)
//!   ──────                               ────────────
//!   1. write the entry                   1. pending = false
//!      fence ─────────────┐   ┌───────── 2. fence
//!   2. pending already?   └─x─┘          3. read the log from the cursor on
//!      no: pending = true, queue a pump  4. claim entries by moving the cursor, call back
//! ```
//!
//! **No entry is lost.** Of the two fences one comes first. If the writer's does, the pump reads the entry. Else the writer reads
//! `pending` as the pump left it, or as a later ring did, whose pump has not cleared it yet: either way a pump comes after.
//! An entry behind one that is not written yet is not ready; the writer of the earlier one will ring.
//!
//! **No entry is handled twice.** Entries are claimed by a compare-and-swap on the cursor, which only grows, so each position is in
//! exactly one claimed range, whichever of several pumps claims it. When a handler is registered makes no difference.
//!
//! **Quiesce misses nothing that its caller knows of.** The pool is entered before `pending` is set, and left at the end of the pump, so
//! whatever is claimed is counted until it is handled. What is not claimed yet, although the caller knows of it, is an entry whose
//! writer has not rung, or that stands behind one that is not written. So a quiesce first lets the log settle, and rings itself if
//! an entry is ready; then everything up to the caller's entries is ready for the pump.

mod batches;

use std::{
    ops::Range,
    sync::{Arc, Weak},
};

pub use batches::ForEachBatch;

use crate::{
    lvar::{
        Doorbell, Growth,
        handlers::{INDEX_BITS, MAX_LANES},
    },
    par::{
        Par, Pool, TaskEnd,
        pool::PoolCount,
        scope::PoolRef,
        signals::{Ready, Signals},
    },
    sync::{
        AtomicBool, AtomicUsize,
        Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst},
        fence, thread_number,
    },
    turns,
};

/// How many entries a pump claims at once: enough to spread the cost of claiming, few enough that others can help.
const BATCH: usize = 64;

/// A handler without its types.
pub(super) trait Pump<'scope, 'env>: Send + Sync {
    /// Calls back for every entry that is ready.
    fn pump(&self, par: &Par<'scope, 'env>);

    /// Makes sure that every entry that the caller knows of is claimed, or will be by a pump that the pool counts.
    fn ring_if_due(&self);

    fn pool(&self) -> &PoolRef;
}

/// LVars whose growth handlers follow: sets, and maps, whose entries are a key and the LVar under it.
pub trait ForEach: Growth {
    /// Calls `callback` once for each entry, those that are there already included, in no particular order and in parallel.
    ///
    /// An entry lives as long as its LVar, so a callback may hand it to the tasks that it forks.
    ///
    /// The callbacks are work of `pool`, and so is all that they fork through the handle that they get. A callback that returns an
    /// error or panics fails the run as any other task would. The handler stays until the end of the run.
    ///
    /// ```
    /// use std::collections::BTreeSet;
    /// use lvars::{LVar, LVarType, Max, Put, par::{self, ForEach}};
    ///
    /// let (seen, greatest) = (LVar::<BTreeSet<u64>>::new(), LVar::<Max<u64>>::new());
    /// par::run(async |p| {
    ///     let pool = p.pool();
    ///     seen.for_each(&pool, |_, &n| greatest.put(n));
    ///     seen.insert(3)?;
    ///     seen.insert(7)?;
    ///     pool.quiesce().await;
    ///     // Both have been handled.
    ///     Ok::<(), lvars::PutError>(())
    /// })??;
    /// assert_eq!(greatest.into_value(), Ok(Max(7)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    fn for_each<'scope, 'env, R: TaskEnd>(
        &'scope self,
        pool: &Pool<'scope, 'env>,
        callback: impl Fn(&Par<'scope, 'env>, &'scope Self::Entry) -> R + Send + Sync + 'scope,
    ) {
        let make = |bell| {
            let pool = pool.by_key().clone();
            Arc::new(Handler { log: self, cursors: Cursors::new(), bell, pool, callback }) as Arc<_>
        };
        if let Some(bell) = pool.par().scope.add_handler(pool.count(), make) {
            self.follow(Arc::<Bell>::clone(&bell));
            // For the entries that were there before. It is the same as a writer's ring, so the order of the two does not matter.
            bell.ring();
        }
    }
}

impl<G: Growth> ForEach for G {}

/// A handler with its types.
struct Handler<'scope, G, F> {
    log: &'scope G,
    cursors: Cursors,
    bell: Arc<Bell>,
    pool: PoolRef,
    callback: F,
}

impl<'scope, 'env, G, F, R> Pump<'scope, 'env> for Handler<'scope, G, F>
where
    G: Growth,
    F: Fn(&Par<'scope, 'env>, &'scope G::Entry) -> R + Send + Sync,
    R: TaskEnd,
{
    fn pump(&self, par: &Par<'scope, 'env>) {
        let par = par.in_pool(self.pool.key, Arc::clone(&self.pool.count));
        let log = self.log;
        let is_ready = |position| log.entry(position).is_some();
        self.bell.pending.clear();
        while let Some(claimed) = self.cursors.claim(log) {
            if is_ready(claimed.end) {
                // More is there than one worker should take at once: whoever is idle may help.
                self.bell.ring();
            }
            for entry in claimed.filter_map(|position| log.entry(position)) {
                if par.scope.signals.work.is_over() {
                    return;
                }
                turns::yield_point();
                par.note_end((self.callback)(&par, entry));
            }
        }
    }

    fn ring_if_due(&self) {
        // Pumps stop at an entry whose writer is not done with it, although the caller may know of one behind it.
        self.log.settle();
        if self.cursors.are_due(self.log) {
            self.bell.ring();
        }
    }

    fn pool(&self) -> &PoolRef {
        &self.pool
    }
}

/// The cursors of a handler, one a lane.
struct Cursors([Cursor; MAX_LANES]);

impl Cursors {
    fn new() -> Self {
        Self(std::array::from_fn(|lane| Cursor(AtomicUsize::new(lane << INDEX_BITS))))
    }

    /// Claims the next entries that are ready, of the lane in which this thread writes if there are some.
    fn claim(&self, log: &impl Growth) -> Option<Range<usize>> {
        self.open(log).find_map(|cursor| cursor.claim(|position| log.entry(position).is_some()))
    }

    /// Whether an entry is ready that nobody has claimed.
    fn are_due(&self, log: &impl Growth) -> bool {
        self.open(log).any(|cursor| log.entry(cursor.next()).is_some())
    }

    /// Those of the lanes that are open, beginning with that of this thread: what it wrote it may still have in its caches.
    fn open(&self, log: &impl Growth) -> impl Iterator<Item = &Cursor> {
        let n_lanes = log.n_lanes();
        let own = thread_number();
        (0..n_lanes).map(move |lane| &self.0[(own + lane) % n_lanes])
    }
}

/// What a writer rings. The LVar lets go of it some time after the run, so it keeps nothing of the run alive.
pub(super) struct Bell {
    pending: Pending,
    signals: Weak<Signals>,
    pool: Weak<PoolCount>,
    /// The key of the handler in the scope.
    key: usize,
}

impl Bell {
    pub(super) fn new(signals: &Arc<Signals>, pool: &Arc<PoolCount>, key: usize) -> Arc<Self> {
        let (signals, pool) = (Arc::downgrade(signals), Arc::downgrade(pool));
        Arc::new(Self { pending: Pending::default(), signals, pool, key })
    }
}

impl Doorbell for Bell {
    fn ring(&self) {
        if self.pending.is_set_after_write() {
            return;
        }
        let (Some(signals), Some(pool)) = (self.signals.upgrade(), self.pool.upgrade()) else {
            // The run is gone, so no pump will ever clear it: the next ring ends at the line above.
            self.pending.set();
            return;
        };
        let seat = signals.here().map(|here| &here.seat);
        // Entered before `pending` is set: a writer that finds it set may go on to `quiesce`.
        pool.enter(seat);
        if !self.pending.set() || !signals.make_ready(Ready::Handler(self.key)) {
            pool.leave(seat);
            if seat.is_none() {
                // A worker does that at the end of its job.
                signals.quiescers.wake_quiet();
            }
        }
    }
}

/// Whether a pump is queued that will look at the log.
#[derive(Debug, Default)]
pub(super) struct Pending(AtomicBool);

impl Pending {
    /// Whether a pump is queued that will see everything that the caller wrote so far.
    pub(super) fn is_set_after_write(&self) -> bool {
        // SeqCst: takes part in the total order of fences with `clear`.
        fence(SeqCst);
        // Acquire: pairs with the AcqRel in `set`; who finds it set also finds the pool entered.
        self.0.load(Acquire)
    }

    /// Sets it; true if the caller has to queue the pump.
    pub(super) fn set(&self) -> bool {
        // AcqRel: pairs with itself and with the Acquire in `is_set_after_write`.
        !self.0.swap(true, AcqRel)
    }

    /// Clears it, before the log is read.
    pub(super) fn clear(&self) {
        // Relaxed: ordered by the fence below.
        self.0.store(false, Relaxed);
        // SeqCst: takes part in the total order of fences with `is_set_after_write`.
        fence(SeqCst);
    }
}

/// The position up to which entries are claimed.
#[derive(Debug, Default)]
pub(super) struct Cursor(AtomicUsize);

impl Cursor {
    /// Claims the next entries that are ready, a batch at most, for the caller alone.
    pub(super) fn claim(&self, is_ready: impl Fn(usize) -> bool) -> Option<Range<usize>> {
        let mut start = self.next();
        loop {
            let n_ready = (start..start + BATCH).take_while(|&index| is_ready(index)).count();
            if n_ready == 0 {
                return None;
            }
            // Release: pairs with the Acquire in `next`: who sees entries claimed sees that the pool was entered for the claim.
            // Relaxed on failure: the log publishes the entries, the cursor only divides them.
            match self.0.compare_exchange_weak(start, start + n_ready, Release, Relaxed) {
                Ok(_) => return Some(start..start + n_ready),
                Err(moved) => start = moved,
            }
        }
    }

    /// The first position that is not claimed.
    pub(super) fn next(&self) -> usize {
        // Acquire: pairs with the Release in `claim`.
        self.0.load(Acquire)
    }
}
