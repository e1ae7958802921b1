//! The end of a run: what is still waiting, what is left to drop, and which answer the caller gets.
//!
//! Only the calling thread is left. Everything here still runs user code: polls, to ask what they wait for, and destructors. It may
//! fork and wake as it likes; the run is over and refuses.

use std::{
    future::Future,
    mem,
    panic::{Location, resume_unwind},
    pin::Pin,
    task::{Context, Waker},
};

use crate::{
    lvar::why::{self, Waiting},
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
        let mut waiting = Vec::new();
        if let Some(main) = main {
            waiting.extend(self.ask(main, self.run_at));
        }
        for (_, task) in &mut tasks {
            if let Some(future) = &mut task.future {
                waiting.extend(self.ask(future.as_mut(), task.spawned_at));
            }
        }
        *lock(&self.tasks) = tasks;
        Some(Blocked::new(waiting))
    }

    /// Polls a future that waits, to hear what its reads lack.
    fn ask(
        &self,
        future: Pin<&mut (impl Future + ?Sized)>,
        started_at: &'static Location<'static>,
    ) -> Vec<Waiting> {
        let mut waiting = why::collect(|| {
            self.guarded(|| future.poll(&mut Context::from_waker(Waker::noop())).is_pending());
        });
        if waiting.is_empty() {
            waiting.push(Waiting {
                threshold: "a task that awaits what is no read".to_owned(),
                at: started_at,
                lacks: vec!["inside a run, await only reads, tasks and pools of that run".to_owned()],
            });
        }
        waiting
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
