//! What one machine holds of a replicated lattice: its state, its writer, and the reads that wait on it.
//!
//! Invariants:
//!
//! * The state only grows, by joins, so merging is safe in any order and as often as one likes; a panic leaves no part half joined (`held.rs`).
//! * `conflict` is `Some` iff the state is in conflict, and stays what it first was.
//! * The lock is held around joins only. Updates, thresholds and wakers run outside of it and may use this very replica.
//!
//! One update, step by step:
//!
//! 1. wait for the turn: updates of one replica run one after another, because a counter's delta holds the writer's *absolute*
//!    count, and two updates made from the same snapshot would count once;
//! 2. run the caller's closure on a snapshot, unlocked: merges and reads go on meanwhile;
//! 3. drop the snapshot, lock, absorb the delta, note a conflict, take the waiting reads out, unlock;
//! 4. wake them: each evaluates its threshold on the joined state, never on the delta.

mod bump;
mod error;
mod held;
pub mod link;
mod read;
// A model has a few threads and no simulated network: the checker's primitives would only slow it down.
#[cfg(not(loom))]
pub mod sim;
pub(crate) mod writer;

use std::{
    fmt,
    panic::Location,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{Arc, PoisonError},
};

use lattice_core::{
    Conflict, Delta, Forged, TooFarAhead, WriterId,
    codec::Codec,
    threshold::{Reached, Threshold, ThresholdSet},
};

pub use bump::Unshipped;
pub use error::{Conflicted, MergeError};
use held::Held;
use read::Waiters;
pub use read::{GetHere, QuestionHere};

use crate::{
    current,
    error::PutError,
    level::{MayFreeze, Outside},
    lvar::{AtOrAbove, Of, OneOf},
    sync::{Condvar, Mutex, MutexGuard, lock, thread},
    turns,
};

/// One copy of a state that is written on several machines and converges.
///
/// Any two replicas that took in the same deltas, in whatever order and however often, hold equal states with equal bytes
/// (Shapiro et al., *Conflict-free Replicated Data Types*, SSS 2011; deltas after Almeida, Shoker, Baquero, 2018). How the deltas
/// travel is free: take what [`update`](Self::update) answers and hand it to [`merge`](Self::merge) or
/// [`merge_bytes`](Self::merge_bytes) elsewhere, or let a [`Link`](link::Link) see to losses and acknowledgements.
///
/// ```
/// use lvars::{GCounter, Outside, codec::Codec, replica::Replica};
///
/// let here = Replica::<GCounter>::open();
/// let there = Replica::<GCounter>::open();
///
/// let outside = Outside::here();
/// let delta = here.update(outside, |views, writer| views.increment(writer, 2))?.expect("two more views are news");
/// there.update(outside, |views, writer| views.increment(writer, 3))?;
///
/// there.merge_bytes(outside, &delta.to_bytes())?;
/// there.merge_bytes(outside, &delta.to_bytes())?; // a duplicate is harmless
/// assert_eq!(there.query(Outside::here()).value(), 5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Conflicts
///
/// A conflict is a state, and as every state it is taken in and shipped: were it refused where it is met, then which replica
/// knows of it would depend on which of two writes came first. Once met, it stays: every later update, merge and
/// [`get`](Self::get) answers the first conflict, with its path and both values. In a parallel run it is the run's error as well.
///
/// # In a parallel run
///
/// A task of any run may wait for thresholds. What is written depends on what is there already: an update is made from the present state, and
/// update and merge both answer what was *new*. So they take a permit, as a freeze does: [`Outside::here()`](Outside::here), or the
/// [`Quasi`](crate::par::Quasi) of a run by [`run_quasi`](crate::par::run_quasi). Whoever has that one sees to it that a delta hangs on nothing in
/// the state but what its own writer wrote; then the states that the run leaves are the same on every schedule.
///
/// # Panics
///
/// If code of the user's does, in a comparison, a clone or a join; the panic goes on to who called. The replica works on. Its state is the old one, as
/// it always is if the delta is of one part, that of most writes; or some of a delta of several parts was in by then, and so all of it is, and is
/// answered with the next news. A join of one's own owes to lose nothing when it panics. If that code panics again at once, some of the delta may be in:
/// then every update and merge first joins the rest, and panics as long as that does.
pub struct Replica<T> {
    inner: Mutex<Inner<T>>,
    /// Signalled when an update has ended and the next may begin.
    turn_over: Condvar,
}

