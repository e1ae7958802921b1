//! How is everybody woken whatever one of them does, and how does a thread block on a read?
//!
//! A waker is code of an executor. If one panics, that is the loss of its reader, and of the writer who called it; the others are woken first.
//!
//! A thread that blocks has a flag beside its parking token, because the token is everybody's: code of the user's that a read calls, a comparison
//! say, may park as well, and take the token that was meant for the read.

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::Arc,
    task::Wake,
    time::Duration,
};

use crate::sync::{AtomicBool, Ordering, os_thread, thread};

/// Calls `wake` for each that is due, also after one that panics; the first panic goes on when all are woken.
pub(crate) fn each<T>(due: impl IntoIterator<Item = T>, wake: impl Fn(T)) {
    let mut first = None;
    for one in due {
        // Unwind safe: wakers have nothing of ours to leave half done, and the panic goes on.
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| wake(one))) {
            first.get_or_insert(payload);
        }
    }
    // While another panic unwinds, a second one would end the process.
    if let Some(payload) = first
        && !os_thread::panicking()
    {
        resume_unwind(payload);
    }
}

/// A thread that blocks on a read.
pub(crate) struct Blocked {
    thread: thread::Thread,
    is_due: AtomicBool,
}

impl Blocked {
    /// The calling thread, which is not woken yet.
    pub(crate) fn here() -> Arc<Self> {
        Arc::new(Self { thread: thread::current(), is_due: AtomicBool::new(false) })
    }

    /// Returns when it is woken, or was since the last call; for the thread itself.
    pub(crate) fn park(&self) {
        while !self.is_taken() {
            thread::park();
        }
    }

    /// [`park`](Self::park), but returns after `timeout`, or before.
    pub(crate) fn park_timeout(&self, timeout: Duration) {
        if !self.is_taken() {
            // The checker knows no time, and no model waits for it.
            os_thread::park_timeout(timeout);
        }
    }

    fn is_taken(&self) -> bool {
        // AcqRel: pairs with the Release in `wake`: who takes a wake sees what its caller did before.
        self.is_due.swap(false, Ordering::AcqRel)
    }
}

impl Wake for Blocked {
    fn wake(self: Arc<Self>) {
        // Release: pairs with the AcqRel in `is_taken`.
        self.is_due.store(true, Ordering::Release);
        self.thread.unpark();
    }
}
