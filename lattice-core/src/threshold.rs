//! Threshold sets: what a `get` waits for, and the one way in which plain values, LVars and replicas are observed.
//!
//! A threshold set is an enum of outcomes with `#[derive(Threshold)]`. Each variant is an activation set: the condition under which it
//! is the answer. Whoever can be observed implements the *observer* traits of this file ([`Project`] to a field, [`AtKey`] to a
//! map's value, [`AtLeast`] and [`Decided`] at the leaves), and the derive writes a single [`Reached`] over all observers.
//!
//! Every observer method takes a `watch`: a plain value ignores it; an LVar tells it which leaf the answer hangs on, so that a
//! waiting `get` registers exactly there, and so that one can ask why it still waits.
//!
//! The checks that different variants exclude each other live in [`verdict`]; a set whose states are known at run time only is a
//! [`ThresholdSet`], which is checked when it is made.

pub mod form;
pub(crate) mod message;
pub mod path;
mod set;
pub mod verdict;

use crate::{
    conflict::Conflict,
    derived::{At, Derived, Factor, FactorLattice, Pointwise, Product, parts_of},
    lattice::Lattice,
};

pub use form::ConstantForm;
pub use set::{Compatible, ThresholdSet};

/// A threshold set: by `#[derive(Threshold)]` on an enum of outcomes.
///
/// The compiler has proved that no two variants can both be reached without a conflict, so a read that answers one of them
/// answers the same on every schedule (Kuper and Newton, *LVars*, FHPC 2013, section 3.3).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a threshold set",
    label = "a `get` waits for one of several outcomes",
    note = "outcomes are the variants of an enum, with `#[derive(Threshold)]` and `#[threshold(on = ..)]`"
)]
pub trait Threshold: Sized {
    /// The lattice whose states are observed.
    type On: Lattice;
    /// The name of the type, for reports.
    const NAME: &'static str;
}

/// A threshold set that can be evaluated on the observer `O`, telling `W` which leaves the answer hangs on.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a threshold set",
    label = "a `get` waits for one of several outcomes",
    note = "outcomes are the variants of an enum, with `#[derive(Threshold)]` and `#[threshold(on = ..)]`"
)]
pub trait Reached<O: ?Sized, W: ?Sized>: Threshold {
    /// Which activation set the observed state has reached, if any. Evaluated on the joined state, never on a delta.
    fn reached(observer: &O, watch: &mut W) -> Option<Self>;
}

/// Threshold reads on plain values.
pub trait Observe: Lattice {
    /// Which outcome this state has reached, or `None` if none yet.
    ///
    /// # Errors
    ///
    /// A state in conflict is above everything, so it answers with its conflict.
    fn get<T>(&self) -> Result<Option<T>, Conflict>
    where
        T: Threshold<On = Self> + Reached<Self, ()>,
    {
        match self.conflict() {
            Some(conflict) => Err(conflict),
            None => Ok(T::reached(self, &mut ())),
        }
    }

    /// [`get`](Self::get) of a threshold set that was made at run time.
    ///
    /// # Errors
    ///
    /// As for [`get`](Self::get).
    fn get_one_of<A: Clone>(&self, set: &ThresholdSet<Self, A>) -> Result<Option<A>, Conflict> {
        match self.conflict() {
            Some(conflict) => Err(conflict),
            None => Ok(set.reached(|element| element.leq(self)).cloned()),
        }
    }

    /// Whether this state is at or above `element`: a threshold set of one, so that nothing has to exclude anything.
    ///
    /// # Errors
    ///
    /// As for [`get`](Self::get).
    fn at_least(&self, element: impl Into<Self>) -> Result<bool, Conflict> {
        match self.conflict() {
            Some(conflict) => Err(conflict),
            None => Ok(element.into().leq(self)),
        }
    }
}

impl<L: Lattice> Observe for L {}