struct Inner<T> {
    held: Held<T>,
    writer: Option<WriterId>,
    /// The thread whose update is running.
    updating: Option<thread::ThreadId>,
    waiters: Waiters,
}

impl<T: Delta + Codec> Replica<T> {
    /// Opens a replica at bottom. It has no writer yet: one is minted by the first update.
    pub fn open() -> Self {
        Self::with_writer(None)
    }

    /// Opens a replica whose writer comes from a simulation's seed, so that a run can be repeated to the byte.
    #[cfg(not(loom))]
    pub(crate) fn open_simulated(writer: WriterId) -> Self {
        Self::with_writer(Some(writer))
    }

    fn with_writer(writer: Option<WriterId>) -> Self {
        let inner = Inner { held: Held::bottom(), writer, updating: None, waiters: Waiters::default() };
        Self { inner: Mutex::new(inner), turn_over: Condvar::new() }
    }

    /// Writes: `write` answers a delta, made from the state and under the writer of this replica, and the replica absorbs it.
    /// Answers what was new, which is what other replicas must get, or `None` if nothing was. Hence the permit: what is there, and what is
    /// new, depends on the schedule.
    ///
    /// An update cannot take anything back, since its delta is joined. It runs on a snapshot, at most once, and in turn with
    /// the other updates of this replica; merges and reads need not wait for it.
    ///
    /// # Errors
    ///
    /// If the state is then in conflict, because of this write or an earlier one. What was new is taken and must be shipped all
    /// the same: it is in the error.
    ///
    /// # Panics
    ///
    /// If `write` calls `update` on the same replica, if the operating system has no random bits for the writer, or if `write`
    /// panics; then nothing was written.
    pub fn update(
        &self,
        _: impl MayFreeze,
        write: impl FnOnce(&T, WriterId) -> T,
    ) -> Result<Option<T>, Conflicted<T>> {
        self.write(write)
    }

    /// [`update`](Self::update), for who has asked for the permit, or owns the replica.
    fn write(&self, write: impl FnOnce(&T, WriterId) -> T) -> Result<Option<T>, Conflicted<T>> {
        turns::yield_point();
        let (turn, snapshot) = self.begin_turn();
        let delta = write(&snapshot, turn.writer);
        drop(snapshot);
        // The snapshot is gone, so that this join need not copy the state. The turn ends with the join, before the wakers are called:
        // they may update this very replica.
        let taken = self.under_lock(|inner| inner.take_in(&delta, Held::answer));
        drop(turn);
        answer(self.wake(taken))
    }

    /// A turn, and the state that it begins with: one that is whole, or what is written would be named as what is still to come.
    fn begin_turn(&self) -> (Turn<'_, T>, Arc<T>) {
        loop {
            let turn = Turn::begin(self);
            let inner = self.lock();
            if !inner.held.is_half_joined() {
                return (turn, Arc::clone(&inner.held.state));
            }
            drop(inner);
            // Out of turn, since wakers may update this very replica. Every join first finishes the one before.
            drop(turn);
            self.wake(self.under_lock(|inner| inner.take_in(&T::bottom(), |_, _| None)));
        }
    }

    /// Takes in what another replica wrote: a delta, a join of deltas, or its whole state. Answers what was new here.
    ///
    /// # Errors
    ///
    /// [`MergeError::Conflicted`] if the state is then in conflict; what was new is taken in all the same. [`MergeError::Forged`] if the delta
    /// claims writes of this replica's own writer that this replica has not made; then nothing is taken in.
    pub fn merge(&self, _: impl MayFreeze, delta: T) -> Result<Option<T>, MergeError<T>> {
        turns::yield_point();
        let taken = self.admit(&delta, Held::answer).map_err(MergeError::Forged)?;
        answer(self.wake(taken)).map_err(MergeError::Conflicted)
    }

