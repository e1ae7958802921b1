//! The waiting threshold read of a replica: no growth is missed, no waker runs under the lock, and a dropped read leaves nothing.
//!
//! ```text
//!   reader                                merger
//!   ──────                                ──────
//!   1. lock: snapshot, growth count n
//!   2. unlocked: evaluate the threshold
//!                                         lock: join, count n + 1, take all waiters out
//!                                         unlocked: wake them
//!   3. lock: still n? register: again from 1
//! ```
//!
//! A merge between 1 and 3 changes the count and is seen in 3; one after 3 finds the waiter.

use std::{
    collections::BTreeMap,
    fmt::{self, Debug},
    mem,
    panic::Location,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Waker},
    time::{Duration, Instant},
};

use lattice_core::{
    Conflict, Delta, Lattice,
    codec::Codec,
    threshold::{Reached, Threshold},
};

use super::Replica;
use crate::{
    current,
    error::{GetError, PutError, TimedOut},
    level::Outside,
    lvar::{
        AtOrAbove, Of, OneOf,
        wake::{self, Blocked},
        why,
    },
    turns,
};

/// The reads that wait for the next growth.
#[derive(Default)]
pub(super) struct Waiters {
    next: u64,
    waiting: BTreeMap<u64, Waker>,
}

impl Waiters {
    /// All of them, to be woken once the lock is released.
    pub(super) fn take(&mut self) -> Self {
        Self { next: self.next, waiting: mem::take(&mut self.waiting) }
    }

    pub(super) fn wake(self) {
        wake::each(self.waiting.into_values(), Waker::wake);
    }
}

/// What a [`GetHere`] asks of the state of a replica.
pub trait QuestionHere<T> {
    /// What it answers.
    type Answer;

    /// The answer, if the threshold is reached.
    fn ask(&self, state: &T) -> Option<Self::Answer>;

    /// The threshold, for reports.
    fn threshold(&self) -> String;
}

impl<T, O: Threshold<On = T> + Reached<T, ()>> QuestionHere<T> for Of<O> {
    type Answer = O;

    fn ask(&self, state: &T) -> Option<O> {
        O::reached(state, &mut ())
    }

    fn threshold(&self) -> String {
        O::NAME.to_owned()
    }
}

impl<T: Lattice + Debug> QuestionHere<T> for AtOrAbove<T> {
    type Answer = ();

    fn ask(&self, state: &T) -> Option<()> {
        self.element.leq(state).then_some(())
    }

    fn threshold(&self) -> String {
        format!("at least {:?}", self.element)
    }
}

impl<T: Lattice + Debug, A: Clone> QuestionHere<T> for OneOf<'_, T, A> {
    type Answer = A;

    fn ask(&self, state: &T) -> Option<A> {
        self.set.reached(|element| element.leq(state)).cloned()
    }

    fn threshold(&self) -> String {
        self.describe()
    }
}

/// The threshold read that [`Replica::get`], [`Replica::get_one_of`] and [`Replica::at_least`] hand out; nothing happens before it is
/// awaited, waited for or asked.
///
/// It costs a merge one wake-up, and the reader one evaluation, for each growth while it waits. Dropping it ends the wait.
#[must_use = "a read does nothing unless it is awaited, waited for or asked"]
pub struct GetHere<'a, T, Q> {
    question: Q,
    replica: &'a Replica<T>,
    at: &'static Location<'static>,
    /// Under which number its waker is registered, or was before it was woken.
    registered: Option<u64>,
}

// Nothing in it is ever pinned: the future refers to no part of itself.
impl<T, Q> Unpin for GetHere<'_, T, Q> {}

impl<'a, T, Q> GetHere<'a, T, Q> {
    pub(super) fn new(replica: &'a Replica<T>, question: Q, at: &'static Location<'static>) -> Self {
        Self { question, replica, at, registered: None }
    }

    fn unregister(&mut self) {
        if let Some(number) = self.registered.take() {
            let mut inner = self.replica.lock();
            let waker = inner.waiters.waiting.remove(&number);
            drop(inner);
            // A waker's drop is not ours, so it comes after the unlock.
            drop(waker);
        }
    }
}

