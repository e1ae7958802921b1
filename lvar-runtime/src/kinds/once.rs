//! The LVar of a value that is written once: [`Flat`], the IVar of the literature.
//!
//! The value lies in the slot of the state word (`sync/write_once.rs`). Whoever fills it changes that word, and a waiter sets its bit on the
//! same word before it looks again: of two changes of one word one comes first, and the second sees what the first has written.
//!
//! A freeze is a change of that word too, and a slot is not filled once the word says FROZEN, so a freeze is exact.

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
        points::PointList,
        state::{Fill, Snapshot},
        waiters::Registration,
        watch::{Lack, Leaf, Standing},
    },
};

/// What a [`Flat`] may hold to have an LVar.
pub trait Decidable: Eq + Clone + Debug + Send + Sync + 'static {}

impl<T: Eq + Clone + Debug + Send + Sync + 'static> Decidable for T {}

/// The LVar of [`Flat`]: undecided until the first put; a put of another value is a conflict, and stays one.
///
/// A put costs one exchange of the state word; a read of a decided value one load of it, and that of the value.
///
/// ```
/// use lvars::{Flat, LVar, LVarType, Put};
///
/// let answer = LVar::<Flat<u32>>::new();
/// answer.put(42)?;
/// answer.put(42)?;
/// assert_eq!(answer.decided().wait(), Ok(42));
/// assert_eq!(answer.put(43).unwrap_err(), answer.put(42).unwrap_err(), "a conflict stays");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct OnceLVar<T> {
    header: Header<PointList, T>,
}

/// What waits for any decision, this one or another one. What waits for another one looks then, and waits for a conflict.
const DECIDED: u64 = 1;
/// What waits for a conflict, which is no answer: the read ends with it.
const IN_CONFLICT: u64 = 2;

impl<T: Decidable> OnceLVar<T> {
    /// Waits until the value is decided, and answers it.
    #[inline]
    #[track_caller]
    pub fn decided(&self) -> Get<'_, Self, Decision> {
        Get::new(self, Decision, std::panic::Location::caller())
    }

    /// The present value. **Not deterministic**: it depends on the schedule.
    pub fn snapshot(&self, _: Outside) -> Flat<T> {
        self.present()
    }

    fn present(&self) -> Flat<T> {
        match self.header.state.look() {
            (state, _) if state.is_in_conflict() => Flat::Conflict,
            (_, value) => value.cloned().map_or(Flat::Bottom, Flat::Value),
        }
    }

    #[inline]
    fn put_value(&self, value: T) -> Result<(), PutError> {
        match self.header.state.fill(value) {
            Fill::Filled(state) => {
                if state.is_watched() {
                    self.tell();
                }
                Ok(())
            }
            Fill::Refused(value, state) => self.put_again(&value, state),
        }
    }

    #[cold]
    fn tell(&self) {
        self.header.note_growth();
        self.notify();
    }

    /// The rest of a put that comes after a decision, or after a freeze. One of the same value has nobody to tell: the first has told them.
    #[cold]
    fn put_again(&self, value: &T, state: Snapshot) -> Result<(), PutError> {
        self.unless_in_conflict(state)?;
        match self.header.state.look() {
            (_, Some(decided)) if value == decided => self.unless_in_conflict(self.header.state.load()),
            (_, Some(decided)) => Err(self.header.enter_conflict(Conflict::between(decided, value), value)),
            (_, None) => Err(self.header.frozen(value)),
        }
    }

    fn unless_in_conflict(&self, state: Snapshot) -> Result<(), PutError> {
        if state.is_in_conflict() { Err(self.header.in_conflict()) } else { Ok(()) }
    }

    #[cold]
    fn notify(&self) {
        self.header.notify(|| match self.header.state.look() {
            (state, _) if state.is_in_conflict() || state.is_frozen() => u64::MAX,
            (_, Some(_)) => DECIDED,
            (_, None) => 0,
        });
    }

    fn answer(&self) -> Result<Flat<T>, Conflict> {
        match self.present() {
            Flat::Conflict => Err(self.header.conflict()),
            present => Ok(present),
        }
    }

    /// Makes the waiter stand where it is woken by what can still come.
    fn register(&self, registration: &mut Registration) {
        let (_, value) = self.header.state.look();
        let point = if value.is_some() { IN_CONFLICT } else { DECIDED };
        self.header.register(registration, point);
    }
}

impl<T: Decidable> LVarType for OnceLVar<T> {
    type Lattice = Flat<T>;

    fn with_origin(origin: Origin) -> Self {
        Self { header: Header::new(origin, 0) }
    }

    fn freeze(&self, _: impl MayFreeze) -> Result<Flat<T>, Conflict> {
        crate::turns::yield_point();
        let before = self.header.state.freeze();
        if before.is_watched() {
            self.notify();
        }
        self.answer()
    }

    fn into_value(self) -> Result<Flat<T>, Conflict> {
        self.answer()
    }

    fn at_element(&self, element: Flat<T>, watch: &mut Watch) -> bool {
        match element {
            // Reached by everything but a conflict, of which who asks for nothing is told too.
            Flat::Bottom => {
                !self.header.state.look().0.is_in_conflict()
                    || watch.ask(&InConflict { lvar: self }).is_some()
            }
            Flat::Value(value) => watch.ask(&Whether { lvar: self, value: &value }).is_some(),
            Flat::Conflict => watch.ask(&InConflict { lvar: self }).is_some(),
        }
    }
}

on_change!([T: Decidable] OnceLVar<T>);

impl<T: Decidable> Put for OnceLVar<T> {
    #[inline]
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
#[inline]
fn standing<T: Decidable, A>(lvar: &OnceLVar<T>, answers: impl FnOnce(&T) -> Option<A>) -> Standing<A> {
    let (state, value) = lvar.header.state.look();
    if state.is_in_conflict() {
        return lvar.header.stands_in_conflict();
    }
    match value.and_then(answers) {
        Some(answer) => Standing::Reached(answer),
        // Nothing was decided before the freeze, and so nothing will be; or something else, and only a conflict could change that.
        None if state.is_frozen() => Standing::Frozen,
        None => Standing::Below,
    }
}

fn explain<T: Decidable>(lvar: &OnceLVar<T>, wanted: String) -> Lack {
    let state = match lvar.header.state.look() {
        (_, Some(value)) => format!("{value:?}"),
        (_, None) => "undecided".to_owned(),
    };
    Lack { path: lvar.header.path(), state, wanted }
}

impl<T: Decidable> Leaf for What<'_, T> {
    type Answer = T;

    fn standing(&self) -> Standing<T> {
        standing(self.lvar, |value| Some(value.clone()))
    }

    fn register(&self, registration: &mut Registration) {
        self.lvar.header.register(registration, DECIDED);
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
        self.lvar.register(registration);
    }

    fn explain(&self) -> Lack {
        explain(self.lvar, format!("{:?}", self.value))
    }
}

impl<T: Decidable> Leaf for InConflict<'_, T> {
    type Answer = ();

    fn standing(&self) -> Standing<()> {
        standing(self.lvar, |_| None)
    }

    fn register(&self, registration: &mut Registration) {
        self.lvar.header.register(registration, IN_CONFLICT);
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

    const GLANCES: bool = true;

    #[inline]
    fn glance(&self, lvar: &OnceLVar<T>) -> Option<T> {
        match lvar.header.state.look() {
            (state, Some(value)) if !state.is_in_conflict() => Some(value.clone()),
            _ => None,
        }
    }

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