    /// [`merge`](Self::merge) of the canonical form. The bytes may come from anywhere: what they may cost is the default
    /// [`Budget`](lattice_core::codec::Budget)'s matter, and refused bytes change nothing. Within another budget, decode them by
    /// [`from_bytes_within`](Codec::from_bytes_within) first.
    ///
    /// The bytes are not authenticated: whoever may send them may write.
    ///
    /// # Errors
    ///
    /// [`MergeError::Refused`] if they are no canonical form; the others as for [`merge`](Self::merge).
    pub fn merge_bytes(&self, permit: impl MayFreeze, bytes: &[u8]) -> Result<Option<T>, MergeError<T>> {
        self.merge_bytes_if(permit, bytes, |_| Ok(()))
    }

    /// [`merge_bytes`](Self::merge_bytes) of what `admit` lets in, which is shown the delta before it is joined: such as
    /// [`HybridClock::admit`](lattice_core::HybridClock::admit), since a stamp from far ahead would win until then, on every replica.
    ///
    /// ```
    /// use lvars::{HybridClock, LwwRegister, Outside, codec::Codec, replica::{MergeError, Replica}};
    ///
    /// type Name = LwwRegister<String>;
    ///
    /// let (here, there) = (Replica::<Name>::open(), Replica::<Name>::open());
    /// let (mut clock, mut fast) = (HybridClock::new(1_000), HybridClock::new(1_000));
    /// let outside = Outside::here();
    /// let delta = there.update(outside, |name, writer| name.set(fast.stamp(90_000, writer), "eve".into()))?.expect("news");
    ///
    /// let refused = here.merge_bytes_if(outside, &delta.to_bytes(), |delta| clock.admit(delta, 5_000));
    /// assert!(matches!(refused, Err(MergeError::TooFarAhead(_))));
    /// assert_eq!(here.query(outside).value(), None);
    ///
    /// here.merge_bytes_if(outside, &delta.to_bytes(), |delta| clock.admit(delta, 89_500))?;
    /// assert!(here.query(outside).value().is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`MergeError::TooFarAhead`] if `admit` does not let it in, and then nothing was changed; those of [`merge_bytes`](Self::merge_bytes).
    pub fn merge_bytes_if(
        &self,
        permit: impl MayFreeze,
        bytes: &[u8],
        admit: impl FnOnce(&T) -> Result<(), TooFarAhead>,
    ) -> Result<Option<T>, MergeError<T>> {
        let delta = T::from_bytes(bytes).map_err(MergeError::Refused)?;
        admit(&delta).map_err(MergeError::TooFarAhead)?;
        self.merge(permit, delta)
    }

    /// Gives up the writer: the next update mints a new one.
    ///
    /// It is the answer to [`MergeError::Forged`], once it is known where that came from. Is this replica a copy of one that goes on, as that of a
    /// virtual machine is? Then under a writer of its own it merges what the original wrote. Was it forged? Then close the channel that it
    /// came through. Waits for the update that is running.
    ///
    /// # Panics
    ///
    /// As [`update`](Self::update).
    pub fn renew_writer(&self, _: Outside) {
        let turn = Turn::begin(self);
        self.lock().writer = None;
        drop(turn);
    }

    /// The state as it is now, an ordinary read: eventually consistent, and different at every look. Use [`get`](Self::get) for
    /// an answer that stays true.
    ///
    /// The snapshot costs nothing, but while it is held the next growth copies the whole state: drop it soon.
    pub fn query(&self, _: Outside) -> Arc<T> {
        self.state()
    }

    fn state(&self) -> Arc<T> {
        Arc::clone(&self.lock().held.state)
    }

    /// The first conflict that this replica met so far.
    pub fn conflict(&self, _: Outside) -> Option<Conflict> {
        self.lock().held.conflict.clone()
    }

