//! Who computes the second closure of a join that was offered, and how does its answer come back?
//!
//! ```text
//!   Untaken ──take──▶ Taken ──call──▶ Done ──answer──▶ Gone
//! ```
//!
//! 1. The join and the job both *take* the closure, under the lock. Who is first calls it; for the other it is spent.
//! 2. If it is the join, nobody waits.
//! 3. Else the job leaves the answer under the lock, and then wakes the worker of the join, which either sleeps here, or stands among
//!    [those that sleep](crate::par::sleep) and looks here once more after its fence.
//!
//! **It is called once,** as it is taken once. **No wake-up is lost:** here by the lock; among the sleepers by the fences, as for any work.

use std::{
    any::Any,
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
};

use crate::{
    sync::{Condvar, Mutex, lock},
    turns,
};

/// A closure that was offered, then its answer.
pub(in crate::par) struct Half<F, B> {
    state: Mutex<State<F, B>>,
    done: Condvar,
}

/// What a closure answered or panicked with.
type Answer<B> = Result<B, Box<dyn Any + Send>>;

enum State<F, B> {
    Untaken(F),
    Taken,
    Done(Answer<B>),
    Gone,
}

impl<F, B> Half<F, B> {
    pub(in crate::par) fn new(closure: F) -> Self {
        Self { state: Mutex::new(State::Untaken(closure)), done: Condvar::new() }
    }

    /// Takes the closure, to call it, if nobody has.
    pub(in crate::par) fn take(&self) -> Option<F> {
        self.change(|state| match mem::replace(state, State::Taken) {
            State::Untaken(closure) => Some(closure),
            other => {
                *state = other;
                None
            }
        })
    }

    pub(in crate::par) fn is_taken(&self) -> bool {
        self.change(|state| !matches!(state, State::Untaken(_)))
    }

    /// Leaves the answer of the closure that was taken, or what it panicked with. Whom to wake then is not known here, but for who
    /// waits here.
    pub(in crate::par) fn call(&self, closure: impl FnOnce() -> B) {
        // Unwind safe: the panic goes on where the answer is needed, as if it had been computed there.
        let answer = catch_unwind(AssertUnwindSafe(closure));
        self.change(|state| *state = State::Done(answer));
        self.done.notify_one();
    }

    pub(in crate::par) fn is_done(&self) -> bool {
        self.change(|state| matches!(state, State::Done(_)))
    }

    /// Waits, and has this thread do nothing else meanwhile.
    pub(in crate::par) fn wait_until_done(&self) {
        while !self.is_done() {
            if turns::idle() {
                continue;
            }
            let mut state = lock(&self.state);
            while !matches!(*state, State::Done(_)) {
                state = self.done.wait(state).unwrap_or_else(std::sync::PoisonError::into_inner);
            }
        }
    }

    /// Takes the answer, once it is done.
    ///
    /// # Errors
    ///
    /// The payload of its panic.
    pub(in crate::par) fn answer(&self) -> Answer<B> {
        match self.change(|state| mem::replace(state, State::Gone)) {
            State::Done(answer) => answer,
            State::Untaken(_) | State::Taken | State::Gone => unreachable!("it is awaited before"),
        }
    }

    fn change<T>(&self, change: impl FnOnce(&mut State<F, B>) -> T) -> T {
        change(&mut lock(&self.state))
    }
}
