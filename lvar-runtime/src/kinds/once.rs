//! The LVar of a value that is written once: [`Flat`], the IVar of the literature.
//!
//! The value lies in a once-cell. Whoever fills it announces that on the state word, and a waiter sets its bit on the same word before
//! it looks again: of two changes of one word one comes first, and the second sees what the first has written.
//!
//! To freeze an undecided one is to fill the cell with nothing, so a freeze is exact.

use std::fmt::{self, Debug};

use lattice_core::{
    Conflict, Flat,
    threshold::{AtLeast, Decided},
};

use crate::{
    error::PutError,
    level::{MayFreeze, Outside},
    lvar::{
        LVarType, Origin, Put, Watch,
        changes::on_change,
        get::{Get, Question},
        header::Header,
        state::Snapshot,
        waiters::{Registration, WaitList},
        watch::{Lack, Leaf, Standing},
    },
    sync::OnceLock,
};

/// What a [`Flat`] may hold to have an LVar.
pub trait Decidable: Eq + Clone + Debug + Send + Sync + 'static {}

impl<T: Eq + Clone + Debug + Send + Sync + 'static> Decidable for T {}

/// The LVar of [`Flat`]: undecided until the first put; a put of another value is a conflict, and stays one.
///
/// A put costs one once-cell and one change of the state word; a read of a decided value two loads.
///
/// ```
/// use lattice_core::Flat;
/// use lvar_runtime::{LVar, LVarType, Put};
///
/// let answer = LVar::<Flat<u32>>::new();
/// answer.put(42)?;
/// answer.put(42)?;
/// assert_eq!(answer.decided().wait(), Ok(42));
/// assert_eq!(answer.put(43).unwrap_err(), answer.put(42).unwrap_err(), "a conflict stays");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct OnceLVar<T> {
    /// Filled with `None` if it was frozen before it was decided.
    value: OnceLock<Option<T>>,
    header: Header<WaitList<Wanted<T>>>,
}

/// What a waiter waits for.
enum Wanted<T> {
    /// Any decision.
    Decision,
    /// This one.
    Value(T),
    /// A conflict, which is no answer: the read ends with it.
    Conflict,
}

impl<T: Decidable> OnceLVar<T> {
    /// Waits until the value is decided, and answers it.
    #[track_caller]
    pub fn decided(&self) -> Get<'_, Self, Decision> {
        Get::new(self, Decision, std::panic::Location::caller())
    }

    /// The present value. **Not deterministic**: it depends on the schedule.
    pub fn snapshot(&self, _: Outside) -> Flat<T> {
        self.present()
    }

    fn present(&self) -> Flat<T> {
        if self.header.state.load().is_in_conflict() {
            return Flat::Conflict;
        }
        self.value.get().cloned().flatten().map_or(Flat::Bottom, Flat::Value)
    }

    fn put_value(&self, value: T) -> Result<(), PutError> {
        // A second put of the same value needs no announcement: the first makes one.
        let Err(value) = self.value.set(Some(value)) else {
            let state = self.header.state.announce();
            if state.is_watched() {
                self.notify();
                self.header.note_growth();
            }
            return self.unless_in_conflict(state);
        };
        match (value, self.value.get().and_then(Option::as_ref)) {
            _ if self.header.state.load().is_in_conflict() => Err(self.header.in_conflict()),
            (Some(value), Some(decided)) if value != *decided => {
                Err(self.header.enter_conflict(Conflict::between(decided, &value), &value))
            }
            (Some(value), None) => Err(self.header.frozen(&value)),
            _ => Ok(()),
        }
    }

    fn unless_in_conflict(&self, state: Snapshot) -> Result<(), PutError> {
        if state.is_in_conflict() { Err(self.header.in_conflict()) } else { Ok(()) }
    }

    fn notify(&self) {
        self.header.notify(|wanted| {
            let state = self.header.state.load();
            match (self.value.get().and_then(Option::as_ref), wanted) {
                _ if state.is_in_conflict() || state.is_frozen() => true,
                (None, _) => false,
                (Some(_), Wanted::Decision) => true,
                (Some(value), Wanted::Value(wanted)) => value == wanted,
                (Some(_), Wanted::Conflict) => false,
            }
        });
    }

    fn answer(&self, in_conflict: bool) -> Result<Flat<T>, Conflict> {
        if in_conflict {
            return Err(self.header.conflict());
        }
        Ok(self.value.get().cloned().flatten().map_or(Flat::Bottom, Flat::Value))
    }
}

impl<T: Decidable> LVarType for OnceLVar<T> {
    type Lattice = Flat<T>;

    fn with_origin(origin: Origin) -> Self {
        Self { value: OnceLock::new(), header: Header::new(origin, 0) }
    }

    fn freeze(&self, _: impl MayFreeze) -> Result<Flat<T>, Conflict> {
        crate::turns::yield_point();
        self.value.get_or_init(|| None);
        let before = self.header.state.freeze();
        if before.is_watched() {
            self.notify();
        }
        self.answer(before.is_in_conflict())
    }

