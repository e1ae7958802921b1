//! A lattice whose states must not grow beyond a size: those that would are a conflict.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use core::{
    cmp::Ordering,
    fmt::{self, Debug},
};

use crate::{
    codec::{Codec, DecodeError, Decoder},
    conflict::Conflict,
    delta::Delta,
    lattice::{Bottom, Lattice, Meet, Top},
    lattices::Grow,
    schema::Description,
    threshold::Points,
};

/// A lattice whose states have a size that only grows: `a ⊑ b` implies `a.size() ≤ b.size()`, and the bottom has size 0.
#[diagnostic::on_unimplemented(
    message = "the states of `{Self}` have no size to be bounded",
    note = "sets, maps and `Grow` have one; for a lattice of your own implement `Size`"
)]
pub trait Size: Lattice {
    /// How large this state is. It must not panic: it is asked also while a panic in a join goes by.
    fn size(&self) -> usize;
}

/// `L` with at most `N` elements: what would have more is a conflict.
///
/// ```text
///        Beyond              a ⊔ b, if it has at most N elements, and Beyond if not
///       /  |   \
///   {a, b} {a, c} {b, c}     with N = 2
/// ```
///
/// "At most three reviewers", "one leader a term": two writes that together break the bound cannot both be true. The top is the state
/// beyond; it is in conflict, and so is what is one in `L`. The bottom is that of `L`. A threshold `field >= p` is reached where
/// that of `L` is. A join costs that of `L`, and to look beforehand whether it would be a conflict costs a copy and a join.
///
/// ```
/// use std::collections::BTreeSet;
/// use lvars::{Bounded, Lattice};
///
/// let mut leader = Bounded::<BTreeSet<&str>, 1>::from(BTreeSet::from(["ann"]));
/// assert!(leader.incompatible(&BTreeSet::from(["bob"]).into()).is_some());
/// leader.join(BTreeSet::from(["bob"]).into());
/// assert_eq!(leader.conflict().unwrap().to_string(), "conflict: the state is more than 1");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Bounded<L, const N: usize> {
    /// `None` is the state beyond; any other has at most `N` elements.
    within: Option<L>,
}

impl<L, const N: usize> Bounded<L, N> {
    /// The state of `L`, unless it went beyond the bound.
    pub fn get(&self) -> Option<&L> {
        self.within.as_ref()
    }
}

impl<L: Size, const N: usize> Bounded<L, N> {
    /// Lets go of a state that has grown too large.
    fn check(&mut self) {
        self.within.take_if(|state| state.size() > N);
    }
}

/// A state that grows, and has let go of what is beyond when that ends, also by a panic.
struct Growing<'a, L: Size, const N: usize>(&'a mut Bounded<L, N>);

impl<L: Size, const N: usize> Drop for Growing<'_, L, N> {
    fn drop(&mut self) {
        self.0.check();
    }
}

impl<L: Size, const N: usize> From<L> for Bounded<L, N> {
    fn from(state: L) -> Self {
        let mut bounded = Self { within: Some(state) };
        bounded.check();
        bounded
    }
}

impl<L: Debug, const N: usize> Debug for Bounded<L, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.within {
            Some(state) => state.fmt(f),
            None => write!(f, "more than {N}"),
        }
    }
}

impl<L: Size + Clone + Debug, const N: usize> Lattice for Bounded<L, N> {
    fn join(&mut self, other: Self) -> bool {
        match (&mut Growing(self).0.within, other.within) {
            (None, _) => false,
            (Some(state), Some(other)) => state.join(other),
            (within, None) => within.take().is_some(),
        }
    }

    fn join_ref(&mut self, other: &Self) -> bool {
        match (&mut Growing(self).0.within, &other.within) {
            (None, _) => false,
            (Some(state), Some(other)) => state.join_ref(other),
            (within, None) => within.take().is_some(),
        }
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        match (&self.within, &other.within) {
            (Some(left), Some(right)) => left.lattice_cmp(right),
            (left, right) => Some(left.is_none().cmp(&right.is_none())),
        }
    }

    fn leq(&self, other: &Self) -> bool {
        match (&self.within, &other.within) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(left), Some(right)) => left.leq(right),
        }
    }

    fn conflict(&self) -> Option<Conflict> {
        match &self.within {
            Some(state) => state.conflict(),
            None => Some(Conflict::in_state(self)),
        }
    }

    fn incompatible(&self, other: &Self) -> Option<Conflict> {
        let (Some(left), Some(right)) = (&self.within, &other.within) else {
            return Some(Conflict::in_state(&Self { within: None }));
        };
        // The sizes of two states do not tell that of their join; but a put that brings nothing new, the common one, is told by the order.
        left.incompatible(right).or_else(|| {
            let is_beyond = !right.leq(left) && self.clone().joined(other.clone()).within.is_none();
            is_beyond.then(|| Conflict::between(left, right))
        })
    }
}

