//! Threshold sets: what a `get` waits for, and the one way in which plain values, LVars and replicas are observed.
//!
//! A threshold set is an enum of outcomes with `#[derive(Threshold)]`. Each variant is an activation set: the condition under which it
//! is the answer. Whoever can be observed implements the *observer* traits of this file ([`Project`] to a field, [`AtKey`] to a
//! map's value, [`AtLeast`] and [`Decided`] at the leaves), and the derive writes a single [`Reached`] over all observers.
//!
//! Every observer method takes a `watch`: a plain value ignores it; an LVar tells it which leaf the answer hangs on, so that a
//! waiting `get` registers exactly there, and so that one can ask why it still waits.
//!
//! The checks that different variants exclude each other live in [`verdict`].

pub mod path;
pub mod verdict;

use crate::{conflict::Conflict, lattice::Lattice};

/// A threshold set: by `#[derive(Threshold)]` on an enum of outcomes.
///
/// The compiler has proved that no two variants can both be reached without a conflict, so a read that answers one of them
/// answers the same on every schedule (Kuper and Newton, *LVars*, FHPC 2013, section 3.3).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a threshold set",
    note = "add `#[derive(Threshold)]` to an enum of outcomes"
)]
pub trait Threshold: Sized {
    /// The lattice whose states are observed.
    type On: Lattice;
    /// The name of the type, for reports.
    const NAME: &'static str;
}

/// A threshold set that can be evaluated on the observer `O`, telling `W` which leaves the answer hangs on.
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
}

impl<L: Lattice> Observe for L {}

/// A lattice whose leaves can be compared with a point: the right side of `field >= point` in `#[when(..)]`.
///
/// `point` names an up-closed set of states. For `Max<u64>` it is a number, for an enum one of its values, for `Flat<T>` a decided
/// value, for a set an element, for a counter the least count.
#[diagnostic::on_unimplemented(
    message = "a threshold cannot compare `{Self}` with `>=`",
    note = "compare a leaf: a field of a struct with `field.inner >= value`, the value under a map's key with `map[key] >= value`"
)]
pub trait Points: Lattice {
    /// What a threshold names.
    type Point: Clone + Send + Sync + 'static;

    /// Whether this state is in the up-closed set that `point` names.
    fn is_at_least(&self, point: &Self::Point) -> bool;
}

/// The type-level name of a field; `NAME` is [`field_name`] of its identifier.
#[derive(Clone, Copy, Debug)]
pub struct Field<const NAME: u64>;

/// The name of a field as a constant that two derives can agree on without seeing each other: 64-bit FNV-1a of the identifier.
/// `#[derive(Lattice)]` refuses a struct in which two names collide, since the two impls would overlap.
pub const fn field_name(identifier: &str) -> u64 {
    let bytes = identifier.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}

/// A lattice with a field named `F`, a [`Field`]; by `#[derive(Lattice)]` on a struct.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no lattice field of this name",
    label = "not a field of `{Self}`",
    note = "a threshold names fields as the struct declares them; tuple fields by their number"
)]
pub trait HasField<F>: Lattice {
    /// The lattice of the field: its type, or what its strategy makes of it (`Max<u64>` for a `u64` with `#[lattice(max)]`).
    type Lattice: Lattice;
    /// The field's name.
    const NAME: &'static str;
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
#[diagnostic::on_unimplemented(
    message = "the decided value of `{Self}` is not a `{T}`",
    note = "an outcome with a payload binds the value of a `Flat` field, and its payload has that type"
)]
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

impl<L: Points, W: ?Sized> AtLeast<L, W> for L {
    fn at_least(&self, point: &L::Point, _: &mut W) -> bool {
        self.is_at_least(point)
    }
}
