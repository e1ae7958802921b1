//! What an LVar is: the concurrent type that belongs to a lattice, how it is written and how it is read.

pub(crate) mod changes;
pub(crate) mod get;
pub(crate) mod handlers;
pub(crate) mod header;
#[cfg(all(test, loom))]
mod loom_changes;
#[cfg(all(test, loom))]
mod loom_keys;
#[cfg(all(test, loom))]
mod loom_models;
pub(crate) mod marks;
pub(crate) mod origin;
pub(crate) mod points;
#[cfg(all(test, shuttle))]
mod shuttle_models;
pub(crate) mod sleepers;
pub(crate) mod state;
pub(crate) mod waiters;
pub(crate) mod wake;
pub(crate) mod watch;
pub mod why;

use std::{fmt::Debug, panic::Location};

use lattice_core::{
    Conflict, Lattice,
    threshold::{Reached, Threshold, ThresholdSet},
};

pub use changes::{FollowedAsOne, OnChange};
pub use get::{AtOrAbove, Get, Of, OneOf, Question};
pub use handlers::{Doorbell, Growth};
pub use origin::Origin;
pub use watch::Watch;

use crate::{error::PutError, level::MayFreeze};

/// The concurrent type that belongs to the lattice `L`.
///
/// For a struct with `#[derive(LVar)]` it is a struct of LVars with the same field names.
pub type LVar<L> = <L as HasLVar>::LVar;

/// A lattice that has a concurrent type; by `#[derive(LVar)]` for types of your own.
///
/// A lattice that was written by hand gets the LVar that works for any lattice, one lock around a pointer:
///
/// ```
/// use std::cmp::Ordering;
/// use lvars::{Bottom, HasLVar, LVar, LVarType, Lattice, Put, kinds::LockedLVar};
///
/// /// Permissions as bits, joined by `|`.
/// #[derive(Clone, Debug, PartialEq)]
/// struct Bits(u32);
///
/// impl Lattice for Bits {
///     fn join(&mut self, other: Self) -> bool {
///         let before = self.0;
///         self.0 |= other.0;
///         self.0 != before
///     }
///
///     fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
///         let both = self.0 | other.0;
///         match (both == other.0, both == self.0) {
///             (true, true) => Some(Ordering::Equal),
///             (true, false) => Some(Ordering::Less),
///             (false, true) => Some(Ordering::Greater),
///             (false, false) => None,
///         }
///     }
/// }
///
/// impl Bottom for Bits {
///     fn bottom() -> Self {
///         Self(0)
///     }
///
///     fn is_bottom(&self) -> bool {
///         self.0 == 0
///     }
/// }
///
/// impl HasLVar for Bits {
///     type LVar = LockedLVar<Self>;
/// }
///
/// let granted = LVar::<Bits>::new();
/// granted.put(Bits(0b100))?;
/// granted.put(Bits(0b001))?;
/// granted.at_least(Bits(0b001)).wait()?;
/// assert_eq!(granted.into_value()?, Bits(0b101));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no LVar",
    label = "no concurrent type belongs to this lattice",
    note = "for a struct or an enum of your own add `#[derive(LVar)]`"
)]
pub trait HasLVar: Lattice {
    /// The concurrent type.
    type LVar: LVarType<Lattice = Self>;
}

