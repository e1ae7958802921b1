//! The dual: a lattice turned upside down.

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

/// What only shrinks: `L` with its order reversed, so that the join is the meet of `L`.
///
/// ```text
///   Dual(a) ⊔ Dual(b) = Dual(a ⊓ b)      Dual(a) ⊑ Dual(b)  iff  b ⊑ a
/// ```
///
/// The bottom is the top of `L`, the top its bottom. No state is in conflict: a conflict of `L` is low here, and everything above a
/// conflict would be one. A threshold `field >= a` is reached once the state is at or *below* `a` in `L`. A join costs a meet of `L`.
///
/// It has deltas where `L` is a [`Chain`]; elsewhere the parts of `L` say nothing of what the dual is made of. Of an integer
/// [`Min`](crate::Min) is the simpler name, of a set [`Common`](crate::Common).
///
/// ```
/// use lvars::{Dual, Lattice, Max};
///
/// // Within what all have agreed to.
/// let mut limits = Dual((Max(80), Max(120)));
/// assert!(limits.join(Dual((Max(100), Max(110)))));
/// assert_eq!(limits, Dual((Max(80), Max(110))));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct Dual<L>(pub L);

impl<L: Meet + Clone> Lattice for Dual<L> {
    fn join(&mut self, other: Self) -> bool {
        self.0.meet(other.0)
    }

    fn join_ref(&mut self, other: &Self) -> bool {
        self.0.meet_ref(&other.0)
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        other.0.lattice_cmp(&self.0)
    }

    fn leq(&self, other: &Self) -> bool {
        other.0.leq(&self.0)
    }
}

impl<L: Meet + Chain + Clone> Chain for Dual<L> {}

impl<L: Meet + Top + Clone> Bottom for Dual<L> {
    fn bottom() -> Self {
        Self(L::top())
    }

    fn is_bottom(&self) -> bool {
        self.0.is_top()
    }
}

impl<L: Meet + Bottom + Clone> Top for Dual<L> {
    fn top() -> Self {
        Self(L::bottom())
    }

    fn is_top(&self) -> bool {
        self.0.is_bottom()
    }
}

/// The join of `L`.
impl<L: Meet + Clone> Meet for Dual<L> {
    fn meet(&mut self, other: Self) -> bool {
        self.0.join(other.0)
    }

    fn meet_ref(&mut self, other: &Self) -> bool {
        self.0.join_ref(&other.0)
    }
}

/// In a chain the news is the whole delta, or nothing.
impl<L: Meet + Top + Chain + Clone> Delta for Dual<L> {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        self.join_ref(&delta).then_some(delta)
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        (!self.leq(seen)).then(|| self.clone())
    }

    fn parts(&self) -> impl Iterator<Item = Self> {
        (!self.is_bottom()).then(|| self.clone()).into_iter()
    }
}

impl<L: Codec> Codec for Dual<L> {
    fn encode(&self, out: &mut Vec<u8>) {
        self.0.encode(out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        L::decode(input).map(Self)
    }

    fn describe(out: &mut Description) {
        out.is("Dual").part("of", L::describe);
    }
}

/// A state of `L`.
impl<L: Meet + Clone + Send + Sync + 'static> Points for Dual<L> {
    type Point = L;

    fn is_at_least(&self, point: &L) -> bool {
        self.0.leq(point)
    }
}

impl<L, A, B> Pair<A, B> for Dual<L>
where
    L: Meet + Clone + Send + Sync + 'static,
{
    const VERDICT: Verdict = Verdict::Compatible { join: "what is below both" };
}

#[cfg(test)]
use crate::{Flat, Max};

crate::laws!(Dual<Max<u8>>, [0, 1, 2, 255].map(|n| Dual(Max(n))));
crate::laws!(flat: Dual<Flat<u8>>, [Flat::Conflict, Flat::Value(1), Flat::Value(2), Flat::Bottom].map(Dual));
