//! What every leaf has beside its value: the state word, its place, and a cold part that most leaves never need.

use std::{
    fmt::{self, Debug},
    sync::Arc,
    task::Waker,
};

use lattice_core::Conflict;

use crate::{
    current,
    error::PutError,
    lvar::{
        changes::Mark,
        marks::{MarkOf, Marks},
        origin::{self, Origin, Step},
        points::PointList,
        sleepers::Place,
        state::{Enter, State},
        waiters::{Registered, Registration, Sleep, WaitList, Waiters},
        watch::Standing,
    },
    sync::{OnceLock, write_once::OnceArc},
};

/// The header of a leaf whose waiters stand in a list of type `W`; and a slot for its value, where that is written once.
///
/// The state word comes last, with the room behind it that it leaves: with that room in between a new leaf is copied in pieces that the
/// processor has to wait for.
#[repr(C)]
pub(crate) struct Header<W, V = ()> {
    /// What it stands in; which field of that it is, the state word has room for.
    step: Step,
    cold: OnceArc<Cold<W>>,
    pub(crate) state: State<V>,
}

/// What a leaf needs once somebody waits for it, or it is in conflict, or it is a frozen word. A waiter keeps it alive to stand in it.
#[derive(Default)]
struct Cold<W> {
    waiters: W,
    frozen: OnceLock<u64>,
    rare: OnceArc<Rare>,
}

/// What even fewer leaves need. Apart, since a read that waits for a new leaf makes the cold part too, and has to write all of it.
#[derive(Default)]
struct Rare {
    conflict: OnceLock<Conflict>,
    marks: Marks,
}

impl<W: Waiters> Cold<W> {
    /// Under the lock of the waiters, if there are none. Where handlers follow, the leaf stays watched.
    fn unwatch<V>(&self, state: &State<V>) {
        if !self.rare.get().is_some_and(|rare| rare.marks.are_there()) {
            state.unwatch();
        }
    }
}

impl<W: Registered> Registered for Cold<W> {
    fn sleep_on(&self, place: Place, waker: &Waker) -> Sleep {
        self.waiters.sleep_on(place, waker)
    }

    fn take_out(&self, place: Place) {
        self.waiters.take_out(place);
    }
}

impl<P: Send + Sync, V> Header<WaitList<P>, V> {
    /// Wakes the waiters whose point `is_due`; for who has seen that the leaf is watched.
    #[cold]
    pub(crate) fn notify(&self, is_due: impl Fn(&P) -> bool) {
        let cold = self.cold();
        cold.waiters.notify(is_due, || cold.unwatch(&self.state));
    }
}

impl<V> Header<PointList, V> {
    /// Wakes the waiters whose point is reached, given the state `now`; for who has seen that the leaf is watched.
    #[cold]
    pub(crate) fn notify(&self, now: impl Fn() -> u64) {
        let cold = self.cold();
        cold.waiters.notify(now, || cold.unwatch(&self.state));
    }
}

impl<W, V> Header<W, V> {
    pub(crate) fn path(&self) -> String {
        origin::path(&self.step, self.state.field())
    }

    fn locate(&self, conflict: Conflict) -> Conflict {
        origin::locate(&self.step, self.state.field(), conflict)
    }

    /// How a leaf is shown: by its kind and its place, never by its state, which depends on the schedule.
    pub(crate) fn debug(&self, kind: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(kind).field("path", &self.path()).finish_non_exhaustive()
    }
}

impl<W: Waiters, V> Header<W, V> {
    /// The header of a leaf in the state with this index (0 if it has no indices).
    #[inline]
    pub(crate) fn new(origin: Origin, index: u8) -> Self {
        let (step, field) = origin.into_parts();
        Self { state: State::of_field(field, index), step, cold: OnceArc::default() }
    }

    fn cold(&self) -> &Cold<W> {
        self.cold.get_or_make()
    }

    /// Makes the waiter stand in this leaf's list, and that known to every put from now on.
    pub(crate) fn register(&self, registration: &mut Registration, point: W::Point)
    where
        W: 'static,
    {
        let Some(waker) = registration.waker() else { return };
        let cold = self.cold.share();
        let place = cold.waiters.add(waker, point, || self.state.watch());
        registration.stands_in(cold, place);
    }

    /// Tells handlers of the value that it has grown; for who has seen that the leaf is watched.
    #[cold]
    pub(crate) fn note_growth(&self) {
        if let Some(rare) = self.cold().rare.get() {
            rare.marks.note();
        }
    }

    /// The mark for these handlers, which every put that grows the leaf notes from now on.
    pub(crate) fn attach(&self, mark_of: MarkOf, make: &dyn Fn() -> Arc<Mark>) -> &Arc<Mark> {
        let cold = self.cold();
        let mark = cold.rare.get_or_make().marks.get_or_make(mark_of, make);
        // Also if the mark was there: whoever made it may not have come so far. Under the lock under which who finds no waiters looks for
        // marks: that one either sees this one, or has cleared the bit before.
        cold.waiters.locked(|| self.state.watch());
        mark
    }

    /// The conflict that this leaf is in; for who has seen its bit.
    #[cold]
    pub(crate) fn conflict(&self) -> Conflict {
        // The report is in its place before the bit is set.
        let rare = self.cold().rare.get_or_make();
        rare.conflict.get().cloned().unwrap_or_else(|| self.locate(Conflict::in_state(&"unknown")))
    }

    /// How this leaf stands to every question; for who has seen that it is in conflict.
    #[cold]
    pub(crate) fn stands_in_conflict<A>(&self) -> Standing<A> {
        Standing::Conflict(Box::new(self.conflict()))
    }

    /// Puts a report in its place, before the bit is set. The first one stays.
    #[cold]
    pub(crate) fn record(&self, conflict: Conflict) {
        let place = &self.cold().rare.get_or_make().conflict;
        if place.get().is_none() {
            // Not inside of `get_or_init`, which is a lock: the path shows keys, by `Debug` of the user's.
            let report = self.locate(conflict);
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
        frozen_at(self.path(), refused)
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
    frozen_at(origin.path(), refused)
}

fn frozen_at(path: String, refused: &dyn Debug) -> PutError {
    noted(PutError::Frozen { path, refused: format!("{refused:?}") })
}

/// An error that the run whose task this is has been told of.
fn noted(error: PutError) -> PutError {
    current::note_error(&error);
    error
}