/// A lattice whose leaves can be compared with a point: the right side of `field >= point` in `#[when(..)]`.
///
/// `point` names an up-closed set of states. For `Max<u64>` it is a number, for an enum one of its values, for `Flat<T>` a decided
/// value, for a set an element, for a counter the least count.
#[diagnostic::on_unimplemented(
    message = "a threshold cannot compare `{Self}` with `>=`",
    note = "compare a leaf: a field of a struct with `field.inner >= value`, the value under a map's key with `map[key] >= value`",
    note = "of what can be removed again nothing stays reached: wait for the write itself with `at_least(delta)`, or keep beside it a grow-only field or a `Flat` that is final"
)]
pub trait Points: Lattice {
    /// What a threshold names.
    type Point: Clone + Send + Sync + 'static;

    /// Whether this state is in the up-closed set that `point` names.
    fn is_at_least(&self, point: &Self::Point) -> bool;
}

/// A field by its position in the declaration, as a type: what a threshold's name of a field comes down to.
#[derive(Clone, Copy, Debug)]
pub struct Field<const POSITION: usize>;

/// A lattice with fields.
pub trait HasFields: Lattice {
    /// The name of the type.
    const NAME: &'static str;
    /// The names of the fields, by position.
    const NAMES: &'static [&'static str];
}

/// The lattice of a field, by its [`Field`].
pub trait HasField<F>: Lattice {
    /// Its type, or what its strategy makes of it (`Max<u64>` for a `u64` with `#[lattice(max)]`).
    type Lattice: Lattice;
}

/// A map-like lattice: a threshold may look under a key.
#[diagnostic::on_unimplemented(message = "`{Self}` has no keys", label = "`[key]` needs a map")]
pub trait HasKey: Lattice {
    /// The type of its keys.
    type Key;
    /// The lattice of its values.
    type Value: Lattice;
}

/// An observer whose field `F` can be observed by itself.
pub trait Project<F> {
    /// The observer of the field.
    type Target;

    /// The observer of the field.
    fn project(&self) -> &Self::Target;
}

/// An observer of a leaf of lattice `L`.
pub trait AtLeast<L: Points, W: ?Sized> {
    /// Whether the observed state is in the up-closed set that `point` names.
    fn at_least(&self, point: &L::Point, watch: &mut W) -> bool;
}

/// An observer of a value that is decided once: [`Flat`](crate::Flat).
pub trait Decided<T, W: ?Sized> {
    /// The value, once it is decided.
    fn decided(&self, watch: &mut W) -> Option<T>;
}

/// An observer of a map: what is under a key, if the key is known.
pub trait AtKey<Q: ?Sized, W: ?Sized> {
    /// The observer of a value.
    type Value;

    /// Observes the value under `key`; an absent key is below every threshold.
    fn at_key<R>(
        &self,
        key: &Q,
        watch: &mut W,
        then: impl FnOnce(&Self::Value, &mut W) -> Option<R>,
    ) -> Option<R>;
}

#[diagnostic::do_not_recommend]
impl<P: Derived + Product<Factors: Pointwise>> HasFields for P {
    const NAME: &'static str = P::NAMES[0];
    const NAMES: &'static [&'static str] = parts_of::<P>();
}

#[diagnostic::do_not_recommend]
impl<P: Product<Factors: At<POSITION, Factor: FactorLattice>> + Lattice, const POSITION: usize>
    HasField<Field<POSITION>> for P
{
    type Lattice = <<P::Factors as At<POSITION>>::Factor as FactorLattice>::Lattice;
}

#[diagnostic::do_not_recommend]
impl<P: Product<Factors: At<POSITION>>, const POSITION: usize> Project<Field<POSITION>> for P {
    type Target = <<P::Factors as At<POSITION>>::Factor as Factor>::Value;

    fn project(&self) -> &Self::Target {
        <P::Factors as At<POSITION>>::at(self.values())
    }
}

impl<L: Points, W: ?Sized> AtLeast<L, W> for L {
    fn at_least(&self, point: &L::Point, _: &mut W) -> bool {
        self.is_at_least(point)
    }
}
