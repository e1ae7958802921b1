//! The part of a run that outlives it: what wakers and doorbells may touch at any time, from any thread.
//!
//! Everything here is `'static` and owns no user code but the payload of a panic. Tasks and handlers borrow from the run's caller,
//! so they live in the [scope](super::scope) and are named here by their keys only.

use std::{any::Any, sync::Arc};

use crossbeam_deque::{Injector, Steal};

use crate::{
    current::Errors,
    error::PutError,
    par::{
        RunError,
        sleep::Sleep,
        work::{Finished, Work},
    },
    sync::{
        AtomicBool, Mutex,
        Ordering::{AcqRel, Relaxed, Release},
        lock,
    },
};

/// What became ready, by its key in the scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ready {
    /// The main task, which only worker 0 polls: it has a flag for a queue.
    Main,
    /// A spawned task.
    Task(usize),
    /// A handler that may have new entries.
    Handler(usize),
}

/// What every part of a run shares.
#[derive(Debug)]
pub(super) struct Signals {
    pub(super) work: Work,
    pub(super) sleep: Sleep,
    ready: Injector<Ready>,
    main_is_ready: AtomicBool,
    /// The error with which the run fails, so far, and its text.
    error: Mutex<Option<(RunError, String)>>,
    /// What the first panic carried.
    panic: Mutex<Option<Box<dyn Any + Send>>>,
}

impl Signals {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            work: Work::new(),
            sleep: Sleep::new(),
            ready: Injector::new(),
            // Its first poll, which `Work::new` counts.
            main_is_ready: AtomicBool::new(true),
            error: Mutex::new(None),
            panic: Mutex::new(None),
        })
    }

    /// Admits and queues something that became ready; false if the run is over.
    pub(super) fn make_ready(&self, ready: Ready) -> bool {
        // Counted before it is queued: a queued job that is not counted could let the run end.
        let admitted = self.work.admit();
        if admitted {
            self.queue(ready);
        }
        admitted
    }

    /// Queues something that is counted already.
    pub(super) fn queue(&self, ready: Ready) {
        match ready {
            Ready::Main => {
                // Release: pairs with the AcqRel in `take_main`.
                self.main_is_ready.store(true, Release);
                self.sleep.wake_all();
            }
            Ready::Task(_) | Ready::Handler(_) => {
                self.ready.push(ready);
                self.sleep.wake_one();
            }
        }
    }

    /// Takes the oldest thing that became ready.
    pub(super) fn take_ready(&self) -> Option<Ready> {
        loop {
            match self.ready.steal() {
                Steal::Success(ready) => return Some(ready),
                Steal::Empty => return None,
                Steal::Retry => {}
            }
        }
    }

    /// Takes the main task's readiness; for worker 0.
    pub(super) fn take_main(&self) -> bool {
        // Relaxed: a hint that spares the write; the swap decides.
        // AcqRel: pairs with the Release in `queue`.
        self.main_is_ready.load(Relaxed) && self.main_is_ready.swap(false, AcqRel)
    }

    /// Ends one admitted job, and with the last one the run.
    pub(super) fn finish_job(&self) {
        if self.work.finish() == Finished::Last {
            self.sleep.wake_all();
        }
    }

    /// Notes a panic and ends the run. The first one is kept.
    pub(super) fn note_panic(&self, payload: Box<dyn Any + Send>) {
        let mut kept = lock(&self.panic);
        let surplus = match *kept {
            Some(_) => Some(payload),
            None => kept.replace(payload),
        };
        drop(kept);
        self.work.stop();
        self.sleep.wake_all();
        // A payload is a user's value: its destructor runs outside the lock.
        drop(surplus);
    }

    /// Notes an error that fails the run. Which of several is met first depends on the schedule, so one is kept by what it is: a put
    /// error rather than a block, and the least by its text.
    pub(super) fn note_error(&self, error: RunError) {
        let text = error.to_string();
        let rank = |error: &RunError| matches!(error, RunError::Blocked(_));
        let mut kept = lock(&self.error);
        if kept.as_ref().is_none_or(|(least, least_text)| (rank(&error), &text) < (rank(least), least_text)) {
            *kept = Some((error, text));
        }
    }

    /// Whether a panic or an error was noted.
    pub(super) fn has_failed(&self) -> bool {
        lock(&self.panic).is_some() || lock(&self.error).is_some()
    }

    pub(super) fn take_panic(&self) -> Option<Box<dyn Any + Send>> {
        lock(&self.panic).take()
    }

    pub(super) fn take_error(&self) -> Option<RunError> {
        lock(&self.error).take().map(|(error, _)| error)
    }
}

impl Errors for Signals {
    fn note(&self, error: &PutError) {
        self.note_error(RunError::Put(error.clone()));
    }
}