impl<T: Delta + Codec, Q: QuestionHere<T>> GetHere<'_, T, Q> {
    /// The outcome, if it is already reached: that it is not depends on the moment.
    ///
    /// # Errors
    ///
    /// If the state of the replica is in conflict.
    pub fn now(self, _: Outside) -> Result<Option<Q::Answer>, Conflict> {
        let state = self.replica.observe().0?;
        Ok(self.question.ask(&state))
    }

    /// Blocks the thread until an outcome is reached.
    ///
    /// # Errors
    ///
    /// If the state of the replica is in conflict, or comes to be so first; and [`GetError::OnWorker`], always, in a task of a parallel
    /// run, whose thread must not block: await the read there.
    pub fn wait(mut self) -> Result<Q::Answer, GetError> {
        if current::on_worker() {
            return Err(GetError::OnWorker);
        }
        let here = Blocked::here();
        let waker = Waker::from(Arc::clone(&here));
        let mut context = Context::from_waker(&waker);
        loop {
            match Pin::new(&mut self).poll(&mut context) {
                Poll::Ready(outcome) => return Ok(outcome?),
                Poll::Pending => here.park(),
            }
        }
    }

    /// [`wait`](Self::wait), but gives up after `timeout`. After that nothing is known: another replica may have the answer.
    ///
    /// # Errors
    ///
    /// The outer one when time is up; the inner ones are those of [`wait`](Self::wait).
    pub fn wait_timeout(
        mut self,
        timeout: Duration,
        _: Outside,
    ) -> Result<Result<Q::Answer, GetError>, TimedOut> {
        // A time beyond what the clock can say is never up.
        let deadline = Instant::now().checked_add(timeout);
        let here = Blocked::here();
        let waker = Waker::from(Arc::clone(&here));
        let mut context = Context::from_waker(&waker);
        loop {
            if let Poll::Ready(outcome) = Pin::new(&mut self).poll(&mut context) {
                return Ok(outcome.map_err(GetError::Conflict));
            }
            match deadline.map(|deadline| deadline.saturating_duration_since(Instant::now())) {
                None => here.park(),
                Some(Duration::ZERO) => return Err(TimedOut { lacks: vec![self.lack()] }),
                Some(left) => here.park_timeout(left),
            }
        }
    }

    /// What is lacking. A plain value cannot say at which field: nobody observes it but the threshold.
    fn lack(&self) -> String {
        format!("the replica has not reached {}", self.question.threshold())
    }

    /// Registers the waker to be woken by the next growth, unless the state has grown since `n_growths`.
    fn register(&mut self, n_growths: u64, waker: Waker) -> Registered {
        let mut inner = self.replica.lock();
        if inner.held.n_growths != n_growths {
            return Registered::GrownMeanwhile;
        }
        let waiters = &mut inner.waiters;
        let number = *self.registered.get_or_insert_with(|| {
            waiters.next += 1;
            waiters.next
        });
        let former = waiters.waiting.insert(number, waker);
        drop(inner);
        // A waker's drop is not ours, so it comes after the unlock.
        drop(former);
        Registered::Waiting
    }
}

enum Registered {
    Waiting,
    GrownMeanwhile,
}

impl<T: Delta + Codec, Q: QuestionHere<T>> Future for GetHere<'_, T, Q> {
    type Output = Result<Q::Answer, Conflict>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let read = self.get_mut();
        if why::is_collecting() {
            let lacks =
                vec![format!("{}; what is merged from outside of the run does not count", read.lack())];
            why::report(read.question.threshold(), read.at, lacks, None);
            return Poll::Pending;
        }
        turns::yield_point();
        loop {
            let (state, n_growths) = read.replica.observe();
            let reached = state.map(|state| read.question.ask(&state));
            if let Some(outcome) = reached.transpose() {
                read.unregister();
                if let Err(conflict) = &outcome {
                    // Another schedule could have answered before the conflict came: it is the run's error.
                    current::note_error(&PutError::Conflict(conflict.clone()));
                }
                return Poll::Ready(outcome);
            }
            match read.register(n_growths, context.waker().clone()) {
                Registered::Waiting => return Poll::Pending,
                Registered::GrownMeanwhile => {}
            }
        }
    }
}

impl<T, Q> Drop for GetHere<'_, T, Q> {
    fn drop(&mut self) {
        self.unregister();
    }
}

impl<T, Q> fmt::Debug for GetHere<'_, T, Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GetHere")
            .field("at", &self.at)
            .field("is_waiting", &self.registered.is_some())
            .finish_non_exhaustive()
    }
}