    /// The writer of this replica, once it has written. It is drawn at random.
    pub fn writer(&self, _: Outside) -> Option<WriterId> {
        self.lock().writer
    }

    /// The threshold read at `Here`: which outcome of the threshold set `O` this replica has reached. The answer can be awaited,
    /// waited for with [`wait`](GetHere::wait), or asked for with [`now`](GetHere::now).
    ///
    /// With one variant the read is deterministic. With several it is *quasi-deterministic*: two replicas in a partition may
    /// answer differently until they hear of each other, and then both are in conflict; hence the `Result`. Given once without
    /// a conflict ever appearing, the answer is permanent here and in time the same everywhere, if
    ///
    /// 1. the states are a join-semilattice in which contradictory writes meet in a conflict (`laws!` checks that),
    /// 2. every update is inflationary (true of every [`update`](Self::update)),
    /// 3. the variants exclude each other (the compiler checked that), and
    /// 4. every delta reaches every replica eventually (a [`Link`](link::Link), or your transport).
    ///
    /// It is not recency and not linearizability: another replica may answer later, and after a time-out nothing is known.
    ///
    /// A task of a parallel run awaits it. What other tasks of the run write into the replica wakes it; what comes from outside of the
    /// run does not count, so a read that can only go on by that is reported as [`Blocked`](crate::par::Blocked).
    #[track_caller]
    pub fn get<O>(&self) -> GetHere<'_, T, Of<O>>
    where
        O: Threshold<On = T> + Reached<T, ()>,
    {
        GetHere::new(self, Of::new(), Location::caller())
    }

    /// [`get`](Self::get) of a threshold set that was made at run time: the label of the activation set that this replica has reached. What
    /// [`get`](Self::get) says of several variants holds of several activation sets.
    #[track_caller]
    pub fn get_one_of<'a, A: Clone>(&'a self, set: &'a ThresholdSet<T, A>) -> GetHere<'a, T, OneOf<'a, T, A>>
    where
        T: fmt::Debug,
    {
        GetHere::new(self, OneOf::new(set), Location::caller())
    }

    /// Waits until this replica is at or above `element`, a state: a delta that another replica answered has arrived, a key has a value.
    /// A threshold set of one, so its answer is never contradicted.
    ///
    /// ```
    /// use lvars::{GCounter, Outside, replica::Replica};
    ///
    /// let (here, there) = (Replica::<GCounter>::open(), Replica::<GCounter>::open());
    /// let outside = Outside::here();
    /// let delta = here.update(outside, |views, writer| views.increment(writer, 2))?.expect("two more views are news");
    /// assert_eq!(there.at_least(delta.clone()).now(outside), Ok(None));
    /// there.merge(outside, delta.clone())?;
    /// assert_eq!(there.at_least(delta).wait(), Ok(()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[track_caller]
    pub fn at_least(&self, element: impl Into<T>) -> GetHere<'_, T, AtOrAbove<T>>
    where
        T: fmt::Debug,
    {
        GetHere::new(self, AtOrAbove::new(element.into()), Location::caller())
    }

    /// [`merge`](Self::merge) for a link, which has no use for the news. A conflict is a state like any other here.
    pub(crate) fn join(&self, delta: &T) -> Result<(), Forged> {
        self.wake(self.admit(delta, |_, _| None)?);
        Ok(())
    }

    /// Takes in what others wrote, unless it claims what only this replica may write.
    fn admit(&self, delta: &T, answer: Answer<T>) -> Result<Taken<T>, Forged> {
        self.under_lock(|inner| match inner.held.forged(delta, inner.writer) {
            Some(forged) => Err(forged),
            None => Ok(inner.take_in(delta, answer)),
        })
    }

