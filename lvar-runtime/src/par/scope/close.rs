//! The end of a run: what is still waiting, what is left to drop, and which answer the caller gets.
//!
//! Only the calling thread is left. Everything here still runs user code: polls, to ask what they wait for, and destructors. It may
//! fork and wake as it likes; the run is over and refuses.

use std::{
    future::Future,
    iter, mem,
    panic::resume_unwind,
    pin::Pin,
    task::{Context, Waker},
};

use slab::Slab;

use crate::{
    lvar::why::{self, Heard, TaskId},
    par::{
        Blocked, RunError,
        scope::{Scope, Waiting, until_decided},
    },
    sync::{OnceLock, lock},
};

impl Scope<'_, '_> {
    /// Asks the main task and every spawned task that is not done what it waits for; `None` if all are done.
    pub(in crate::par) fn ask_blocked(&self, main: Option<Pin<&mut impl Future>>) -> Option<Blocked> {
        let mut parts: Vec<_> = self.waiting.iter().map(|part| mem::take(&mut *lock(part))).collect();
        let nobody_waits = main.is_none() && parts.iter().all(Slab::is_empty);
        let blocked = (!nobody_waits && !self.signals.has_failed()).then(|| {
            let mut heard = Vec::new();
            if let Some(main) = main {
                heard.extend(self.ask(|context| {
                    let name = "the main task".to_owned();
                    _ = why::as_task(TaskId::MAIN, name, self.run_at, || main.poll(context).is_pending());
                }));
            }
            for (_, Waiting { task, .. }) in parts.iter_mut().flatten() {
                heard.extend(self.ask(|context| task.as_mut().ask(context)));
            }
            Blocked::new(heard)
        });
        // Put back: the main task is dropped before them.
        for (part, tasks) in self.waiting.iter().zip(parts) {
            *lock(part) = tasks;
        }
        blocked
    }

    /// Has a future polled that waits, to hear what its reads lack. A panic is noted, and nothing is heard.
    fn ask(&self, poll: impl FnOnce(&mut Context<'_>)) -> Vec<Heard> {
        why::collect(|| _ = self.guarded(|| poll(&mut Context::from_waker(Waker::noop()))))
    }

    /// Drops every job, task and handler that is left.
    pub(in crate::par) fn clear(&self) {
        // A destructor may fork and spawn; that is refused, so one round leaves nothing behind. Handlers go last, since they
        // cannot hold a job, while a job may hold a handle of this scope.
        let queues = self.stealers.iter().filter_map(OnceLock::get);
        let deques = queues.flat_map(|jobs| iter::from_fn(|| until_decided(|| jobs.steal())));
        for job in deques.chain(iter::from_fn(|| until_decided(|| self.injected.steal()))) {
            self.guarded(|| drop(job));
        }
        for part in &self.waiting {
            let tasks = mem::take(&mut *lock(part));
            for (_, Waiting { task, .. }) in tasks {
                self.guarded(|| drop(task));
            }
        }
        self.guarded(|| self.signals.quiescers.clear());
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
