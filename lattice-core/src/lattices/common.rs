//! A set that only shrinks: what is common to all the sets that were written.

use alloc::{collections::BTreeSet, vec::Vec};
use core::cmp::Ordering;

use crate::{
    codec::{Codec, DecodeError, Decoder},
    lattice::{Lattice, Meet, Top},
    schema::Description,
    threshold::{
        AtLeast, Points,
        verdict::{Pair, Verdict},
    },
};

/// The elements that all the sets written have in common: `Common(A) ⊔ Common(B) = Common(A ∩ B)`.
///
/// ```text
///        {}           the top, and no error: nothing is common to all
///       /  \
///     {a}  {b}
///       \  /
///      {a, b}         Common(A) ⊑ Common(B)  iff  A ⊇ B
///        …
/// ```
///
/// The bottom would be the set of everything, which nobody can write down: `Option<Common<S>>` starts from `None`, "nothing was said
/// yet". No state is in conflict. A threshold `field >= x` is reached once `x` is *gone*. A join looks up each element that is left.
///
/// It has no deltas, since no state is irreducible and no delta least: whatever removes `x` may keep anything else.
/// To replicate what shrinks, keep the set of what was removed.
///
/// ```
/// use std::collections::BTreeSet;
/// use lvars::{Common, Lattice};
///
/// let mut free = Common(BTreeSet::from(["mon", "tue", "fri"]));
/// free.join(Common(BTreeSet::from(["tue", "wed", "fri"])));
/// assert_eq!(free.0, BTreeSet::from(["tue", "fri"]));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct Common<S>(pub S);

impl<S: Codec> Codec for Common<S> {
    fn encode(&self, out: &mut Vec<u8>) {
        self.0.encode(out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        S::decode(input).map(Self)
    }

    fn describe(out: &mut Description) {
        out.is("Common").part("of", S::describe);
    }
}

macro_rules! common {
    ($set:ident<T $(, $state:ident: $hasher:path)?>, T: [$($key:tt)+]) => {
        /// The join is the intersection.
        impl<T: $($key)+ + Clone $(, $state: $hasher)?> Lattice for Common<$set<T $(, $state)?>> {
            fn join(&mut self, other: Self) -> bool {
                self.0.meet(other.0)
            }

            fn join_ref(&mut self, other: &Self) -> bool {
                let n_before = self.0.len();
                self.0.retain(|element| other.0.contains(element));
                self.0.len() < n_before
            }

            fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
                other.0.lattice_cmp(&self.0)
            }

            fn leq(&self, other: &Self) -> bool {
                other.0.leq(&self.0)
            }
        }

        /// Nothing is common to all.
        impl<T: $($key)+ + Clone $(, $state: $hasher + Default)?> Top for Common<$set<T $(, $state)?>> {
            fn top() -> Self {
                Self($set::default())
            }

            fn is_top(&self) -> bool {
                self.0.is_empty()
            }
        }

        /// The meet is the union.
        impl<T: $($key)+ + Clone $(, $state: $hasher)?> Meet for Common<$set<T $(, $state)?>> {
            fn meet(&mut self, other: Self) -> bool {
                self.0.join(other.0)
            }
        }

        impl<T, $($state)?> Points for Common<$set<T $(, $state)?>>
        where
            T: $($key)+ + Clone + Send + Sync + 'static,
            $($state: $hasher,)?
        {
            type Point = T;

            fn is_at_least(&self, element: &T) -> bool {
                !self.0.contains(element)
            }
        }

        impl<T, W: ?Sized $(, $state)?> AtLeast<Common<$set<T $(, $state)?>>, W> for $set<T $(, $state)?>
        where
            T: $($key)+ + Clone + Send + Sync + 'static,
            $($state: $hasher,)?
        {
            fn at_least(&self, element: &T, _: &mut W) -> bool {
                !self.contains(element)
            }
        }

        impl<T, A, B $(, $state)?> Pair<A, B> for Common<$set<T $(, $state)?>>
        where
            T: $($key)+ + Clone + Send + Sync + 'static,
            $($state: $hasher,)?
        {
            const VERDICT: Verdict = Verdict::Compatible { join: "a set that contains neither" };
        }
    };
}

common!(BTreeSet<T>, T: [Ord]);

#[cfg(feature = "std")]
mod hashed {
    use core::hash::{BuildHasher, Hash};
    use std::collections::HashSet;

    use super::{AtLeast, Common, Lattice, Meet, Ordering, Pair, Points, Top, Verdict};

    common!(HashSet<T, S: BuildHasher>, T: [Eq + Hash]);
}

#[cfg(test)]
const SETS: [&[u8]; 6] = [&[1, 2, 3], &[1, 2], &[2, 3], &[1], &[3], &[]];

crate::laws!(Common<BTreeSet<u8>>, SETS.map(|set| Common(set.iter().copied().collect())));
#[cfg(feature = "std")]
crate::laws!(
    hashed_set: Option<Common<std::collections::HashSet<u8>>>,
    [None].into_iter().chain(SETS.map(|set| Some(Common(set.iter().copied().collect()))))
);