impl<L: Size + Bottom + Clone + Debug, const N: usize> Bottom for Bounded<L, N> {
    fn bottom() -> Self {
        Self { within: Some(L::bottom()) }
    }

    fn is_bottom(&self) -> bool {
        self.within.as_ref().is_some_and(L::is_bottom)
    }
}

impl<L: Size + Clone + Debug, const N: usize> Top for Bounded<L, N> {
    fn top() -> Self {
        Self { within: None }
    }

    fn is_top(&self) -> bool {
        self.within.is_none()
    }
}

impl<L: Size + Meet + Clone + Debug, const N: usize> Meet for Bounded<L, N> {
    fn meet(&mut self, other: Self) -> bool {
        match (&mut self.within, other.within) {
            (_, None) => false,
            (Some(state), Some(other)) => state.meet(other),
            (within, other) => {
                *within = other;
                true
            }
        }
    }
}

/// Those of `L`; the state beyond has forgotten what went beyond, and stands for itself.
impl<L: Size + Delta + Debug, const N: usize> Delta for Bounded<L, N> {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        let news = match (&mut Growing(self).0.within, delta.within) {
            (None, _) => return None,
            (Some(state), Some(delta)) => Some(state.absorb(delta)?),
            (within, None) => {
                *within = None;
                None
            }
        };
        Some(Self { within: news })
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        match (&self.within, &seen.within) {
            (_, None) => None,
            (None, Some(_)) => Some(Self { within: None }),
            (Some(state), Some(seen)) => Some(Self { within: Some(state.diff(seen)?) }),
        }
    }

    fn parts(&self) -> impl Iterator<Item = Self> {
        let beyond = self.is_top().then(Self::top);
        let parts =
            self.within.iter().flat_map(|state| state.parts().map(|part| Self { within: Some(part) }));
        beyond.into_iter().chain(parts)
    }
}

impl<L: Size + Codec, const N: usize> Codec for Bounded<L, N> {
    fn encode(&self, out: &mut Vec<u8>) {
        self.within.is_some().encode(out);
        if let Some(state) = &self.within {
            state.encode(out);
        }
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        if !bool::decode(input)? {
            return Ok(Self { within: None });
        }
        let state = L::decode(input)?;
        if state.size() <= N {
            Ok(Self { within: Some(state) })
        } else {
            Err(input.error("a state exceeds its bound"))
        }
    }

    fn describe(out: &mut Description) {
        out.is(format_args!("Bounded by {N}")).part("of", L::describe);
    }
}

impl<L: Size + Points + Clone + Debug, const N: usize> Points for Bounded<L, N> {
    type Point = L::Point;

    fn is_at_least(&self, point: &L::Point) -> bool {
        self.within.as_ref().is_none_or(|state| state.is_at_least(point))
    }
}

impl<T: Ord + Clone> Size for BTreeSet<T> {
    fn size(&self) -> usize {
        self.len()
    }
}

impl<K: Ord + Clone + Debug, V: Lattice + Clone> Size for BTreeMap<K, V> {
    fn size(&self) -> usize {
        self.len()
    }
}

impl<L: Lattice + Clone> Size for Grow<L> {
    fn size(&self) -> usize {
        self.0.len()
    }
}

#[cfg(feature = "std")]
mod hashed {
    use core::hash::{BuildHasher, Hash};
    use std::collections::{HashMap, HashSet};

    use super::{Debug, Lattice, Size};

    impl<T: Eq + Hash + Clone, S: BuildHasher> Size for HashSet<T, S> {
        fn size(&self) -> usize {
            self.len()
        }
    }

    impl<K: Eq + Hash + Clone + Debug, V: Lattice + Clone, S: BuildHasher> Size for HashMap<K, V, S> {
        fn size(&self) -> usize {
            self.len()
        }
    }
}

#[cfg(test)]
use crate::Flat;

crate::laws!(Bounded<BTreeSet<u8>, 2>, {
    [&[][..], &[1], &[2], &[3], &[1, 2], &[1, 3], &[1, 2, 3]]
        .map(|elements| Bounded::from(BTreeSet::from_iter(elements.iter().copied())))
});
crate::laws!(map: Bounded<BTreeMap<u8, Flat<u8>>, 1>, {
    [(1, Flat::Bottom), (1, Flat::Value(1)), (1, Flat::Value(2)), (1, Flat::Conflict), (2, Flat::Value(1))]
        .map(|entry| Bounded::from(BTreeMap::from([entry])))
        .into_iter()
        .chain([Bounded::bottom(), Bounded::top()])
});
