//! How a task that waits becomes ready again: its state, and its waker.
//!
//! ```text
//!             wake                  start
//!   Waiting ────────▶ Queued ──────────────▶ Running ────▶ Done
//!      ▲                ▲                    │  │  wake
//!      │    suspend     │      suspend       │  ▼
//!      └────────────────┼────────────────────┘ Woken
//!                       └───────────────────────┘
//! ```
//!
//! 1. Only the wake that moves `Waiting` to `Queued` queues the task, so it is queued at most once and polled by one worker.
//! 2. A wake during the poll moves `Running` to `Woken`; the poller sees that in `suspend` and queues the task again.
//! 3. The poller puts the future back *before* `suspend`, so whoever takes the task from the queue finds the future in its place.
//!
//! A waker is `'static`: it holds the run's [`Signals`] and a key, never the future, which may borrow. It may be called from any
//! thread at any time; after the run, it does nothing.

use std::{sync::Arc, task::Wake};

use crate::{
    par::signals::{Ready, Signals},
    sync::{
        AtomicU8,
        Ordering::{AcqRel, Acquire, Relaxed, Release},
    },
};

const WAITING: u8 = 0;
const QUEUED: u8 = 1;
const RUNNING: u8 = 2;
const WOKEN: u8 = 3;
const DONE: u8 = 4;

/// The state of one task; the future itself is elsewhere.
#[derive(Debug)]
pub(super) struct TaskState {
    state: AtomicU8,
}

/// What the poller has to do with a task whose poll is pending.
#[must_use = "a task that was woken during its poll has to be queued again"]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Suspended {
    /// It waits; a wake will queue it.
    Waits,
    /// It was woken during the poll: queue it again.
    QueueAgain,
}

impl TaskState {
    /// A task that is queued for its first poll.
    pub(super) fn queued() -> Self {
        Self { state: AtomicU8::new(QUEUED) }
    }

    /// Notes a wake; true if the caller has to queue the task.
    pub(super) fn wake(&self) -> bool {
        // AcqRel on success: Release pairs with the Acquire in `start` and `suspend`: the next poll sees what the waker did before.
        // Acquire pairs with the Release in `suspend`: who queues the task publishes the future that was put back.
        // Relaxed on failure: a done task needs nothing.
        let woken = self.state.fetch_update(AcqRel, Relaxed, |state| match state {
            WAITING => Some(QUEUED),
            RUNNING => Some(WOKEN),
            // Written again so that the next `start` also acquires what this waker did before.
            QUEUED => Some(QUEUED),
            WOKEN => Some(WOKEN),
            _ => None,
        });
        woken == Ok(WAITING)
    }

    /// Begins a poll; the caller took the task from the queue.
    pub(super) fn start(&self) {
        // AcqRel: a read-modify-write, so that it reads the last `wake` and acquires (pairs with its Release) all of them.
        self.state.swap(RUNNING, AcqRel);
    }

    /// Ends a poll that is pending; the future is back in its place.
    pub(super) fn suspend(&self) -> Suspended {
        // Release: pairs with the Acquire in `wake`. Acquire on failure: pairs with the Release in `wake` during the poll.
        match self.state.compare_exchange(RUNNING, WAITING, Release, Acquire) {
            Ok(_) => Suspended::Waits,
            Err(_) => {
                // AcqRel: a read-modify-write, because a second wake may write between the exchange and this line; `start` reads
                // the whole chain of them only if no plain store cuts it.
                self.state.swap(QUEUED, AcqRel);
                Suspended::QueueAgain
            }
        }
    }

    /// Ends the last poll.
    pub(super) fn finish(&self) {
        // Relaxed: a done task publishes nothing; wakes that come later only have to fail.
        self.state.store(DONE, Relaxed);
    }
}

/// The part of a task that its wakers share.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) state: TaskState,
    signals: Arc<Signals>,
    ready: Ready,
}

impl Header {
    /// The header of a task that is queued for its first poll, and is queued as `ready` by its wakers.
    pub(super) fn new(signals: Arc<Signals>, ready: Ready) -> Arc<Self> {
        Arc::new(Self { state: TaskState::queued(), signals, ready })
    }
}

impl Wake for Header {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.state.wake() {
            self.signals.make_ready(self.ready);
        }
    }
}