    /// Runs code of the lattice's on the locked state.
    fn under_lock<R>(&self, act: impl FnOnce(&mut Inner<T>) -> R) -> R {
        let mut inner = self.lock();
        // Unwind safe: what a panic leaves is a state, see `held.rs`. So it is caught before it poisons the lock.
        let answer = catch_unwind(AssertUnwindSafe(|| act(&mut inner)));
        answer.unwrap_or_else(|payload| {
            inner.held.recover();
            // Some parts may have been joined: who waits looks again.
            let due = inner.waiters.take();
            drop(inner);
            due.wake();
            resume_unwind(payload)
        })
    }

    /// Wakes who waits. Called unlocked: a waker may poll its read at once, which locks.
    fn wake(&self, taken: Taken<T>) -> (Option<T>, Option<Conflict>) {
        let Taken { answer, conflict, due } = taken;
        // Unwind safe: a waker has nothing of ours to leave half done.
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| due.wake())) {
            // The news is in, and must be shipped.
            self.lock().held.keep(answer);
            resume_unwind(payload);
        }
        (answer, conflict)
    }

    /// The state, or its conflict, and how often it has grown.
    fn observe(&self) -> (Result<Arc<T>, Conflict>, u64) {
        let held = &self.lock().held;
        let state = match &held.conflict {
            None => Ok(Arc::clone(&held.state)),
            Some(conflict) => Err(conflict.clone()),
        };
        (state, held.n_growths)
    }
}

impl<T> Replica<T> {
    fn lock(&self) -> MutexGuard<'_, Inner<T>> {
        lock(&self.inner)
    }
}

/// What a join answered, the conflict of the joined state, and the reads that have to look again.
#[must_use = "who is not woken sleeps on"]
struct Taken<T> {
    answer: Option<T>,
    conflict: Option<Conflict>,
    due: Waiters,
}

/// What becomes of the news of a join.
type Answer<T> = fn(&mut Held<T>, Option<T>) -> Option<T>;

fn answer<T>((news, conflict): (Option<T>, Option<Conflict>)) -> Result<Option<T>, Conflicted<T>> {
    match conflict {
        None => Ok(news),
        Some(conflict) => {
            current::note_error(&PutError::Conflict(conflict.clone()));
            Err(Conflicted { news, conflict })
        }
    }
}

impl<T: Delta> Inner<T> {
    /// Joins `delta` in and takes out the waiting reads, if they have to look again. `answer` says what becomes of the news.
    fn take_in(&mut self, delta: &T, answer: Answer<T>) -> Taken<T> {
        let n_growths = self.held.n_growths;
        let news = self.held.join(delta);
        let has_grown = self.held.n_growths != n_growths;
        let due = if has_grown { self.waiters.take() } else { Waiters::default() };
        Taken { answer: answer(&mut self.held, news), conflict: self.held.conflict.clone(), due }
    }
}

/// The turn of one update; ends on drop, so that a panicking update does not block the next.
struct Turn<'a, T> {
    replica: &'a Replica<T>,
    writer: WriterId,
}

impl<'a, T> Turn<'a, T> {
    fn begin(replica: &'a Replica<T>) -> Self {
        let me = thread::current().id();
        let mut inner = replica.lock();
        while let Some(other) = inner.updating {
            if other == me {
                drop(inner);
                panic!("an update of a replica was called from within an update of the same replica");
            }
            // The other one may be at an LVar, and wait there for its turn to run: this thread must not have it meanwhile.
            drop(inner);
            let has_run = turns::idle();
            inner = replica.lock();
            if !has_run && inner.updating.is_some() {
                inner = replica.turn_over.wait(inner).unwrap_or_else(PoisonError::into_inner);
            }
        }
        let writer = *inner.writer.get_or_insert_with(writer::mint);
        inner.updating = Some(me);
        Self { replica, writer }
    }
}

impl<T> Drop for Turn<'_, T> {
    fn drop(&mut self) {
        self.replica.lock().updating = None;
        self.replica.turn_over.notify_one();
    }
}

impl<T: Delta + Codec> Default for Replica<T> {
    fn default() -> Self {
        Self::open()
    }
}

impl<T> fmt::Debug for Replica<T> {
    /// Without the state, as for LVars: that depends on the schedule.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replica").finish_non_exhaustive()
    }
}
