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
    /// Invariant, like the run's other handles.
    run: PhantomData<fn(&'scope ()) -> &'scope ()>,
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
    (Task { slot: Arc::clone(&slot), spawned_at, run: PhantomData }, slot)
}

impl<T> Slot<T> {
    /// Leaves the result and wakes who waits for it.
    pub(super) fn fill(&self, result: T) {
        let before = mem::replace(&mut *lock(&self.0), State::Done(result));
        if let State::Runs(Some(waker)) = before {
            waker.wake();
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
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let waker = context.waker().clone();
        let mut state = lock(&self.slot.0);
        let next = match &*state {
            State::Runs(_) => State::Runs(Some(waker)),
            State::Done(_) | State::Taken => State::Taken,
        };
        let before = mem::replace(&mut *state, next);
        drop(state);
        match before {
            State::Runs(_) => {
                if why::is_collecting() {
                    why::report_task(self.id(), self.spawned_at);
                }
                Poll::Pending
            }
            State::Done(result) => Poll::Ready(result),
            State::Taken => panic!("a `Task` was polled after it gave its result"),
        }
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
