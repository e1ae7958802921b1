//! What a version is: how far each writer is known.

use alloc::vec::Vec;
use core::{cmp::Ordering, fmt};

use crate::{
    causal::Dot,
    codec::{Codec, DecodeError, Decoder},
    crdt::{GCounter, WriterId},
    delta::Delta,
    forged::Forged,
    lattice::{Bottom, Lattice},
    schema::Description,
    threshold::{
        Points,
        verdict::{Pair, Verdict},
    },
};

/// A version: for each writer, how many of its writes are known without a gap. A version vector.
///
/// ```text
///   (v ⊔ v′)(w) = max(v(w), v′(w))      v ⊑ v′  iff  v(w) ≤ v′(w) for every writer w      d ∈ v  iff  d.count ≤ v(d.writer)
/// ```
///
/// An absent writer has written nothing, so the bottom is the version of the beginning. No state is in conflict. A threshold
/// `field >= v` is reached once everything that `v` knows is known here: what one reads after that holds all of it.
///
/// Cost: 16 bytes a writer that has ever written, none while there is none.
///
/// Traps: it says of a writer's later writes that all before them are known, so make one of what came without gaps only; with gaps it is a
/// [`CausalContext`](crate::CausalContext). A version that somebody forged makes what it names look known for ever: ask [`Delta::forged`] first.
///
/// A version vector, as in Parker et al., *Detection of mutual inconsistency in distributed systems* (1983); INRIA RR-7506 uses it, and gives it no number.
///
/// ```
/// use lvars::{Dot, Lattice, Version, WriterId};
///
/// let (alice, bob) = (WriterId(1), WriterId(2));
/// let mut here = Version::from_iter([(alice, 3)]);
/// assert!(here.join(Version::from_iter([(alice, 2), (bob, 1)])), "bob's write is news");
/// assert!(here.contains(Dot::new(alice, 2).unwrap()));
/// assert_eq!(here.count_of(bob), 1);
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Version(GCounter);

impl Version {
    /// The version of the beginning.
    pub const fn new() -> Self {
        Self(GCounter::new())
    }

    /// How many writes of `writer` are known without a gap.
    pub fn count_of(&self, writer: WriterId) -> u64 {
        self.0.count_of(writer)
    }

    /// The writers that have written, in ascending order, each with its count.
    pub fn counts(&self) -> impl ExactSizeIterator<Item = (WriterId, u64)> {
        self.0.counts()
    }

    /// Whether this write is known.
    pub fn contains(&self, dot: Dot) -> bool {
        dot.count() <= self.count_of(dot.writer())
    }

    /// How many writes are known.
    pub(super) fn n_dots(&self) -> u128 {
        self.0.value()
    }

    /// Makes the first `count` writes of `writer` known and answers whether they were not.
    pub(super) fn raise(&mut self, writer: WriterId, count: u64) -> bool {
        self.0.raise(writer, count)
    }
}

/// The least version that knows all these counts; a writer may come more than once.
impl FromIterator<(WriterId, u64)> for Version {
    fn from_iter<I: IntoIterator<Item = (WriterId, u64)>>(counts: I) -> Self {
        Self(GCounter::from_iter(counts))
    }
}

impl fmt::Debug for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Lattice for Version {
    fn join(&mut self, other: Self) -> bool {
        self.0.join(other.0)
    }

    fn join_ref(&mut self, other: &Self) -> bool {
        self.0.join_ref(&other.0)
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        self.0.lattice_cmp(&other.0)
    }
}

impl Bottom for Version {
    fn bottom() -> Self {
        Self::new()
    }

    fn is_bottom(&self) -> bool {
        self.0.is_bottom()
    }
}

impl Delta for Version {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        self.0.absorb(delta.0).map(Self)
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        self.0.diff(&seen.0).map(Self)
    }

    fn forged(&self, delta: &Self, writer: WriterId) -> Option<Forged> {
        self.0.forged(&delta.0, writer)
    }

    fn parts(&self) -> impl Iterator<Item = Self> {
        self.0.parts().map(Self)
    }
}

/// As a [`GCounter`].
impl Codec for Version {
    fn encode(&self, out: &mut Vec<u8>) {
        self.0.encode(out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        GCounter::decode(input).map(Self)
    }

    fn describe(out: &mut Description) {
        out.is("Version");
    }
}

impl Points for Version {
    type Point = Self;

    fn is_at_least(&self, point: &Self) -> bool {
        point.leq(self)
    }
}

impl<A, B> Pair<A, B> for Version {
    const VERDICT: Verdict = Verdict::Compatible { join: "a version that knows both" };
}

#[cfg(test)]
fn samples() -> Vec<Version> {
    let counts = [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (u64::MAX, 2)];
    counts.map(|(a, b)| Version::from_iter([(WriterId(1), a), (WriterId(2), b)])).into()
}

crate::laws!(Version, samples());
