//! What every leaf has beside its value: the state word, its place, and a cold part that most leaves never need.

use std::{
    fmt::{self, Debug},
    sync::Arc,
};

use lattice_core::Conflict;

use crate::{
    current,
    error::PutError,
    lvar::{
        changes::{Mark, MarkOf},
        origin::Origin,
        points::PointList,
        state::{Enter, State},
        waiters::{Registered, Registration, WaitList, Waiters},
    },
    sync::{AtomicBool, OnceLock, Ordering},
};

/// The header of a leaf whose waiters stand in a list of type `W`.
pub(crate) struct Header<W> {
    pub(crate) state: State,
    origin: Origin,
    cold: OnceLock<Arc<Cold<W>>>,
}

/// What a leaf needs once somebody waits for it, or it is in conflict, or it is a frozen word. A waiter keeps it alive to stand in it.
struct Cold<W> {
    waiters: W,
    conflict: OnceLock<Conflict>,
    frozen: OnceLock<u64>,
    marks: Marks,
}

/// The marks for handlers of the leaf, and of the map around it.
struct Marks {
    of_leaf: OnceLock<Arc<Mark>>,
    of_map: OnceLock<Arc<Mark>>,
    /// Whether there is one; under the lock of the waiters, who then leave the leaf watched.
    is_there: AtomicBool,
}

impl<W: Waiters> Cold<W> {
    fn new() -> Self {
        let marks =
            Marks { of_leaf: OnceLock::new(), of_map: OnceLock::new(), is_there: AtomicBool::new(false) };
        Self { waiters: W::new(), conflict: OnceLock::new(), frozen: OnceLock::new(), marks }
    }

    /// Under the lock of the waiters, when none is left.
    fn unwatch(&self, state: &State) {
        // Relaxed: ordered by the lock.
        if !self.marks.is_there.load(Ordering::Relaxed) {
            state.unwatch();
        }
    }
}

impl<W: Registered> Registered for Cold<W> {
    fn take_out(&self, token: u64) {
        self.waiters.take_out(token);
    }
}

impl<P: Send + Sync> Header<WaitList<P>> {
    /// Wakes the waiters whose point `is_due`; for who has seen that the leaf is watched.
    #[cold]
    pub(crate) fn notify(&self, is_due: impl Fn(&P) -> bool) {
        let cold = self.cold();
        cold.waiters.notify(is_due, || cold.unwatch(&self.state));
    }
}

impl Header<PointList> {
    /// Wakes the waiters whose point is reached, given the state `now`; for who has seen that the leaf is watched.
    #[cold]
    pub(crate) fn notify(&self, now: impl Fn() -> u64) {
        let cold = self.cold();
        cold.waiters.notify(now, || cold.unwatch(&self.state));
    }
}

impl<W> Header<W> {
    pub(crate) fn path(&self) -> String {
        self.origin.path()
    }

    /// How a leaf is shown: by its kind and its place, never by its state, which depends on the schedule.
    pub(crate) fn debug(&self, kind: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(kind).field("path", &self.path()).finish_non_exhaustive()
    }
}

impl<W: Waiters> Header<W> {
    /// The header of a leaf in the state with this index (0 if it has no indices).
    pub(crate) fn new(origin: Origin, index: u8) -> Self {
        Self { state: State::new(index), origin, cold: OnceLock::new() }
    }

    fn cold(&self) -> &Arc<Cold<W>> {
        self.cold.get().unwrap_or_else(|| self.cold.get_or_init(|| Arc::new(Cold::new())))
    }

    /// Makes the waiter stand in this leaf's list, and that known to every put from now on.
    pub(crate) fn register(&self, registration: &mut Registration, point: W::Point)
    where
        W: 'static,
    {
        let cold = self.cold();
        registration.stands_in(Arc::clone(cold) as Arc<dyn Registered>, 0);
        cold.waiters.add(Arc::clone(registration.waiter()), point, || self.state.watch());
    }

    /// Tells handlers of the value that it has grown; for who has seen that the leaf is watched.
    #[cold]
    pub(crate) fn note_growth(&self) {
        let marks = &self.cold().marks;
        marks.of_leaf.get().into_iter().chain(marks.of_map.get()).for_each(Mark::note);
    }

    /// The mark for these handlers, which every put that grows the leaf notes from now on.
    pub(crate) fn attach(&self, mark_of: MarkOf, make: &dyn Fn() -> Arc<Mark>) -> &Arc<Mark> {
        let cold = self.cold();
        let place = match mark_of {
            MarkOf::Leaf => &cold.marks.of_leaf,
            MarkOf::Map => &cold.marks.of_map,
        };
        // The rest is done also if the mark is there: whoever made it may not have come so far.
        let mark = place.get_or_init(make);
        cold.waiters.locked(|| {
            // Relaxed: ordered by the lock.
            cold.marks.is_there.store(true, Ordering::Relaxed);
            self.state.watch();
        });
        mark
    }

    /// The conflict that this leaf is in; for who has seen its bit.
    #[cold]
    pub(crate) fn conflict(&self) -> Conflict {
        // The report is in its place before the bit is set.
        self.cold()
            .conflict
            .get()
            .cloned()
            .unwrap_or_else(|| self.origin.locate(Conflict::in_state(&"unknown")))
    }

    /// Puts a report in its place, before the bit is set. The first one stays.
    #[cold]
    pub(crate) fn record(&self, conflict: Conflict) {
        let place = &self.cold().conflict;
        if place.get().is_none() {
            // Not inside of `get_or_init`, which is a lock: the path shows keys, by `Debug` of the user's.
            let report = self.origin.locate(conflict);
            let _ = place.set(report);
        }
    }

    /// Puts the leaf in conflict, and answers the error of the put that `refused` describes.
    #[cold]
    pub(crate) fn enter_conflict(&self, conflict: Conflict, refused: &dyn Debug) -> PutError {
        self.record(conflict);
        match self.state.enter_conflict() {
            Enter::InConflict(word) => {
                if word.is_watched() {
                    let cold = self.cold();
                    cold.waiters.wake_all(|| cold.unwatch(&self.state));
                }
                self.in_conflict()
            }
            Enter::Frozen => self.frozen(refused),
        }
    }

    /// The error of a put into a leaf that is in conflict.
    #[cold]
    pub(crate) fn in_conflict(&self) -> PutError {
        noted(PutError::Conflict(self.conflict()))
    }

    /// The error of a put that would change a frozen leaf.
    #[cold]
    pub(crate) fn frozen(&self, refused: &dyn Debug) -> PutError {
        frozen(&self.origin, refused)
    }

    /// The error of a bump that a counter cannot hold.
    #[cold]
    pub(crate) fn overflow(&self) -> PutError {
        noted(PutError::Overflow { path: self.path() })
    }

    /// The value of a frozen word: the one that was seen first after the freeze, for ever.
    #[cold]
    pub(crate) fn frozen_word(&self, seen: u64) -> u64 {
        *self.cold().frozen.get_or_init(|| seen)
    }

    #[cfg(test)]
    pub(crate) fn n_waiters(&self) -> usize {
        self.cold.get().map_or(0, |cold| cold.waiters.len())
    }
}

/// The error of a put that would change the frozen LVar at `origin`.
#[cold]
pub(crate) fn frozen(origin: &Origin, refused: &dyn Debug) -> PutError {
    noted(PutError::Frozen { path: origin.path(), refused: format!("{refused:?}") })
}

/// An error that the run whose task this is has been told of.
fn noted(error: PutError) -> PutError {
    current::note_error(&error);
    error
}