    fn into_value(self) -> Result<Flat<T>, Conflict> {
        self.answer(self.header.state.load().is_in_conflict())
    }

    fn at_element(&self, element: Flat<T>, watch: &mut Watch) -> bool {
        match element {
            Flat::Bottom => true,
            Flat::Value(value) => watch.ask(&Whether { lvar: self, value: &value }).is_some(),
            Flat::Conflict => watch.ask(&InConflict { lvar: self }).is_some(),
        }
    }
}

on_change!([T: Decidable] OnceLVar<T>);

impl<T: Decidable> Put for OnceLVar<T> {
    fn put(&self, value: impl Into<Flat<T>>) -> Result<(), PutError> {
        crate::turns::yield_point();
        match value.into() {
            Flat::Bottom => self.unless_in_conflict(self.header.state.load()),
            Flat::Value(value) => self.put_value(value),
            conflict @ Flat::Conflict => {
                Err(self.header.enter_conflict(Conflict::in_state(&conflict), &conflict))
            }
        }
    }
}

/// The question what was decided.
struct What<'a, T> {
    lvar: &'a OnceLVar<T>,
}

/// The question whether this value was decided.
struct Whether<'a, T> {
    lvar: &'a OnceLVar<T>,
    value: &'a T,
}

/// The question whether the LVar is in conflict, which no read is ever answered.
struct InConflict<'a, T> {
    lvar: &'a OnceLVar<T>,
}

/// How an LVar stands to the question whether its value `answers`.
fn standing<T: Decidable, A>(lvar: &OnceLVar<T>, answers: impl FnOnce(&T) -> Option<A>) -> Standing<A> {
    let state = lvar.header.state.load();
    if state.is_in_conflict() {
        return Standing::Conflict(lvar.header.conflict());
    }
    match lvar.value.get().map(|value| value.as_ref().and_then(answers)) {
        Some(Some(answer)) => Standing::Reached(answer),
        // Nothing was decided before the freeze, and so nothing will be; or something else, and only a conflict could change that.
        Some(None) if state.is_frozen() => Standing::Frozen,
        Some(None) | None => Standing::Below,
    }
}

fn explain<T: Decidable>(lvar: &OnceLVar<T>, wanted: String) -> Lack {
    let state = match lvar.value.get() {
        Some(Some(value)) => format!("{value:?}"),
        Some(None) | None => "undecided".to_owned(),
    };
    Lack { path: lvar.header.path(), state, wanted }
}

impl<T: Decidable> Leaf for What<'_, T> {
    type Answer = T;

    fn standing(&self) -> Standing<T> {
        standing(self.lvar, |value| Some(value.clone()))
    }

    fn register(&self, registration: &mut Registration) {
        self.lvar.header.register(registration, Wanted::Decision);
    }

    fn explain(&self) -> Lack {
        explain(self.lvar, "a decision".to_owned())
    }
}

impl<T: Decidable> Leaf for Whether<'_, T> {
    type Answer = ();

    fn standing(&self) -> Standing<()> {
        standing(self.lvar, |value| (value == self.value).then_some(()))
    }

    fn register(&self, registration: &mut Registration) {
        self.lvar.header.register(registration, Wanted::Value(self.value.clone()));
    }

    fn explain(&self) -> Lack {
        explain(self.lvar, format!("{:?}", self.value))
    }
}

impl<T: Decidable> Leaf for InConflict<'_, T> {
    type Answer = ();

    fn standing(&self) -> Standing<()> {
        match standing(self.lvar, |_| None::<()>) {
            // What was undecided when it was frozen is never in conflict.
            Standing::Below if self.lvar.header.state.load().is_frozen() => Standing::Frozen,
            standing => standing,
        }
    }

    fn register(&self, registration: &mut Registration) {
        self.lvar.header.register(registration, Wanted::Conflict);
    }

    fn explain(&self) -> Lack {
        explain(self.lvar, "a conflict".to_owned())
    }
}

impl<T: Decidable> AtLeast<Flat<T>, Watch> for OnceLVar<T> {
    fn at_least(&self, value: &T, watch: &mut Watch) -> bool {
        watch.ask(&Whether { lvar: self, value }).is_some()
    }
}

impl<T: Decidable> Decided<T, Watch> for OnceLVar<T> {
    fn decided(&self, watch: &mut Watch) -> Option<T> {
        watch.ask(&What { lvar: self })
    }
}

/// The question of [`OnceLVar::decided`].
#[derive(Clone, Copy, Debug)]
pub struct Decision;

impl<T: Decidable> Question<OnceLVar<T>> for Decision {
    type Answer = T;

    fn ask(&self, lvar: &OnceLVar<T>, watch: &mut Watch) -> Option<T> {
        watch.ask(&What { lvar })
    }

    fn threshold(&self) -> String {
        "a decision".to_owned()
    }
}

impl<T: Decidable> Default for OnceLVar<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Debug for OnceLVar<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.header.debug("OnceLVar", f)
    }
}
