//! The counter that only grows: each writer counts for itself, and the count is the sum.

use alloc::vec::Vec;
use core::cmp::{Ordering, Reverse};

use crate::{
    codec::{Codec, DecodeError, Decoder, encode_unsigned},
    crdt::WriterId,
    delta::Delta,
    forged::Forged,
    lattice::{Bottom, Lattice},
    lattices::product_cmp,
    schema::Description,
    threshold::{
        Points,
        verdict::{Pair, Verdict},
    },
};

/// A grow-only counter: for each writer, how much it has counted.
///
/// ```text
///   (a ⊔ b)(w) = max(a(w), b(w))      a ⊑ b  iff  a(w) ≤ b(w) for every writer w      value = Σ a(w)
/// ```
///
/// An absent writer has counted nothing, so the bottom is the empty counter. No state is in conflict. A threshold `field >= n` is
/// reached once the value is at least `n`: the value never shrinks.
///
/// State-based G-Counter, Specification 6 of Shapiro, Preguiça, Baquero, Zawirski, *A comprehensive study of Convergent and
/// Commutative Replicated Data Types*, INRIA RR-7506 (2011).
///
/// Cost: 16 bytes a writer, 24 for the counter itself and no allocation while it is empty; a join of a delta is one binary search, the read a sum.
///
/// Traps: a delta holds the writer's whole count, so two that write as one writer lose what the lower of them counted. Two deltas that one writer made
/// from one state count once: join the first before the second is made. Writers stay for ever, each with its entry. What is to be taken back
/// belongs into a [`CausalCounter`](crate::CausalCounter).
///
/// ```
/// use lvars::{GCounter, Lattice, WriterId};
///
/// let (alice, bob) = (WriterId(1), WriterId(2));
/// let mut here = GCounter::new();
/// let mut there = GCounter::new();
/// here.join(here.increment(alice, 2));
/// let delta = there.increment(bob, 3);
/// there.join_ref(&delta);
///
/// here.join_ref(&delta);
/// assert!(!here.join(delta), "the same delta again is no news");
/// assert_eq!(here.value(), 5);
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct GCounter {
    /// Ascending by writer, each at most once, none with a count of zero: equal counters are equal vectors.
    counts: Vec<(WriterId, u64)>,
}

impl GCounter {
    /// A counter at zero.
    pub const fn new() -> Self {
        Self { counts: Vec::new() }
    }

    /// The delta by which `writer` counts `by` more.
    ///
    /// It holds the writer's new count, not the difference, so that receiving it twice changes nothing. A writer's count ends at
    /// `u64::MAX`: what it would count beyond is lost.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn increment(&self, writer: WriterId, by: u64) -> Self {
        Self::from_iter([(writer, self.count_of(writer).saturating_add(by))])
    }

    /// How much all writers have counted.
    pub fn value(&self) -> u128 {
        // 2⁶⁴ entries, more than memory holds, would be needed to overflow.
        self.counts.iter().map(|&(_, count)| u128::from(count)).sum()
    }

    /// How much `writer` has counted.
    pub fn count_of(&self, writer: WriterId) -> u64 {
        self.place(writer).map_or(0, |at| self.counts[at].1)
    }

    /// The writers that have counted, in ascending order, each with its count.
    pub fn counts(&self) -> impl ExactSizeIterator<Item = (WriterId, u64)> {
        self.counts.iter().copied()
    }

    fn place(&self, writer: WriterId) -> Result<usize, usize> {
        self.counts.binary_search_by_key(&writer, |&(writer, _)| writer)
    }

    /// Raises the count of `writer` to `count` and answers whether it was lower.
    pub(crate) fn raise(&mut self, writer: WriterId, count: u64) -> bool {
        match self.place(writer) {
            Ok(at) if self.counts[at].1 < count => self.counts[at].1 = count,
            Err(at) if count > 0 => self.counts.insert(at, (writer, count)),
            Ok(_) | Err(_) => return false,
        }
        true
    }

    /// Calls `visit` with the counts, here and there, of each writer that either knows, in ascending order.
    fn walk_with(&self, other: &Self, mut visit: impl FnMut(WriterId, u64, u64)) {
        let mut there = other.counts().peekable();
        for (writer, count) in self.counts() {
            while let Some((before, theirs)) = there.next_if(|&(other, _)| other < writer) {
                visit(before, 0, theirs);
            }
            visit(
                writer,
                count,
                there.next_if(|&(other, _)| other == writer).map_or(0, |(_, theirs)| theirs),
            );
        }
        there.for_each(|(writer, theirs)| visit(writer, 0, theirs));
    }
}

/// The least counter that is above all the counts; a writer may come more than once.
impl FromIterator<(WriterId, u64)> for GCounter {
    fn from_iter<I: IntoIterator<Item = (WriterId, u64)>>(counts: I) -> Self {
        let mut counts: Vec<_> = counts.into_iter().filter(|&(_, count)| count > 0).collect();
        counts.sort_unstable_by_key(|&(writer, count)| (writer, Reverse(count)));
        counts.dedup_by_key(|&mut (writer, _)| writer);
        Self { counts }
    }
}

