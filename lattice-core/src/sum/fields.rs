//! How one field of a payload joins: as its own type says, by a strategy, or not at all.
//!
//! Generated code names the way as a type, so that one body serves all three.

use alloc::boxed::Box;
use core::{cmp::Ordering, fmt::Debug, marker::PhantomData};

use crate::{
    __private::{BottomField, DeltaField},
    conflict::Conflict,
    crdt::WriterId,
    forged::Forged,
    lattice::{Bottom, Lattice},
    strategies::{Strategy, StrategyBottom, StrategyDelta},
};

/// As the type of the field says.
#[derive(Clone, Copy, Debug)]
pub struct Own;

/// By the strategy `S`, such as [`ByMax`](crate::strategies::ByMax).
#[derive(Clone, Copy, Debug)]
pub struct By<S>(PhantomData<S>);

/// Plain data: two different values have no join within their variant.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

/// A way in which a field of type `T` joins.
pub trait PayloadField<T> {
    /// [`Lattice::join`].
    fn join(value: &mut T, other: T) -> bool;
    /// [`Lattice::join_ref`].
    fn join_ref(value: &mut T, other: &T) -> bool;
    /// [`Lattice::lattice_cmp`].
    fn cmp(left: &T, right: &T) -> Option<Ordering>;
    /// [`Lattice::leq`].
    fn leq(left: &T, right: &T) -> bool;

    /// [`Lattice::conflict`].
    fn conflict(value: &T) -> Option<Conflict> {
        let _ = value;
        None
    }

    /// [`Lattice::incompatible`].
    fn incompatible(left: &T, right: &T) -> Option<Conflict> {
        let _ = (left, right);
        None
    }
}

impl<T: Lattice + Clone> PayloadField<T> for Own {
    fn join(value: &mut T, other: T) -> bool {
        value.join(other)
    }

    fn join_ref(value: &mut T, other: &T) -> bool {
        value.join_ref(other)
    }

    fn cmp(left: &T, right: &T) -> Option<Ordering> {
        left.lattice_cmp(right)
    }

    fn leq(left: &T, right: &T) -> bool {
        left.leq(right)
    }

    fn conflict(value: &T) -> Option<Conflict> {
        value.conflict()
    }

    fn incompatible(left: &T, right: &T) -> Option<Conflict> {
        left.incompatible(right)
    }
}

impl<T: Clone, S: Strategy<T>> PayloadField<T> for By<S> {
    fn join(value: &mut T, other: T) -> bool {
        S::join(value, other)
    }

    fn join_ref(value: &mut T, other: &T) -> bool {
        S::join_ref(value, other)
    }

    fn cmp(left: &T, right: &T) -> Option<Ordering> {
        S::cmp(left, right)
    }

    fn leq(left: &T, right: &T) -> bool {
        S::leq(left, right)
    }

    fn conflict(value: &T) -> Option<Conflict> {
        S::conflict(value)
    }

    fn incompatible(left: &T, right: &T) -> Option<Conflict> {
        S::incompatible(left, right)
    }
}

/// Only equal values are ordered. Two that differ are joined by the order of the variants, never here.
impl<T: PlainData> PayloadField<T> for Plain {
    fn join(_: &mut T, _: T) -> bool {
        false
    }

    fn join_ref(_: &mut T, _: &T) -> bool {
        false
    }

    fn cmp(left: &T, right: &T) -> Option<Ordering> {
        (left == right).then_some(Ordering::Equal)
    }

    fn leq(left: &T, right: &T) -> bool {
        left == right
    }

    fn incompatible(left: &T, right: &T) -> Option<Conflict> {
        (left != right).then(|| Conflict::between(left, right))
    }
}

/// What a flat payload holds.
pub trait PlainData: Eq + Debug + Clone {}

impl<T: Eq + Debug + Clone> PlainData for T {}

/// [`PlainData`] as a condition: as long as a trait has others above it, the compiler reports those.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the payload of a `flat` variant",
    label = "two values of it cannot be compared and shown",
    note = "whether two writes exclude each other is a question of `Eq`, and the report shows both by `Debug`",
    note = "`f64` has no `Eq`, since NaN differs from itself: keep an integer, such as cents, or a wrapper that has it"
)]
pub trait IsPlainData {
    /// Whether it is.
    const HOLDS: bool = true;
}

