//! `RoaringBitmap` and `RoaringTreemap`, with the feature `roaring`: compressed sets of integers, joined a container at a time.
//!
//! ```text
//!   A ⊔ B = A ∪ B      A ⊑ B  iff  A ⊆ B      bottom: the empty set      no state is in conflict
//! ```
//!
//! A threshold `field >= x` is reached once the set contains `x`. A join by reference looks first whether anything is new, so it
//! allocates nothing if nothing is.

use alloc::vec::Vec;
use core::cmp::Ordering;

use roaring::{RoaringBitmap, RoaringTreemap};

use crate::{
    codec::{Codec, DecodeError, Decoder, encode_unsigned},
    delta::Delta,
    lattice::{Bottom, Lattice},
    schema::Description,
    strategies::Union,
    threshold::{
        Points,
        verdict::{Pair, Verdict},
    },
};

macro_rules! compressed {
    ($set:ident of $integer:ty) => {
        /// The join is the union.
        impl Lattice for $set {
            fn join(&mut self, other: Self) -> bool {
                let n_before = self.len();
                // Moves the smaller set into the larger.
                *self |= other;
                self.len() > n_before
            }

            fn join_ref(&mut self, other: &Self) -> bool {
                let grows = !other.is_subset(self);
                if grows {
                    *self |= other;
                }
                grows
            }

            fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
                let order = self.len().cmp(&other.len());
                let comparable = if order.is_le() { self.is_subset(other) } else { self.is_superset(other) };
                comparable.then_some(order)
            }

            fn leq(&self, other: &Self) -> bool {
                self.is_subset(other)
            }
        }

        impl Bottom for $set {
            fn bottom() -> Self {
                Self::new()
            }

            fn is_bottom(&self) -> bool {
                self.is_empty()
            }
        }

        impl Delta for $set {
            fn absorb(&mut self, mut delta: Self) -> Option<Self> {
                delta -= &*self;
                *self |= &delta;
                (!delta.is_empty()).then_some(delta)
            }

            fn diff(&self, seen: &Self) -> Option<Self> {
                let missing = self - seen;
                (!missing.is_empty()).then_some(missing)
            }

            fn parts(&self) -> impl Iterator<Item = Self> {
                self.iter().map(|element| Self::from_iter([element]))
            }
        }

        /// The number of elements, then for each, in ascending order, how many absent numbers stand before it: a byte for each element
        /// of a dense set. Runs are not written shorter, because a few bytes could then claim more memory than there is.
        impl Codec for $set {
            fn encode(&self, out: &mut Vec<u8>) {
                encode_unsigned(self.len(), out);
                let mut next = 0;
                for element in self {
                    encode_unsigned(u64::from(element - next), out);
                    // Beyond the greatest number there is no element.
                    next = element.wrapping_add(1);
                }
            }

            fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                let mut set = Self::new();
                let mut next = Some(0);
                for _ in 0..input.unsigned()? {
                    // At worst each has a container of its own, in a map of its own.
                    input.element::<[u8; 128]>()?;
                    let gap = <$integer>::decode(input)?;
                    let element = next.and_then(|next: $integer| next.checked_add(gap));
                    let element =
                        element.ok_or_else(|| input.error("a set of integers exceeds their type"))?;
                    set.insert(element);
                    next = element.checked_add(1);
                }
                Ok(set)
            }

            fn describe(out: &mut Description) {
                out.is("roaring set").part("element", <$integer>::describe);
            }
        }

        impl Points for $set {
            /// An element.
            type Point = $integer;

            fn is_at_least(&self, element: &$integer) -> bool {
                self.contains(*element)
            }
        }

        impl<A, B> Pair<A, B> for $set {
            const VERDICT: Verdict = Verdict::Compatible { join: "a set that contains both" };
        }

        impl Union for $set {}
    };
}

compressed!(RoaringBitmap of u32);
compressed!(RoaringTreemap of u64);

crate::laws!(bitmap: RoaringBitmap, [&[][..], &[0], &[1], &[0, 1, u32::MAX]].map(|set| set.iter().copied().collect()));
crate::laws!(treemap: RoaringTreemap, [&[][..], &[0], &[1 << 40], &[0, u64::MAX]].map(|set| set.iter().copied().collect()));
