//! How the result of a spawned task reaches the one who awaits it.
//!
//! The task and its [`Task`] share one slot behind a lock. The task fills it and wakes who waits; a poll finds it full, or leaves
//! its waker in it. Both happen under the lock, so one of them comes second and sees the other: no wake-up is lost. Values and
//! wakers are dropped and called outside it.

use std::{
    fmt,
    future::Future,
    marker::PhantomData,
    mem,
    panic::Location,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Waker},
};

use crate::{
    lvar::why::{self, TaskId},
    sync::{Mutex, lock},
};

/// The result of a spawned task: by [`Par::spawn`](super::Par::spawn).
///
/// Awaiting it waits until the task is done. Dropping it changes nothing: the task runs on. It cannot leave its run.
#[must_use = "the task runs without it, but only awaiting it gives its result"]
pub struct Task<'scope, T> {
    slot: Arc<Slot<T>>,
    spawned_at: &'static Location<'static>,
    /// Until the first poll: who may have the task in its deque.
    queued: Option<Arc<dyn RunNewest + 'scope>>,
    /// Invariant, like the run's other handles.
    run: PhantomData<fn(&'scope ()) -> &'scope ()>,
}

/// The scope, without what it borrows.
pub(super) trait RunNewest: Send + Sync {
    /// Runs a task that has not started, here and now, if it is the newest job of this thread's deque. So who awaits what was just
    /// spawned runs it, and neither of them waits.
    fn run_if_newest(self: Arc<Self>, task: TaskId);
}

impl<'scope, T> Task<'scope, T> {
    /// Says that the task was queued.
    pub(super) fn queued(mut self, home: Arc<dyn RunNewest + 'scope>) -> Self {
        self.queued = Some(home);
        self
    }
}

/// Where a task leaves its result.
pub(super) struct Slot<T>(Mutex<State<T>>);

enum State<T> {
    /// The task is not done; the waker of who waits, if anyone does.
    Runs(Option<Waker>),
    Done(T),
    /// The result was handed out.
    Taken,
}

/// How a report names a task that was spawned there.
pub(super) fn name(spawned_at: &Location<'_>) -> String {
    format!("the task spawned at {spawned_at}")
}

/// A task's handle, and the slot that the task fills.
pub(super) fn channel<'scope, T>(spawned_at: &'static Location<'static>) -> (Task<'scope, T>, Arc<Slot<T>>) {
    let slot = Arc::new(Slot(Mutex::new(State::Runs(None))));
    (Task { slot: Arc::clone(&slot), spawned_at, queued: None, run: PhantomData }, slot)
}

impl<T> Slot<T> {
    /// Leaves the result and wakes who waits for it.
    pub(super) fn fill(&self, result: T) {
        let before = mem::replace(&mut *lock(&self.0), State::Done(result));
        if let State::Runs(Some(waker)) = before {
            waker.wake();
        }
    }

    /// Takes the result if it is there; else leaves the waker, if one is given.
    fn take_or_leave(&self, mut waker: Option<Waker>) -> Option<T> {
        let mut state = lock(&self.0);
        let next = match *state {
            State::Runs(_) if waker.is_none() => return None,
            State::Runs(_) => State::Runs(waker.take()),
            State::Done(_) | State::Taken => State::Taken,
        };
        let before = mem::replace(&mut *state, next);
        drop(state);
        match before {
            // Wakers are dropped outside of the lock, the one that was there and the one that was not needed.
            State::Runs(_) => None,
            State::Done(result) => Some(result),
            State::Taken => panic!("a `Task` was polled after it gave its result"),
        }
    }
}

impl<T> Task<'_, T> {
    pub(super) fn id(&self) -> TaskId {
        TaskId::of(&*self.slot)
    }
}

impl<T> Future for Task<'_, T> {
    type Output = T;

    /// # Panics
    ///
    /// If it is polled after it answered, as futures may.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        if let Some(home) = self.queued.take() {
            home.run_if_newest(self.id());
        }
        if let Some(result) = self.slot.take_or_leave(None) {
            return Poll::Ready(result);
        }
        // Cloned outside of the lock: a waker may be foreign.
        if let Some(result) = self.slot.take_or_leave(Some(context.waker().clone())) {
            return Poll::Ready(result);
        }
        if why::is_collecting() {
            why::report_task(self.id(), self.spawned_at);
        }
        Poll::Pending
    }
}

impl<T> fmt::Debug for Task<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = match &*lock(&self.slot.0) {
            State::Runs(_) => "Task(runs)",
            State::Done(_) => "Task(done)",
            State::Taken => "Task(taken)",
        };
        f.write_str(shown)
    }
}
