//! `FixedBitSet`, with the feature `fixedbitset`: a set of small integers, joined by words.
//!
//! ```text
//!   (n, A) ⊔ (m, B) = (max(n, m), A ∪ B)      (n, A) ⊑ (m, B)  iff  n ≤ m and A ⊆ B
//! ```
//!
//! The length `n` is part of the state, because it is part of what the type calls equal: of two sets with the same elements, the longer
//! is above the shorter. So the bottom is the set of length zero, and to make a set longer is to grow it. No state is in conflict. A
//! threshold `field >= x` is reached once the set contains `x`; an `x` beyond the length is not contained.
//!
//! A join looks at each word of the other set, and allocates only if that set is longer. What the set takes in memory, and as bytes, is
//! its length and not its elements: few large numbers belong into a `BTreeSet` or a `RoaringBitmap`.

use alloc::vec::Vec;
use core::{cmp::Ordering, mem};

use fixedbitset::{Block, FixedBitSet};

use crate::{
    codec::{Codec, DecodeError, Decoder, encode_unsigned},
    delta::Delta,
    lattice::{Bottom, Lattice},
    lattices::product_cmp,
    schema::Description,
    strategies::Union,
    threshold::{
        Points,
        verdict::{Pair, Verdict},
    },
};

/// The greater length and the union.
impl Lattice for FixedBitSet {
    fn join(&mut self, mut other: Self) -> bool {
        let grows = !other.leq(self);
        if grows {
            if self.len() < other.len() {
                mem::swap(self, &mut other);
            }
            self.union_with(&other);
        }
        grows
    }

    fn join_ref(&mut self, other: &Self) -> bool {
        let grows = !other.leq(self);
        if grows {
            self.union_with(other);
        }
        grows
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        product_cmp(Some(self.len().cmp(&other.len())), || {
            match (self.is_subset(other), other.is_subset(self)) {
                (true, true) => Some(Ordering::Equal),
                (true, false) => Some(Ordering::Less),
                (false, true) => Some(Ordering::Greater),
                (false, false) => None,
            }
        })
    }

    fn leq(&self, other: &Self) -> bool {
        self.len() <= other.len() && self.is_subset(other)
    }
}

impl Bottom for FixedBitSet {
    fn bottom() -> Self {
        Self::new()
    }

    fn is_bottom(&self) -> bool {
        // Of length zero; without elements is `is_clear`.
        self.is_empty()
    }
}

impl Delta for FixedBitSet {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        let news = delta.diff(self)?;
        self.union_with(&news);
        Some(news)
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        if self.leq(seen) {
            return None;
        }
        let mut missing: Self = self.difference(seen).collect();
        if seen.len() < self.len() {
            missing.grow(self.len());
        }
        Some(missing)
    }

    /// Each element in the shortest set that holds it; and the length, if no element needs it.
    fn parts(&self) -> impl Iterator<Item = Self> {
        let needed = self.maximum().map_or(0, |last| last + 1);
        let length = (needed < self.len()).then(|| Self::with_capacity(self.len()));
        self.ones().map(|element| Self::from_iter([element])).chain(length)
    }
}

/// The length, then a bit for each number below it: eight to a byte, the least first, the bits beyond the length zero.
impl Codec for FixedBitSet {
    fn encode(&self, out: &mut Vec<u8>) {
        encode_unsigned(self.len() as u64, out);
        let bytes = self.as_slice().iter().flat_map(|block| block.to_le_bytes());
        out.extend(bytes.take(self.len().div_ceil(8)));
    }

    // The bytes are there before room is made for what they say.
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let len = usize::try_from(input.unsigned()?)
            .map_err(|_| input.error("a length exceeds the bytes that remain"))?;
        let bytes = input.bytes(len.div_ceil(8))?;
        input.memory(bytes.len().saturating_mul(4).saturating_add(64))?;
        let n_beyond = (8 - len % 8) % 8;
        if bytes.last().is_some_and(|last| last.leading_zeros() < n_beyond as u32) {
            return Err(input.error("a set of bits holds a number beyond its length"));
        }
        let blocks = bytes.chunks(size_of::<Block>()).map(|chunk| {
            let mut block = [0; size_of::<Block>()];
            block[..chunk.len()].copy_from_slice(chunk);
            Block::from_le_bytes(block)
        });
        Ok(Self::with_capacity_and_blocks(len, blocks))
    }

    fn describe(out: &mut Description) {
        out.is("bit set");
    }
}

impl Points for FixedBitSet {
    /// An element.
    type Point = usize;

    fn is_at_least(&self, element: &usize) -> bool {
        self.contains(*element)
    }
}

impl<A, B> Pair<A, B> for FixedBitSet {
    const VERDICT: Verdict = Verdict::Compatible { join: "a set that contains both" };
}

impl Union for FixedBitSet {}

crate::laws!(FixedBitSet, {
    let lengthened = |elements: &[usize], len| {
        let mut set: FixedBitSet = elements.iter().copied().collect();
        set.grow(len);
        set
    };
    [(&[][..], 0), (&[], 2), (&[0], 0), (&[1], 0), (&[0], 70), (&[64, 1], 0)]
        .map(|(set, len)| lengthened(set, len))
});