#[diagnostic::do_not_recommend]
impl<T: PlainData> IsPlainData for T {}

/// A way in which a field of type `T` has a least value, asked where states of other variants join.
#[diagnostic::on_unimplemented(
    message = "states of other variants join to this one, and the payload `{T}` is not known to have a bottom",
    label = "no least value that they could join to",
    note = "where two variants meet there is no payload to take: the join holds the least one",
    note = "make it `Option<_>`, whose `None` is a new bottom, or give the two variants a least upper variant without data"
)]
pub trait JoinedTo<T> {
    /// Whether it has.
    const HOLDS: bool = true;
}

#[diagnostic::do_not_recommend]
impl<T, J: PayloadBottom<T>> JoinedTo<T> for J {}

/// A way in which a field of type `T` has a least value.
pub trait PayloadBottom<T>: PayloadField<T> {
    /// [`Bottom::bottom`].
    fn bottom() -> T;
    /// [`Bottom::is_bottom`].
    fn is_bottom(value: &T) -> bool;
}

#[diagnostic::do_not_recommend]
impl<T: Bottom + Clone> PayloadBottom<T> for Own {
    fn bottom() -> T {
        T::bottom()
    }

    fn is_bottom(value: &T) -> bool {
        value.is_bottom()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Clone, S: StrategyBottom<T>> PayloadBottom<T> for By<S> {
    fn bottom() -> T {
        S::bottom()
    }

    fn is_bottom(value: &T) -> bool {
        S::is_bottom(value)
    }
}

/// A way in which a field of type `T` has deltas.
pub trait PayloadDelta<T> {
    /// [`Bottom::bottom`].
    fn bottom() -> T;
    /// [`Bottom::is_bottom`].
    fn is_bottom(value: &T) -> bool;
    /// [`Delta::absorb`](crate::Delta::absorb).
    fn absorb(value: &mut T, delta: T) -> Option<T>;
    /// [`Delta::diff`](crate::Delta::diff).
    fn diff(value: &T, seen: &T) -> Option<T>;
    /// [`Delta::parts`](crate::Delta::parts). Boxed, because a type may hold itself: the iterator's type would then be infinite.
    fn parts(value: &T) -> Box<dyn Iterator<Item = T> + '_>;

    /// [`Delta::forged`](crate::Delta::forged), for a field of this name. What joins by a strategy names no writers.
    fn forged(value: &T, delta: &T, writer: WriterId, name: Option<&'static str>) -> Option<Forged> {
        let _ = (value, delta, writer, name);
        None
    }

    /// What is new, or the bottom; notes in `any` whether something is.
    fn or_bottom(news: Option<T>, any: &mut bool) -> T {
        *any |= news.is_some();
        news.unwrap_or_else(Self::bottom)
    }
}

#[diagnostic::do_not_recommend]
impl<T: BottomField + DeltaField> PayloadDelta<T> for Own {
    fn bottom() -> T {
        T::bottom()
    }

    fn is_bottom(value: &T) -> bool {
        value.is_bottom()
    }

    fn absorb(value: &mut T, delta: T) -> Option<T> {
        value.absorb(delta)
    }

    fn diff(value: &T, seen: &T) -> Option<T> {
        value.diff(seen)
    }

    fn parts(value: &T) -> Box<dyn Iterator<Item = T> + '_> {
        value.parts()
    }

    fn forged(value: &T, delta: &T, writer: WriterId, name: Option<&'static str>) -> Option<Forged> {
        let alarm = value.forged(delta, writer)?;
        Some(match name {
            Some(name) => alarm.in_field(name),
            None => alarm,
        })
    }
}

#[diagnostic::do_not_recommend]
impl<T: Clone, S: StrategyDelta<T>> PayloadDelta<T> for By<S> {
    fn bottom() -> T {
        S::bottom()
    }

    fn is_bottom(value: &T) -> bool {
        S::is_bottom(value)
    }

    fn absorb(value: &mut T, delta: T) -> Option<T> {
        S::absorb(value, delta)
    }

    fn diff(value: &T, seen: &T) -> Option<T> {
        S::diff(value, seen)
    }

    fn parts(value: &T) -> Box<dyn Iterator<Item = T> + '_> {
        S::parts(value)
    }
}
