//! The lift: `None` as a new state below all others.
//!
//! ```text
//!   Some(…)         None ⊔ x = x      Some(a) ⊔ Some(b) = Some(a ⊔ b)
//!      │
//!   Some(⊥)         in conflict iff the inner state is
//!      │
//!    None           bottom
//! ```

use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::{
    codec::{Codec, DecodeError, Decoder},
    conflict::Conflict,
    crdt::WriterId,
    delta::Delta,
    forged::Forged,
    lattice::{Bottom, Lattice},
    schema::Description,
    threshold::{
        Decided, Points,
        verdict::{Pair, Through, Verdict},
    },
};

/// `None ⊔ x = x`, `Some(a) ⊔ Some(b) = Some(a ⊔ b)`; the bottom of `L`, if it has one, is strictly above `None`.
impl<L: Lattice + Clone> Lattice for Option<L> {
    fn join(&mut self, other: Self) -> bool {
        match (self.as_mut(), other) {
            (_, None) => false,
            (Some(inner), Some(other)) => inner.join(other),
            (None, other) => {
                *self = other;
                true
            }
        }
    }

    fn join_ref(&mut self, other: &Self) -> bool {
        match (self.as_mut(), other) {
            (_, None) => false,
            (Some(inner), Some(other)) => inner.join_ref(other),
            (None, other) => {
                self.clone_from(other);
                true
            }
        }
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Some(left), Some(right)) => left.lattice_cmp(right),
            _ => Some(self.is_some().cmp(&other.is_some())),
        }
    }

    fn leq(&self, other: &Self) -> bool {
        match (self, other) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(left), Some(right)) => left.leq(right),
        }
    }

    fn conflict(&self) -> Option<Conflict> {
        self.as_ref()?.conflict()
    }

    fn incompatible(&self, other: &Self) -> Option<Conflict> {
        match (self, other) {
            (Some(left), Some(right)) => left.incompatible(right),
            (None, Some(right)) => right.conflict(),
            (_, None) => None,
        }
    }
}

impl<L: Lattice + Clone> Bottom for Option<L> {
    fn bottom() -> Self {
        None
    }

    fn is_bottom(&self) -> bool {
        self.is_none()
    }
}

impl<L: Delta> Delta for Option<L> {
    fn forged(&self, delta: &Self, writer: WriterId) -> Option<Forged> {
        match (self, delta.as_ref()?) {
            (Some(inner), delta) => inner.forged(delta, writer),
            (None, delta) => L::bottom().forged(delta, writer),
        }
    }

    fn absorb(&mut self, delta: Self) -> Option<Self> {
        match self {
            Some(inner) => inner.absorb(delta?).map(Some),
            None => self.join_ref(&delta).then_some(delta),
        }
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        match (self, seen) {
            (Some(inner), Some(seen)) => inner.diff(seen).map(Some),
            (Some(_), None) => Some(self.clone()),
            (None, _) => None,
        }
    }

    /// `Some(⊥)` is irreducible: only `None` is below it.
    fn parts(&self) -> impl Iterator<Item = Self> {
        self.iter().flat_map(|inner| bottom_or_parts(inner).map(Some))
    }
}

/// The parts of a state that is there as opposed to absent: its bottom counts too, when it is all there is.
pub(crate) fn bottom_or_parts<L: Delta>(state: &L) -> impl Iterator<Item = L> {
    state.is_bottom().then(L::bottom).into_iter().chain(state.parts())
}

impl<L: Codec> Codec for Option<L> {
    fn encode(&self, out: &mut Vec<u8>) {
        self.is_some().encode(out);
        if let Some(inner) = self {
            inner.encode(out);
        }
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(if bool::decode(input)? { Some(L::decode(input)?) } else { None })
    }

    fn describe(out: &mut Description) {
        out.is("option").part("some", L::describe);
    }
}

impl<L: Points + Clone> Points for Option<L> {
    type Point = L::Point;

    fn is_at_least(&self, point: &L::Point) -> bool {
        self.as_ref().is_some_and(|inner| inner.is_at_least(point))
    }
}

impl<L, A, B> Pair<A, B> for Option<L>
where
    L: Points + Clone + Pair<Through<Self, A>, Through<Self, B>>,
{
    const VERDICT: Verdict = L::VERDICT;
}

impl<T, W: ?Sized, L: Decided<T, W>> Decided<T, W> for Option<L> {
    fn decided(&self, watch: &mut W) -> Option<T> {
        self.as_ref()?.decided(watch)
    }
}

#[cfg(test)]
use crate::Flat;

crate::laws!(
    Option<Flat<u8>>,
    [None, Some(Flat::Bottom), Some(Flat::Value(1)), Some(Flat::Value(2)), Some(Flat::Conflict)]
);
