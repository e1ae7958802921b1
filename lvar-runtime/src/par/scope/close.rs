//! The end of a run: what is still waiting, what is left to drop, and which answer the caller gets.
//!
//! Only the calling thread is left. Everything here still runs user code: polls, to ask what they wait for, and destructors. It may
//! fork and wake as it likes; the run is over and refuses.

use std::{
    future::Future,
    mem,
    panic::resume_unwind,
    pin::Pin,
    task::{Context, Waker},
};

use crate::{
    lvar::why::{self, Heard, TaskId},
    par::{Blocked, RunError, scope::Scope},
    sync::lock,
};

impl Scope<'_, '_> {
    /// Asks the main task and every spawned task that is not done what it waits for; `None` if all are done.
    pub(in crate::par) fn ask_blocked(&self, main: Option<Pin<&mut impl Future>>) -> Option<Blocked> {
        let mut tasks = mem::take(&mut *lock(&self.tasks));
        if self.signals.has_failed() || (main.is_none() && tasks.is_empty()) {
            // Put back: the main task is dropped before them.
            *lock(&self.tasks) = tasks;
            return None;
        }
        let mut heard = Vec::new();
        if let Some(main) = main {
            let main = |context: &mut Context<'_>| {
                why::as_task(TaskId::MAIN, "the main task".to_owned(), self.run_at, || {
                    main.poll(context).is_pending()
                })
            };
            heard.extend(self.ask(main));
        }
        for (_, task) in &mut tasks {
            if let Some(future) = &mut task.future {
                heard.extend(self.ask(|context| future.as_mut().poll(context).is_pending()));
            }
        }
        *lock(&self.tasks) = tasks;
        Some(Blocked::new(heard))
    }

    /// Polls a future that waits, to hear what its reads lack.
    fn ask(&self, poll: impl FnOnce(&mut Context<'_>) -> bool) -> Vec<Heard> {
        why::collect(|| {
            self.guarded(|| poll(&mut Context::from_waker(Waker::noop())));
        })
    }

    /// Drops every job, task and handler that is left.
    pub(in crate::par) fn clear(&self) {
        // A destructor may fork and spawn; that is refused, so one round leaves nothing behind. Handlers go last, since they
        // cannot hold a job, while a job may hold a handle of this scope.
        for worker in 0..self.n_workers() {
            while let Some(job) = self.find(worker) {
                self.guarded(|| drop(job));
            }
        }
        let tasks = mem::take(&mut *lock(&self.tasks));
        for (_, task) in tasks {
            self.guarded(|| drop(task));
        }
        let handlers = mem::take(&mut *lock(&self.handlers));
        for handler in handlers {
            self.guarded(|| drop(handler));
        }
    }

    /// What the caller of the run gets: a panic before a put error before a block before the result.
    ///
    /// # Panics
    ///
    /// With the payload of the first panic of a task.
    pub(in crate::par) fn verdict<R>(
        &self,
        result: Option<R>,
        blocked: Option<Blocked>,
    ) -> Result<R, RunError> {
        if let Some(payload) = self.signals.take_panic() {
            // A second panic while the first one unwinds would abort the process.
            self.guarded(|| drop(result));
            resume_unwind(payload);
        }
        if let Some(error) = self.signals.take_error() {
            return Err(error);
        }
        match (result, blocked) {
            (Some(result), None) => Ok(result),
            (_, blocked) => Err(RunError::Blocked(blocked.unwrap_or_default())),
        }
    }
}
