//! The part of a run that outlives it: what wakers and doorbells may touch at any time, from any thread.
//!
//! Everything here is `'static` and owns no user code but the payload of a panic. Tasks and handlers borrow from the run's caller,
//! so they live in the [scope](super::scope) and are named here by their keys only.

use std::{any::Any, fmt, iter, sync::Arc};

use crossbeam_deque::{Injector, Stealer, Worker};
use thread_local::ThreadLocal;

use crate::{
    current::Errors,
    error::PutError,
    par::{RunError, pool::Quiescers, scope::until_decided, sleep::Sleep, tally::Seat, work::Work},
    sync::{
        AtomicBool, Mutex, OnceLock,
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
pub(super) struct Signals {
    pub(super) work: Work,
    pub(super) sleep: Sleep,
    pub(super) quiescers: Quiescers,
    /// For each worker, on its own thread, its seat and the owner's end of its queue.
    here: ThreadLocal<Here>,
    /// The other ends of these queues, once the worker has come.
    woken: Box<[OnceLock<Stealer<Ready>>]>,
    /// What threads made ready that are no worker.
    injected: Injector<Ready>,
    main_is_ready: AtomicBool,
    /// The error with which the run fails, so far, and its text.
    error: Mutex<Option<(RunError, String)>>,
    /// What the first panic carried.
    panic: Mutex<Option<Box<dyn Any + Send>>>,
}

/// What a worker owns of the signals.
pub(super) struct Here {
    pub(super) seat: Seat,
    /// What it made ready, oldest first: a task that wakes itself must not keep others from their turn.
    woken: Worker<Ready>,
}

impl Signals {
    pub(super) fn new(n_workers: usize) -> Arc<Self> {
        Arc::new(Self {
            work: Work::new(n_workers),
            sleep: Sleep::new(n_workers),
            quiescers: Quiescers::default(),
            here: ThreadLocal::new(),
            woken: iter::repeat_with(OnceLock::new).take(n_workers).collect(),
            injected: Injector::new(),
            // Its first poll, which `Work::new` counts.
            main_is_ready: AtomicBool::new(true),
            error: Mutex::new(None),
            panic: Mutex::new(None),
        })
    }

    /// Makes this thread a worker, which it is until the run is over.
    pub(super) fn sit(&self, worker: usize) {
        self.here.get_or(|| {
            let woken = Worker::new_fifo();
            self.woken[worker].get_or_init(|| woken.stealer());
            Here { seat: Seat::of(worker), woken }
        });
    }

    /// What this thread owns, if it is a worker of this run.
    #[inline]
    pub(super) fn here(&self) -> Option<&Here> {
        self.here.get()
    }

    /// Admits and queues something that became ready; false if the run is over.
    pub(super) fn make_ready(&self, ready: Ready) -> bool {
        // Counted before it is queued: a queued job that is not counted could let the run end.
        let admitted = self.work.admit(self.here().map(|here| &here.seat));
        if admitted {
            self.queue(ready);
        }
        admitted
    }

    /// Queues something that is counted already.
    pub(super) fn queue(&self, ready: Ready) {
        match (ready, self.here()) {
            (Ready::Main, _) => {
                // Release: pairs with the AcqRel in `take_main`.
                self.main_is_ready.store(true, Release);
                // Only worker 0 polls it.
                self.sleep.wake(0);
                return;
            }
            (_, Some(here)) => here.woken.push(ready),
            (_, None) => self.injected.push(ready),
        }
        self.sleep.wake_one();
    }

    /// Takes the oldest thing that this worker made ready, else one that no worker did.
    pub(super) fn take_ready(&self) -> Option<Ready> {
        self.here().and_then(|here| here.woken.pop()).or_else(|| until_decided(|| self.injected.steal()))
    }

    /// Takes the oldest thing that another worker made ready.
    pub(super) fn steal_ready(&self, from: usize) -> Option<Ready> {
        let woken = self.woken[from].get()?;
        until_decided(|| woken.steal())
    }

    /// Takes the main task's readiness; for worker 0.
    #[inline]
    pub(super) fn take_main(&self) -> bool {
        // Relaxed: a hint that spares the write; the swap decides.
        // AcqRel: pairs with the Release in `queue`.
        self.main_is_ready.load(Relaxed) && self.main_is_ready.swap(false, AcqRel)
    }

    /// Whether the run is over. For a worker that found nothing to do; who gets true has to wake the others.
    pub(super) fn is_over_if_done(&self, seat: &Seat) -> bool {
        self.work.is_over_if_done(|| {
            let is_anyone_due = self.quiescers.is_anyone_due();
            if is_anyone_due {
                self.wake_quiet(seat);
            }
            !is_anyone_due
        })
    }

    /// Wakes whoever waits for a pool that is quiet, between jobs: as a job of its own, which nobody began, since what it wakes is work
    /// of a run that is not over.
    pub(super) fn wake_quiet(&self, seat: &Seat) {
        if self.work.admit(None) {
            self.quiescers.wake_quiet();
            self.work.finish(seat);
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

impl fmt::Debug for Signals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signals")
            .field("work", &self.work)
            .field("sleep", &self.sleep)
            .finish_non_exhaustive()
    }
}
