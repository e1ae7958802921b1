//! A new greatest state on any lattice.

use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::{
    codec::{Codec, DecodeError, Decoder},
    delta::Delta,
    lattice::{Bottom, Chain, Lattice, Meet, Top},
    schema::Description,
    threshold::{
        Points,
        verdict::{Pair, Verdict},
    },
};

/// `L` with one more state, above all others: "anything", "unknown", "too much to keep track of".
///
/// ```text
///    Top              Top ⊔ x = Top      Value(a) ⊔ Value(b) = Value(a ⊔ b)
///     │
///   Value(…)
///     │
///   Value(⊥)          bottom
/// ```
///
/// The top is not a conflict, because it is no error. Then *no* state is in conflict: the top is above them all, and what is above a
/// conflict is one. So a conflict of `L` is an ordinary state here, as in constant propagation, where
/// `WithTop<Flat<i64>>` may say "not constant" without failing; ask for it with `state.value()`. Where too much is an error, use
/// [`Bounded`](crate::Bounded).
///
/// A threshold `field >= p` is reached where that of `L` is, and by the top. A join costs that of `L`.
///
/// ```
/// use std::collections::BTreeSet;
/// use lvars::{Lattice, WithTop};
///
/// let mut targets = WithTop::Value(BTreeSet::from(["a"]));
/// targets.join(WithTop::Value(BTreeSet::from(["b"])));
/// assert!(targets.join(WithTop::Top), "it may point anywhere");
/// assert_eq!(targets.value(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum WithTop<L> {
    /// A state of `L`.
    Value(L),
    /// Above every state of `L`.
    Top,
}

impl<L> WithTop<L> {
    /// The state of `L`, if it is one.
    pub fn value(&self) -> Option<&L> {
        match self {
            Self::Value(value) => Some(value),
            Self::Top => None,
        }
    }
}

impl<L> From<L> for WithTop<L> {
    fn from(value: L) -> Self {
        Self::Value(value)
    }
}

impl<L: Lattice + Clone> Lattice for WithTop<L> {
    fn join(&mut self, other: Self) -> bool {
        match (self, other) {
            (Self::Top, _) => false,
            (Self::Value(value), Self::Value(other)) => value.join(other),
            (state, Self::Top) => {
                *state = Self::Top;
                true
            }
        }
    }

    fn join_ref(&mut self, other: &Self) -> bool {
        match (self, other) {
            (Self::Top, _) => false,
            (Self::Value(value), Self::Value(other)) => value.join_ref(other),
            (state, Self::Top) => {
                *state = Self::Top;
                true
            }
        }
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Value(left), Self::Value(right)) => left.lattice_cmp(right),
            _ => Some(self.is_top().cmp(&other.is_top())),
        }
    }

    fn leq(&self, other: &Self) -> bool {
        match (self, other) {
            (_, Self::Top) => true,
            (Self::Top, Self::Value(_)) => false,
            (Self::Value(left), Self::Value(right)) => left.leq(right),
        }
    }
}

impl<L: Chain + Clone> Chain for WithTop<L> {}

impl<L: Bottom + Clone> Bottom for WithTop<L> {
    fn bottom() -> Self {
        Self::Value(L::bottom())
    }

    fn is_bottom(&self) -> bool {
        self.value().is_some_and(L::is_bottom)
    }
}

impl<L: Lattice + Clone> Top for WithTop<L> {
    fn top() -> Self {
        Self::Top
    }

    fn is_top(&self) -> bool {
        matches!(self, Self::Top)
    }
}

impl<L: Meet + Clone> Meet for WithTop<L> {
    fn meet(&mut self, other: Self) -> bool {
        match (self, other) {
            (_, Self::Top) => false,
            (Self::Value(value), Self::Value(other)) => value.meet(other),
            (state, other) => {
                *state = other;
                true
            }
        }
    }
}

/// The top is a part by itself. A conflict of `L` that has forgotten what met stands for itself, as in `L`.
impl<L: Delta> Delta for WithTop<L> {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        match (self, delta) {
            (Self::Top, _) => None,
            (Self::Value(value), Self::Value(delta)) => value.absorb(delta).map(Self::Value),
            (state, Self::Top) => {
                *state = Self::Top;
                Some(Self::Top)
            }
        }
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        match (self, seen) {
            (_, Self::Top) => None,
            (Self::Top, Self::Value(_)) => Some(Self::Top),
            (Self::Value(value), Self::Value(seen)) => value.diff(seen).map(Self::Value),
        }
    }

    fn parts(&self) -> impl Iterator<Item = Self> {
        let top = if self.is_top() { Some(Self::Top) } else { None };
        top.into_iter().chain(self.value().into_iter().flat_map(|value| value.parts().map(Self::Value)))
    }
}

impl<L: Codec> Codec for WithTop<L> {
    fn encode(&self, out: &mut Vec<u8>) {
        self.value().is_some().encode(out);
        if let Some(value) = self.value() {
            value.encode(out);
        }
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(if bool::decode(input)? { Self::Value(L::decode(input)?) } else { Self::Top })
    }

    fn describe(out: &mut Description) {
        out.is("WithTop").part("of", L::describe);
    }
}

impl<L: Points + Clone> Points for WithTop<L> {
    type Point = L::Point;

    fn is_at_least(&self, point: &L::Point) -> bool {
        self.value().is_none_or(|value| value.is_at_least(point))
    }
}

/// The top is above both.
impl<L: Points + Clone, A, B> Pair<A, B> for WithTop<L> {
    const VERDICT: Verdict = Verdict::Compatible { join: "at most the top" };
}

#[cfg(test)]
use crate::Flat;

crate::laws!(WithTop<Flat<u8>>, {
    [Flat::Bottom, Flat::Value(1), Flat::Conflict].map(WithTop::Value).into_iter().chain([WithTop::Top])
});
