//! How much work is outstanding, and whether the run is over.
//!
//! *Outstanding* work is a job that is queued or running; a task that waits is none.
//!
//! 1. A job is begun before it is queued, and ended after its last effect.
//! 2. A worker counts in its [tally](super::tally); a thread that is none, in the shared word, unless that says that the run is over.
//! 3. A worker that finds nothing to do sums up what ended, reads the shared word, and sums up what was begun. If the sums are equal
//!    and nobody changed the word meanwhile, it marks it: the run is over, for good. But first it wakes whom nobody has told yet that
//!    [a pool](super::pool) is quiet, and then the run is not over.
//!
//! **Equal sums mean that nothing is outstanding.** Let S be the jobs whose end was summed up, and K those whose beginning was. An end
//! that is seen shows all that came before it: the job's own beginning, so S is a part of K, and the beginnings of all that
//! it began. Equal sums make S and K the same. Assume a job outside of K. If a worker began it, it did so in a job; that job is
//! in S, and shows it, or is itself outside of K. So back to the first job, which is in K: the word counts it from the start. If another
//! thread began it, it changed the word, and the mark failed; or it comes later, and is refused.
//!
//! **Somebody sees it.** Each worker ends its jobs, then [announces](super::sleep) that it will sleep, with a fence, then sums up. The one
//! whose fence is the last sees the ends of all.

use crossbeam_utils::CachePadded;

use crate::{
    par::tally::{Seat, Tallies},
    sync::{
        AtomicUsize,
        Ordering::{AcqRel, Acquire, Relaxed, Release},
    },
};

/// Set when a panic ends the run before its work is done.
const STOPPED: usize = 1 << (usize::BITS - 1);
/// Set when nothing is outstanding. The rest of the word counts jobs that threads began which are no worker.
const DONE: usize = STOPPED >> 1;

/// The outstanding jobs of one run.
#[derive(Debug)]
pub(super) struct Work {
    /// All workers read it all the time, and next to nobody writes it.
    word: CachePadded<AtomicUsize>,
    tallies: Tallies,
}

impl Work {
    /// Starts with one outstanding job, which no worker began: the first poll of the main task.
    pub(super) fn new(n_workers: usize) -> Self {
        Self { word: CachePadded::new(AtomicUsize::new(1)), tallies: Tallies::new(n_workers) }
    }

    /// Begins one job, unless the run is over. With a seat only from inside of a job of the run.
    #[inline]
    pub(super) fn admit(&self, seat: Option<&Seat>) -> bool {
        match seat {
            Some(seat) => {
                let is_open = !self.is_over();
                if is_open {
                    self.tallies.begin(seat);
                }
                is_open
            }
            // Relaxed: the count orders nothing on its way up; the queue that takes the job publishes it.
            None => {
                self.word.fetch_update(Relaxed, Relaxed, |word| (!is_over(word)).then_some(word + 1)).is_ok()
            }
        }
    }

    /// Ends one job that was admitted.
    #[inline]
    pub(super) fn finish(&self, seat: &Seat) {
        self.tallies.end(seat);
    }

    /// Whether the run is over, which is so from now on if nothing is outstanding and `may_end` agrees, which sees then what every job did.
    /// For a worker that found nothing to do; who gets true has to wake the others.
    pub(super) fn is_over_if_done(&self, may_end: impl FnOnce() -> bool) -> bool {
        let n_ended = self.tallies.ended();
        // Acquire: pairs with the AcqRel below and the Release in `stop`.
        let word = self.word.load(Acquire);
        // AcqRel: pairs with the Acquire in `is_over`: who sees the end sees what this thread saw, which is every effect of every job.
        // Relaxed on failure: then it is not the end.
        is_over(word)
            || word + self.tallies.begun() == n_ended
                && may_end()
                && self.word.compare_exchange(word, word | DONE, AcqRel, Relaxed).is_ok()
    }

    /// Ends the run early: the workers stop at their next job boundary.
    pub(super) fn stop(&self) {
        // Release: pairs with the Acquire in `is_over`; who stops sees the panic that was noted before.
        self.word.fetch_or(STOPPED, Release);
    }

    /// Whether the run is over: done or stopped.
    #[inline]
    pub(super) fn is_over(&self) -> bool {
        // Acquire: pairs with the AcqRel in `is_over_if_done` and the Release in `stop`.
        is_over(self.word.load(Acquire))
    }
}

fn is_over(word: usize) -> bool {
    word >= DONE
}

#[cfg(test)]
#[cfg(not(loom))]
mod tests {
    use super::{Seat, Work};

    #[test]
    fn the_end_is_final() {
        let (work, seat) = (Work::new(1), Seat::of(0));
        assert!(work.admit(Some(&seat)));
        assert!(work.admit(None));
        for _ in 0..3 {
            assert!(!work.is_over_if_done(|| true));
            work.finish(&seat);
        }
        assert!(!work.is_over(), "nobody has looked yet");
        assert!(work.is_over_if_done(|| true));
        assert!(work.is_over());
        assert!(!work.admit(Some(&seat)) && !work.admit(None), "work after the end is refused");
    }

    #[test]
    fn a_stopped_run_admits_nothing() {
        let (work, seat) = (Work::new(1), Seat::of(0));
        work.stop();
        assert!(work.is_over() && work.is_over_if_done(|| true));
        assert!(!work.admit(Some(&seat)) && !work.admit(None));
    }
}
