//! Whose turn is it? Nobody's: threads run as the system lets them, and all of this is nothing.
//!
//! But with the feature `explore`, and while [`par::explore`](crate::par::explore) runs a program, one thread runs at a time, and where it may have
//! to hand over is said here: at every LVar operation, and wherever a worker takes or makes a job. Then [`table`] decides, by a seed, who runs next.
//! So a schedule can be had again.
//!
//! *No thread hands over while it holds a lock of the runtime*, so who runs never waits for one that does not.

#[cfg(all(feature = "explore", not(loom)))]
pub(crate) mod table;

#[cfg(all(feature = "explore", not(loom)))]
pub(crate) use table::{Guests, Reserved, are_taken, idle, n_workers, seat, yield_point};

#[cfg(not(all(feature = "explore", not(loom))))]
mod free {
    /// Where another thread may get its turn.
    #[inline]
    pub(crate) fn yield_point() {}

    /// Lets another thread have its turn, because this one finds nothing to do; false if there are no turns, and the thread should sleep.
    pub(crate) fn idle() -> bool {
        false
    }

    /// Whether there are turns.
    pub(crate) fn are_taken() -> bool {
        false
    }

    /// The number of this thread among those of the program, if there are turns.
    #[inline]
    pub(crate) fn seat() -> Option<usize> {
        None
    }

    /// How many workers a run has that asked for so many.
    pub(crate) fn n_workers(asked: usize) -> usize {
        asked
    }

    /// The threads that a run starts. A struct with a field, as in `table`, so that it is made in the same way.
    #[derive(Default)]
    pub(crate) struct Guests(());

    /// The seat of a thread that is not there yet.
    pub(crate) struct Reserved;

    /// While it lives, this thread runs only when it is its turn.
    pub(crate) struct Seated;

    impl Guests {
        /// A seat for a thread that is about to be started.
        pub(crate) fn reserve(&mut self) -> Reserved {
            Reserved
        }

        /// Returns when all guests have had their last turn.
        pub(crate) fn see_off(self) {}
    }

    impl Reserved {
        /// For a thread that sits at no table.
        pub(crate) fn elsewhere() -> Self {
            Self
        }

        /// Takes the seat, on the thread for which it is, and waits for the first turn.
        pub(crate) fn sit(self) -> Seated {
            Seated
        }
    }
}

#[cfg(not(all(feature = "explore", not(loom))))]
pub(crate) use free::{Guests, Reserved, are_taken, idle, n_workers, seat, yield_point};