/// A shared variable whose writes are joins ([`Put`]) or commuting updates ([`Bump`]), and whose reads are thresholds.
///
/// Every write can be made through a shared reference, from any thread, inside `par` or outside.
///
/// ```
/// use lvars::{LVar, LVarType, Max, Outside, Put};
///
/// let votes = LVar::<Max<u32>>::new();
/// votes.put(3)?;
/// votes.put(2)?;
/// assert_eq!(votes.at_least(5).why(Outside::here()), ["3, waiting for at least 5 (2 more)"]);
/// assert_eq!(votes.freeze(Outside::here())?, Max(3));
/// assert!(votes.put(3).is_ok(), "no news");
/// assert!(votes.put(4).is_err(), "news for a frozen LVar");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait LVarType: Sized + Send + Sync {
    /// The lattice of its states.
    type Lattice: Lattice;

    /// An LVar at bottom.
    fn new() -> Self {
        Self::with_origin(Origin::root())
    }

    /// An LVar at bottom that errors and reports call by this name, as they call the fields of a struct by theirs.
    ///
    /// ```
    /// use lvars::{LVar, LVarType, Max, par};
    ///
    /// let votes = LVar::<Max<u64>>::named("votes");
    /// let blocked = par::run(async |_| votes.at_least(5).await).unwrap_err();
    /// assert!(blocked.to_string().ends_with(": votes: 0, waiting for at least 5 (5 more)"));
    /// ```
    fn named(name: &'static str) -> Self {
        Self::with_origin(Origin::root().field(name))
    }

    /// An LVar at bottom that knows where it stands in the LVar around it, so that its errors can say so.
    fn with_origin(origin: Origin) -> Self;

    /// Forbids growth and answers the exact value: a later write that would change it is an error. Freezing twice is fine.
    ///
    /// A freeze that races with writes is *quasi-deterministic*: the same answer on every schedule, or an error on one of the
    /// writes. So it takes a permit: outside of any run [`Outside::here()`](crate::Outside::here), and inside of one the
    /// [`Quasi`](crate::par::Quasi) that [`run_quasi`](crate::par::run_quasi) hands out. A deterministic run has none.
    ///
    /// # Errors
    ///
    /// If the LVar is in conflict.
    fn freeze(&self, permit: impl MayFreeze) -> Result<Self::Lattice, Conflict>;

    /// The exact value, from the owner, who knows that nothing else can write.
    ///
    /// # Errors
    ///
    /// If the LVar is in conflict.
    fn into_value(self) -> Result<Self::Lattice, Conflict>;

    /// Waits until one of the activation sets of `T` is reached, and answers which; never the state.
    ///
    /// The answer is a future for any executor; [`Get::wait`] blocks a thread instead. A read that is dropped leaves nothing behind.
    #[track_caller]
    fn get<T>(&self) -> Get<'_, Self, Of<T>>
    where
        T: Threshold<On = Self::Lattice> + Reached<Self, Watch>,
    {
        Get::new(self, Of::new(), Location::caller())
    }

    /// [`get`](Self::get) of a threshold set that was made at run time: waits until an element of it is reached, and answers the label of
    /// the activation set that the element is in.
    ///
    /// ```
    /// use lvars::{Flat, LVar, LVarType, Put, threshold::ThresholdSet};
    /// use std::collections::BTreeMap;
    ///
    /// let votes = LVar::<BTreeMap<String, Flat<bool>>>::new();
    /// let voter = "ann".to_owned();
    /// let said = |yes| BTreeMap::from([(voter.clone(), Flat::Value(yes))]);
    /// let either = ThresholdSet::labelled([("for", [said(true)]), ("against", [said(false)])])?;
    /// votes.key("ann").put(false)?;
    /// assert_eq!(votes.get_one_of(&either).wait(), Ok("against"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[track_caller]
    fn get_one_of<'a, A: Clone>(
        &'a self,
        set: &'a ThresholdSet<Self::Lattice, A>,
    ) -> Get<'a, Self, OneOf<'a, Self::Lattice, A>>
    where
        Self::Lattice: Clone + Debug,
    {
        Get::new(self, OneOf::new(set), Location::caller())
    }

    /// Waits until the LVar is at or above `element`, a state: what a put of it would bring is there. For `Max` a number will do, for
    /// [`Flat`](lattice_core::Flat) a value, for a set `[element]`, for a map `[(key, value)]`. A threshold set of one, so that nothing has to
    /// exclude anything.
    #[track_caller]
    fn at_least(&self, element: impl Into<Self::Lattice>) -> Get<'_, Self, AtOrAbove<Self::Lattice>>
    where
        Self::Lattice: Clone + Debug,
    {
        Get::new(self, AtOrAbove::new(element.into()), Location::caller())
    }

    /// Whether the LVar is at or above `element`, asked leaf by leaf, each of which tells `watch`.
    fn at_element(&self, element: Self::Lattice, watch: &mut Watch) -> bool;
}

/// An LVar that is written by joins. Counters are not: see [`Bump`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be put into",
    note = "a counter is written by `bump`; a struct with a counter in it field by field"
)]
pub trait Put: LVarType {
    /// Joins `value` in. It does not say whether the LVar grew by *this* put: that would depend on the schedule.
    ///
    /// # Errors
    ///
    /// If the join is in conflict; if the LVar is frozen and would have changed. Inside `par` the error is also the run's. A put of several
    /// parts, into a struct or a map, tries all of them and answers the first error, but a conflict before any other.
    fn put(&self, value: impl Into<Self::Lattice>) -> Result<(), PutError>;
}

/// An LVar, or a replica, that is written by updates that commute and only grow it, but may count twice what is done twice.
///
/// ```
/// use lvars::{Bump, GCounter, LVar, LVarType, Outside, PutError, replica::Replica};
///
/// fn count<C: Bump<By = u64>>(words: &C, text: &str) -> Result<(), PutError> {
///     text.split(' ').try_for_each(|_| words.bump(1).map(drop))
/// }
///
/// let (shared, replicated) = (LVar::<GCounter>::new(), Replica::<GCounter>::open());
/// count(&shared, "to be or not to be")?;
/// count(&replicated, "to be or not to be")?;
/// assert_eq!(shared.into_value()?.value(), 6);
/// assert_eq!(replicated.query(Outside::here()).value(), 6);
/// # Ok::<(), PutError>(())
/// ```
///
/// No LVar has both `put` and `bump`, since the two do not commute with each other: from 0, put 4 then bump 1 makes 5, the other way
/// around 4 (Kuper and Newton, *Joining Forces*, WoDet 2014).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be bumped",
    note = "only counters are bumped; others are written by `put`"
)]
pub trait Bump {
    /// By how much.
    type By;
    /// What is to be done about it: nothing with an LVar, and with a replica, to ship it.
    type News;

    /// Updates the LVar by `by`.
    ///
    /// # Errors
    ///
    /// If the LVar is frozen and would have changed, or the count would exceed what it can hold. Inside `par` the error is also the
    /// run's.
    fn bump(&self, by: Self::By) -> Result<Self::News, PutError>;
}