impl core::fmt::Debug for GCounter {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_map().entries(self.counts()).finish()
    }
}

impl Lattice for GCounter {
    fn join(&mut self, other: Self) -> bool {
        if self.counts.is_empty() {
            *self = other;
            return !self.counts.is_empty();
        }
        self.join_ref(&other)
    }

    fn join_ref(&mut self, other: &Self) -> bool {
        // The usual delta is one writer's; two long counters are walked side by side instead.
        if let [(writer, count)] = other.counts[..] {
            return self.raise(writer, count);
        }
        let mut grew = false;
        let mut n_missing = 0;
        self.walk_with(other, |_, here, there| {
            grew |= here < there;
            if here == 0 {
                n_missing += 1;
            }
        });
        if grew {
            let mut joined = Vec::with_capacity(self.counts.len() + n_missing);
            self.walk_with(other, |writer, here, there| joined.push((writer, here.max(there))));
            self.counts = joined;
        }
        grew
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        let mut order = Some(Ordering::Equal);
        self.walk_with(other, |_, here, there| order = product_cmp(order, || Some(here.cmp(&there))));
        order
    }
}

impl Bottom for GCounter {
    fn bottom() -> Self {
        Self::new()
    }

    fn is_bottom(&self) -> bool {
        self.counts.is_empty()
    }
}

impl Delta for GCounter {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        let news = delta.diff(self)?;
        self.join_ref(&news);
        Some(news)
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        let mut missing = Self::new();
        self.walk_with(seen, |writer, here, there| {
            if there < here {
                missing.counts.push((writer, here));
            }
        });
        (!missing.is_bottom()).then_some(missing)
    }

    fn forged(&self, delta: &Self, writer: WriterId) -> Option<Forged> {
        let (known, claimed) = (self.count_of(writer), delta.count_of(writer));
        let claim = format_args!("a count of {claimed} by {writer}, which has counted {known}");
        (known < claimed).then(|| Forged::new(writer, claim))
    }

    fn parts(&self) -> impl Iterator<Item = Self> {
        self.counts().map(|count| Self { counts: Vec::from([count]) })
    }
}

/// The number of writers, then each writer and its count, in ascending order of writers.
impl Codec for GCounter {
    fn encode(&self, out: &mut Vec<u8>) {
        encode_unsigned(self.counts.len() as u64, out);
        for (writer, count) in self.counts() {
            writer.encode(out);
            count.encode(out);
        }
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut counter = Self::new();
        for _ in 0..input.unsigned()? {
            input.element::<(WriterId, u64)>()?;
            let writer = WriterId::decode(input)?;
            if counter.counts.last().is_some_and(|&(last, _)| last >= writer) {
                return Err(input.error("the writers of a counter are not in ascending order"));
            }
            match u64::decode(input)? {
                0 => return Err(input.error("a counter names a writer that has counted nothing")),
                count => counter.counts.push((writer, count)),
            }
        }
        Ok(counter)
    }

    fn describe(out: &mut Description) {
        out.is("GCounter");
    }
}

impl Points for GCounter {
    /// The least value.
    type Point = u64;

    fn is_at_least(&self, n: &u64) -> bool {
        self.value() >= u128::from(*n)
    }
}

impl<A, B> Pair<A, B> for GCounter {
    const VERDICT: Verdict = Verdict::Compatible { join: "a count that reaches both" };
}

#[cfg(test)]
mod tests {
    use super::{GCounter, Lattice, WriterId};

    #[test]
    fn a_count_ends_at_its_maximum() {
        let full = GCounter::from_iter([(WriterId(1), u64::MAX)]);
        assert_eq!(full.increment(WriterId(1), 1), full);
    }

    #[test]
    fn counting_nothing_is_no_entry() {
        assert_eq!(GCounter::new().increment(WriterId(1), 0), GCounter::new());
    }

    #[test]
    fn of_a_writer_that_comes_twice_the_greater_count_stays() {
        let counts =
            [(2, 3), (1, 0), (2, 5), (2, 4), (0, 1)].map(|(writer, count)| (WriterId(writer), count));
        let counter = GCounter::from_iter(counts);
        assert_eq!(counter.counts().collect::<alloc::vec::Vec<_>>(), [(WriterId(0), 1), (WriterId(2), 5)]);
    }

    #[test]
    fn a_delta_holds_the_absolute_count() {
        let mut counter = GCounter::new().increment(WriterId(1), 2);
        let delta = counter.increment(WriterId(1), 3);
        assert!(counter.join_ref(&delta));
        assert!(!counter.join(delta));
        assert_eq!(counter.value(), 5);
    }
}
