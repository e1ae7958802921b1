//! The LVar of a finite lattice: the index of the state is a part of the state word, so that each put is one compare-and-swap, and
//! a freeze is exact.

use std::{fmt, fmt::Debug, marker::PhantomData};

use lattice_core::{
    Bottom, Conflict, Finite,
    threshold::{AtLeast, Points},
};

use crate::{
    error::PutError,
    level::{MayFreeze, Outside},
    lvar::{
        LVarType, Origin, Put, Watch,
        changes::on_change,
        header::Header,
        state::{Move, Snapshot},
        waiters::{Registration, WaitList},
        watch::{Lack, Leaf, Standing},
    },
};

/// The LVar of an enum with `#[derive(Lattice, LVar)]`.
///
/// A put is a load, a look into the table of joins and, if it grows the state, one compare-and-swap. A put whose join is a conflict
/// state leaves the LVar in it.
pub struct FiniteLVar<F> {
    header: Header<WaitList<u8>>,
    lattice: PhantomData<fn() -> F>,
}

fn name<F: Finite>(index: u8) -> &'static str {
    F::NAMES[usize::from(index)]
}

fn join<F: Finite>(left: u8, right: u8) -> u8 {
    F::JOIN[usize::from(left) * F::NAMES.len() + usize::from(right)]
}

impl<F: Finite + Bottom> FiniteLVar<F> {
    /// The present state. **Not deterministic**: it depends on the schedule.
    pub fn snapshot(&self, _: Outside) -> F {
        self.present()
    }

    fn present(&self) -> F {
        F::from_index(self.header.state.load().index()).unwrap_or_else(F::bottom)
    }

    #[cfg(all(test, loom))]
    pub(crate) fn n_waiters(&self) -> usize {
        self.header.n_waiters()
    }

    /// The state, unless it is in conflict.
    fn value(&self, word: Snapshot) -> Result<F, Conflict> {
        match F::from_index(word.index()) {
            Some(state) if !word.is_in_conflict() => Ok(state),
            _ => Err(self.header.conflict()),
        }
    }

    fn put_state(&self, value: F) -> Result<(), PutError> {
        let value = value.index();
        let mut seen = self.header.state.load();
        loop {
            if seen.is_in_conflict() {
                return Err(self.header.in_conflict());
            }
            let joined = join::<F>(seen.index(), value);
            if joined == seen.index() {
                return Ok(());
            }
            if seen.is_frozen() {
                return Err(self.header.frozen(&format_args!("{}", name::<F>(value))));
            }
            let is_conflict = F::CONFLICT[usize::from(joined)];
            let moved = if is_conflict {
                self.record_conflict(seen.index(), value);
                self.header.state.move_into_conflict(seen, joined)
            } else {
                self.header.state.move_to(seen, joined)
            };
            match moved {
                Move::Moved(word) => {
                    if word.is_watched() {
                        self.header.note_growth();
                        self.notify();
                    }
                    return if is_conflict { Err(self.header.in_conflict()) } else { Ok(()) };
                }
                Move::Changed(now) => seen = now,
            }
        }
    }

    /// The two states that met stay in conflict whatever the first of them grows to meanwhile, so the report holds even if the move
    /// has to be tried again; and if the LVar is frozen first, nobody sees it.
    #[cold]
    fn record_conflict(&self, state: u8, value: u8) {
        let (left, right) = (name::<F>(state), name::<F>(value));
        let conflict = if F::CONFLICT[usize::from(value)] {
            Conflict::in_state(&format_args!("{right}"))
        } else {
            Conflict::between(&format_args!("{left}"), &format_args!("{right}"))
        };
        self.header.record(conflict);
    }

    fn notify(&self) {
        self.header.notify(|point| {
            let word = self.header.state.load();
            word.is_frozen() || word.is_in_conflict() || is_at_least::<F>(word, *point)
        });
    }
}

fn is_at_least<F: Finite>(word: Snapshot, point: u8) -> bool {
    join::<F>(word.index(), point) == word.index()
}

impl<F: Finite + Bottom> LVarType for FiniteLVar<F> {
    type Lattice = F;

    fn with_origin(origin: Origin) -> Self {
        Self { header: Header::new(origin, F::bottom().index()), lattice: PhantomData }
    }

    fn freeze(&self, _: impl MayFreeze) -> Result<F, Conflict> {
        crate::turns::yield_point();
        let before = self.header.state.freeze();
        if before.is_watched() {
            self.notify();
        }
        self.value(before)
    }

    fn into_value(self) -> Result<F, Conflict> {
        self.value(self.header.state.load())
    }

    fn at_element(&self, element: F, watch: &mut Watch) -> bool {
        watch.ask(&AtOrAbove { lvar: self, point: element.index() }).is_some()
    }
}

on_change!([F: Finite + Bottom] FiniteLVar<F>);

impl<F: Finite + Bottom> Put for FiniteLVar<F> {
    fn put(&self, value: impl Into<F>) -> Result<(), PutError> {
        crate::turns::yield_point();
        self.put_state(value.into())
    }
}

/// The question whether a finite LVar is at or above the state with this index.
struct AtOrAbove<'a, F> {
    lvar: &'a FiniteLVar<F>,
    point: u8,
}

impl<F: Finite + Bottom> Leaf for AtOrAbove<'_, F> {
    type Answer = ();

    fn standing(&self) -> Standing<()> {
        let word = self.lvar.header.state.load();
        if word.is_in_conflict() {
            self.lvar.header.stands_in_conflict()
        } else if is_at_least::<F>(word, self.point) {
            Standing::Reached(())
        } else if word.is_frozen() {
            Standing::Frozen
        } else {
            Standing::Below
        }
    }

    fn register(&self, registration: &mut Registration) {
        self.lvar.header.register(registration, self.point);
    }

    fn explain(&self) -> Lack {
        let state = name::<F>(self.lvar.header.state.load().index()).to_owned();
        let wanted = format!("at least {}", name::<F>(self.point));
        Lack { path: self.lvar.header.path(), state, wanted }
    }
}

impl<F: Finite + Bottom + Points<Point = F>> AtLeast<F, Watch> for FiniteLVar<F> {
    fn at_least(&self, point: &F, watch: &mut Watch) -> bool {
        watch.ask(&AtOrAbove { lvar: self, point: point.index() }).is_some()
    }
}

impl<F: Finite + Bottom> Default for FiniteLVar<F> {
    fn default() -> Self {
        Self::new()
    }
}

impl<F> Debug for FiniteLVar<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.header.debug("FiniteLVar", f)
    }
}
