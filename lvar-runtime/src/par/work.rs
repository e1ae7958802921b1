//! How much work is outstanding, and whether the run is over: one word.
//!
//! *Outstanding* work is a job that is queued or running; a task that waits is none. Two invariants:
//!
//! 1. Work is admitted before it is queued and finished after its last effect, so while anything runs or is queued the count is
//!    above zero.
//! 2. Zero is final: [`Work::admit`] never leaves it. New work comes from running work, which counts itself, or from a stray
//!    waker or destructor after the end, which is refused.
//!
//! Together: who sees the run over knows that nothing runs, nothing is queued, and nothing will ever be again.

use crate::sync::{
    AtomicUsize,
    Ordering::{AcqRel, Acquire, Relaxed, Release},
};

/// Set when a panic ends the run before its work is done; the rest of the word counts outstanding jobs.
const STOPPED: usize = 1 << (usize::BITS - 1);

/// The count of outstanding jobs of one run.
#[derive(Debug)]
pub(super) struct Work {
    word: AtomicUsize,
}

/// What [`Work::finish`] leaves behind.
#[must_use = "the last to finish has to wake the workers, or they sleep on"]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finished {
    /// Other jobs are outstanding, or the run was stopped already.
    More,
    /// This was the last one: the run is over.
    Last,
}

impl Work {
    /// Starts with one outstanding job: the first poll of the main task.
    pub(super) fn new() -> Self {
        Self { word: AtomicUsize::new(1) }
    }

    /// Admits one job, unless the run is over.
    pub(super) fn admit(&self) -> bool {
        // Relaxed: the count orders nothing on its way up; the queue that takes the job publishes it.
        self.word.fetch_update(Relaxed, Relaxed, |word| (!is_over(word)).then_some(word + 1)).is_ok()
    }

    /// Ends one admitted job.
    pub(super) fn finish(&self) -> Finished {
        // AcqRel: pairs with itself and with the Acquire in `is_over`: who sees zero sees every effect of every job.
        match self.word.fetch_sub(1, AcqRel) {
            1 => Finished::Last,
            _ => Finished::More,
        }
    }

    /// Ends the run early: the workers stop at their next job boundary.
    pub(super) fn stop(&self) {
        // Release: pairs with the Acquire in `is_over`; who stops sees the panic that was noted before.
        self.word.fetch_or(STOPPED, Release);
    }

    /// Whether the run is over: finished or stopped.
    pub(super) fn is_over(&self) -> bool {
        // Acquire: pairs with the AcqRel in `finish` and the Release in `stop`.
        is_over(self.word.load(Acquire))
    }
}

fn is_over(word: usize) -> bool {
    word == 0 || word & STOPPED != 0
}

#[cfg(test)]
#[cfg(not(loom))]
mod tests {
    use super::{Finished, Work};

    #[test]
    fn zero_is_final() {
        let work = Work::new();
        assert!(work.admit());
        assert_eq!(work.finish(), Finished::More);
        assert_eq!(work.finish(), Finished::Last);
        assert!(work.is_over());
        assert!(!work.admit(), "work after the end is refused");
    }

    #[test]
    fn a_stopped_run_admits_nothing_and_has_no_last_job() {
        let work = Work::new();
        work.stop();
        assert!(work.is_over());
        assert!(!work.admit());
        assert_eq!(work.finish(), Finished::More, "it was over before");
    }
}
