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
//! 3. The poller writes the key of the task's place *before* `suspend`, and puts the task there under the lock that whoever takes the key
//!    from the queue has to take.
//!
//! A task is polled for the first time as `Running`: before that it is a job in a deque, and has neither waker nor place.
//!
//! A waker is `'static`: it holds the run's [`Signals`] and a key, never the future, which may borrow. It may be called from any
//! thread at any time; after the run, it does nothing.

use std::{
    sync::Arc,
    task::{Wake, Waker},
};

use crate::{
    par::signals::{Ready, Signals},
    sync::{
        AtomicU8, AtomicUsize,
        Ordering::{AcqRel, Acquire, Relaxed, Release},
        fence,
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

    /// A task that is about to be polled for the first time, so that nobody can wake it yet.
    pub(super) fn running() -> Self {
        Self { state: AtomicU8::new(RUNNING) }
    }

    /// Makes the state of a task that is done that of one that is about to be polled for the first time. Nobody else has it.
    fn run_another(&self) {
        // Acquire: pairs with the Release with which the last other owner let go of it, whose wakes come before the store.
        fence(Acquire);
        // Relaxed: nobody else has it.
        self.state.store(RUNNING, Relaxed);
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
    /// Where the task waits, when it waits; `MAIN` for the main task. Written before the state says that it waits.
    key: AtomicUsize,
}

/// No key of a task that was spawned.
const MAIN: usize = usize::MAX;

impl Header {
    /// The header of the main task, which is queued for its first poll.
    pub(super) fn of_main(signals: &Arc<Signals>) -> Arc<Self> {
        Arc::new(Self {
            state: TaskState::queued(),
            signals: Arc::clone(signals),
            key: AtomicUsize::new(MAIN),
        })
    }

    /// Ends a poll that is pending; the future will be found at `key` by who takes the key from the queue.
    pub(super) fn suspend_at(&self, key: usize) -> Suspended {
        // Relaxed: the Release in `suspend` publishes it to the wake that finds the task waiting.
        self.key.store(key, Relaxed);
        self.state.suspend()
    }
}

impl Wake for Header {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.state.wake() {
            // Relaxed: the Acquire in `TaskState::wake` pairs with the Release of the suspension that wrote it.
            self.signals.make_ready(match self.key.load(Relaxed) {
                MAIN => Ready::Main,
                key => Ready::Task(key),
            });
        }
    }
}

/// A header, and the waker made of it, by which a task is polled.
///
/// Most tasks are done after their first poll, and keep no waker. Their headers serve other tasks.
pub(super) struct Polled {
    pub(super) header: Arc<Header>,
    pub(super) waker: Waker,
}

impl Polled {
    /// For a task that is about to be polled for the first time.
    pub(super) fn new(signals: &Arc<Signals>) -> Self {
        let header = Arc::new(Header {
            state: TaskState::running(),
            signals: Arc::clone(signals),
            key: AtomicUsize::new(MAIN),
        });
        Self { waker: Waker::from(Arc::clone(&header)), header }
    }

    /// Ends the last poll. Answers itself, for the first poll of another task, if no one else has its waker.
    pub(super) fn finish(self) -> Option<Self> {
        if Arc::strong_count(&self.header) == 2 {
            self.header.state.run_another();
            return Some(self);
        }
        self.header.state.finish();
        None
    }
}
