//! What is known of a document: any set of dots, in as little space as its gaps allow.
//!
//! The invariant, which makes equal sets equal values: what is known of a writer without a gap is in the version; what is beyond a
//! gap is in the cloud, in ranges that are as long as they can be, so that no two of one writer touch.

use alloc::vec::Vec;
use core::{cmp::Ordering, fmt, iter, ops::RangeInclusive};

use crate::{
    causal::{Dot, Version, few::Few},
    codec::{Codec, DecodeError, Decoder, encode_unsigned},
    crdt::WriterId,
    delta::Delta,
    forged::Forged,
    lattice::{Bottom, Lattice},
    schema::Description,
};

/// A causal context: the set of the writes that a state knows of, those that it has forgotten again included.
///
/// ```text
///   c ⊔ c′ = c ∪ c′      c ⊑ c′  iff  c ⊆ c′      no state is in conflict
/// ```
///
/// A state that holds everything it has heard of has no gaps, and its context is a [`Version`]. A delta speaks of a few dots, and its
/// context is those: ranges beyond a gap, the *cloud*. Counts are never skipped, so gaps close.
///
/// Cost: 16 bytes a writer and about 40 a range of the cloud; `contains`, `insert` and the join of one dot are one or two searches, a
/// join is one for each range of the argument.
///
/// All of it only grows. A threshold may wait for its [`version`](Self::version).
///
/// Traps: with a store, what a context names and the store does not hold was taken back. So a delta names what it speaks of and no more, and
/// to join the contexts of two states without their stores deletes.
///
/// After the causal contexts of Almeida, Shoker, Baquero, *Delta state replicated data types* (2018); it is not in INRIA RR-7506.
///
/// ```
/// use lvars::{CausalContext, Dot, WriterId};
///
/// let dot = |count| Dot::new(WriterId(1), count).unwrap();
/// let mut known = CausalContext::from_iter([dot(1), dot(3)]);
/// assert_eq!((known.version().count_of(WriterId(1)), known.contains(dot(3))), (1, true));
/// assert!(known.insert(dot(2)), "the gap closes");
/// assert_eq!(known.version().count_of(WriterId(1)), 3);
/// assert_eq!(known.next_dot(WriterId(1)), Some(dot(4)));
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct CausalContext {
    version: Version,
    /// The first dot of each range beyond a gap, and the count of its last.
    cloud: Few<Dot, u64>,
}

/// How much of something is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Share {
    Nothing,
    Part,
    All,
}

/// A range of dots of one writer; not empty.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DotRange {
    first: Dot,
    last: Dot,
}

impl DotRange {
    /// Whose writes these are.
    pub fn writer(self) -> WriterId {
        self.first.writer()
    }

    /// Their counts.
    pub fn counts(self) -> RangeInclusive<u64> {
        self.first.count()..=self.last.count()
    }

    /// The dots in ascending order. There may be 2⁶⁴ of them.
    pub fn dots(self) -> impl Iterator<Item = Dot> {
        self.counts().filter_map(move |count| Dot::new(self.writer(), count))
    }

    /// From the first to the last.
    pub(super) fn bounds(self) -> RangeInclusive<Dot> {
        self.first..=self.last
    }

    /// All of the same writer from this one on.
    fn from_on(first: Dot) -> RangeInclusive<Dot> {
        first..=range_from(first, u64::MAX).last
    }

    fn n_dots(self) -> u128 {
        u128::from(self.last.count() - self.first.count()) + 1
    }

    fn one(dot: Dot) -> Self {
        Self { first: dot, last: dot }
    }

    /// `None` if the range would be empty, or begin at zero.
    fn of(writer: WriterId, first: u64, last: u64) -> Option<Self> {
        let range = Self { first: Dot::new(writer, first)?, last: Dot::new(writer, last)? };
        (first <= last).then_some(range)
    }
}

/// As the dot of one, or `writer:first..=last`.
impl fmt::Debug for DotRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)?;
        if self.first == self.last { Ok(()) } else { write!(f, "..={}", self.last.count()) }
    }
}

impl CausalContext {
    /// The context that knows nothing.
    pub const fn new() -> Self {
        Self { version: Version::new(), cloud: Few::new() }
    }

    /// What is known without a gap. It is monotone, so a threshold may wait for it.
    pub fn version(&self) -> &Version {
        &self.version
    }

    /// Whether this write is known.
    pub fn contains(&self, dot: Dot) -> bool {
        self.version.contains(dot) || self.loose_at(dot).is_some_and(|last| dot.count() <= last)
    }

    /// Makes a write known and answers whether it was not.
    pub fn insert(&mut self, dot: Dot) -> bool {
        self.insert_range(DotRange::one(dot))
    }

    /// The dot of the next write of `writer`, after all of its that are known; `None` once the last possible one is.
    pub fn next_dot(&self, writer: WriterId) -> Option<Dot> {
        let loose = self.cloud_of(writer).next_back().map_or(0, |range| range.last.count());
        Dot::new(writer, self.version.count_of(writer).max(loose).checked_add(1)?)
    }

    /// What is known, in maximal ranges in ascending order.
    pub fn ranges(&self) -> impl Iterator<Item = DotRange> {
        let mut loose = self.cloud.iter().map(|(&first, &last)| range_from(first, last)).peekable();
        let mut steady =
            self.version.counts().filter_map(|(writer, n)| DotRange::of(writer, 1, n)).peekable();
        iter::from_fn(move || match (steady.peek(), loose.peek()) {
            (Some(range), Some(other)) if other < range => loose.next(),
            (None, _) => loose.next(),
            _ => steady.next(),
        })
    }

    /// Whether something holds of all ranges: first those of the version, then those of the cloud, which costs less than their order.
    fn all_ranges(&self, mut holds: impl FnMut(DotRange) -> bool) -> bool {
        let mut steady = self.version.counts().filter_map(|(writer, n)| DotRange::of(writer, 1, n));
        let mut loose = self.cloud.iter().map(|(&first, &last)| range_from(first, last));
        steady.all(&mut holds) && loose.all(holds)
    }

    /// What one write named: a range beyond a gap, and nothing else.
    fn only_range(&self) -> Option<DotRange> {
        match &self.cloud {
            Few::One(first, last) if self.version.is_bottom() => Some(range_from(*first, *last)),
            Few::One(..) | Few::Many(_) => None,
        }
    }

    /// How many writes are known.
    pub fn n_dots(&self) -> u128 {
        if let Some(range) = self.only_range() {
            return range.n_dots();
        }
        let loose: u128 = self.cloud.iter().map(|(&first, &last)| range_from(first, last).n_dots()).sum();
        self.version.n_dots() + loose
    }

    /// Whether no write is known to both.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.share_of(other) == Share::Nothing
    }

    /// How much of `other` is known here.
    pub(super) fn share_of(&self, other: &Self) -> Share {
        if let Some(range) = other.only_range() {
            return self.share_of_range(range);
        }
        let mut share = None;
        other.all_ranges(|range| {
            let of_range = self.share_of_range(range);
            share = share.filter(|&share| share != of_range).map_or(Some(of_range), |_| Some(Share::Part));
            share != Some(Share::Part)
        });
        share.unwrap_or(Share::Nothing)
    }

    fn share_of_range(&self, range: DotRange) -> Share {
        let known_to = self.version.count_of(range.writer());
        if range.last.count() <= known_to {
            return Share::All;
        }
        if range.first.count() <= known_to {
            return Share::Part;
        }
        if self.cloud.is_empty() {
            return Share::Nothing;
        }
        match self.loose_at(range.first) {
            Some(last) if range.last.count() <= last => Share::All,
            Some(last) if range.first.count() <= last => Share::Part,
            _ if self.cloud.range(range.bounds()).next().is_some() => Share::Part,
            _ => Share::Nothing,
        }
    }

    /// Whether any write of `writer` is named.
    pub fn names(&self, writer: WriterId) -> bool {
        self.version.count_of(writer) > 0 || self.cloud_of(writer).next().is_some()
    }

    fn cloud_of(&self, writer: WriterId) -> impl DoubleEndedIterator<Item = DotRange> {
        let all = self.cloud.range(DotRange::from_on(Dot::first_of(writer)));
        all.map(|(&first, &last)| range_from(first, last))
    }

    /// The last count of the range of the cloud that begins at or before `dot` and is of its writer.
    fn loose_at(&self, dot: Dot) -> Option<u64> {
        self.loose_before(dot).map(|range| range.last.count())
    }

    fn loose_before(&self, dot: Dot) -> Option<DotRange> {
        let (&first, &last) = self.cloud.range(Dot::first_of(dot.writer())..=dot).next_back()?;
        Some(range_from(first, last))
    }

    /// Whether the whole range is known. What is known is in maximal ranges, so one of them must hold it.
    fn covers(&self, range: DotRange) -> bool {
        self.version.contains(range.last)
            || self.loose_at(range.first).is_some_and(|last| range.last.count() <= last)
    }

    pub(super) fn insert_range(&mut self, range: DotRange) -> bool {
        let writer = range.writer();
        let is_next = range.first.count() - 1 <= self.version.count_of(writer);
        if is_next && self.cloud.is_empty() {
            return self.version.raise(writer, range.last.count());
        }
        if self.covers(range) {
            return false;
        }
        if is_next {
            let last = self.swallow(Dot::first_of(writer), range.last.count());
            return self.version.raise(writer, last);
        }
        let before = self.loose_before(range.first);
        let touching = before.filter(|before| range.first.count() - 1 <= before.last.count());
        let first = touching.map_or(range.first, |touching| touching.first);
        let last = self.swallow(range.first, range.last.count());
        self.cloud.insert(first, last);
        true
    }

    /// Takes out the ranges of the cloud that begin at or after `first` and not beyond a gap after `last`; answers the last count of
    /// them all. Each is taken out once, so that closing gaps is paid for by whoever opened them.
    fn swallow(&mut self, first: Dot, mut last: u64) -> u64 {
        while let Some((&next, &end)) = self.cloud.range(DotRange::from_on(first)).next()
            && next.count() - 1 <= last
        {
            self.cloud.remove(&next);
            last = last.max(end);
        }
        last
    }

    /// Moves what the version has caught up with out of the cloud.
    fn settle(&mut self) {
        let mut writers: Vec<WriterId> = self.cloud.iter().map(|(dot, _)| dot.writer()).collect();
        writers.dedup();
        for writer in writers {
            let last = self.swallow(Dot::first_of(writer), self.version.count_of(writer));
            self.version.raise(writer, last);
        }
    }

    /// Appends to `missing` what `range` holds and this context does not.
    fn gaps_in(&self, range: DotRange, missing: &mut Self) {
        let (writer, end) = (range.writer(), range.last.count());
        let before = self.loose_before(range.first);
        let within = self.cloud.range(range.bounds()).map(|(&first, &last)| range_from(first, last));
        let mut known_to = range.first.count() - 1;
        known_to = known_to.max(self.version.count_of(writer));
        for known in before.into_iter().chain(within) {
            missing.insert_gap(writer, known_to, known.first.count());
            known_to = known_to.max(known.last.count());
        }
        if known_to < end
            && let Some(gap) = DotRange::of(writer, known_to + 1, end)
        {
            missing.insert_range(gap);
        }
    }

    /// Makes known what lies between two counts, both exclusive.
    fn insert_gap(&mut self, writer: WriterId, after: u64, before: u64) {
        if let Some(gap) = after.checked_add(1).and_then(|first| DotRange::of(writer, first, before - 1)) {
            self.insert_range(gap);
        }
    }
}

fn range_from(first: Dot, last: u64) -> DotRange {
    DotRange { first, last: Dot::new(first.writer(), last).unwrap_or(first) }
}

impl FromIterator<Dot> for CausalContext {
    fn from_iter<I: IntoIterator<Item = Dot>>(dots: I) -> Self {
        let mut context = Self::new();
        context.extend(dots);
        context
    }
}

impl Extend<Dot> for CausalContext {
    fn extend<I: IntoIterator<Item = Dot>>(&mut self, dots: I) {
        for dot in dots {
            self.insert(dot);
        }
    }
}

/// The context that knows what the version does.
impl From<Version> for CausalContext {
    fn from(version: Version) -> Self {
        Self { version, cloud: Few::new() }
    }
}

impl fmt::Debug for CausalContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.ranges()).finish()
    }
}

impl Lattice for CausalContext {
    fn join(&mut self, other: Self) -> bool {
        if self.is_bottom() {
            *self = other;
            return !self.is_bottom();
        }
        self.join_ref(&other)
    }

    fn join_ref(&mut self, other: &Self) -> bool {
        // The context of a delta is all cloud.
        let mut grew = !other.version.is_bottom() && self.version.join_ref(&other.version);
        if grew && !self.cloud.is_empty() {
            self.settle();
        }
        for (&first, &last) in other.cloud.iter() {
            grew |= self.insert_range(range_from(first, last));
        }
        grew
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self.leq(other), other.leq(self)) {
            (true, true) => Some(Ordering::Equal),
            (true, false) => Some(Ordering::Less),
            (false, true) => Some(Ordering::Greater),
            (false, false) => None,
        }
    }

    fn leq(&self, other: &Self) -> bool {
        self.all_ranges(|range| other.covers(range))
    }
}

impl Bottom for CausalContext {
    fn bottom() -> Self {
        Self::new()
    }

    fn is_bottom(&self) -> bool {
        self.version.is_bottom() && self.cloud.is_empty()
    }
}

impl Delta for CausalContext {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        let news = delta.diff(self)?;
        self.join_ref(&news);
        Some(news)
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        let mut missing = Self::new();
        self.all_ranges(|range| {
            if !seen.covers(range) {
                seen.gaps_in(range, &mut missing);
            }
            true
        });
        (!missing.is_bottom()).then_some(missing)
    }

    fn forged(&self, delta: &Self, writer: WriterId) -> Option<Forged> {
        if !delta.names(writer) {
            return None;
        }
        let unknown = delta.diff(self)?;
        let claimed = unknown.ranges().find(|range| range.writer() == writer)?;
        Some(Forged::new(writer, format_args!("{claimed:?}, which {writer} has not made")))
    }

    /// One for each dot.
    fn parts(&self) -> impl Iterator<Item = Self> {
        self.ranges().flat_map(DotRange::dots).map(|dot| Self::from_iter([dot]))
    }
}

/// The number of writers; for each the writer, the number of its ranges, and of each range the gap before it and its length, each
/// less the least that it can be.
impl Codec for CausalContext {
    fn encode(&self, out: &mut Vec<u8>) {
        let ranges: Vec<DotRange> = self.ranges().collect();
        let of_writers = || ranges.chunk_by(|left, right| left.writer() == right.writer());
        encode_unsigned(of_writers().count() as u64, out);
        for ranges in of_writers() {
            ranges[0].writer().encode(out);
            encode_unsigned(ranges.len() as u64, out);
            let mut least = 1;
            for range in ranges {
                encode_unsigned(range.first.count() - least, out);
                encode_unsigned(range.last.count() - range.first.count(), out);
                // After the last range there is nothing to count from.
                least = range.last.count().saturating_add(2);
            }
        }
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut context = Self::new();
        let mut previous = None;
        for _ in 0..input.unsigned()? {
            input.element::<(WriterId, u64)>()?;
            let writer = WriterId::decode(input)?;
            if previous.replace(writer).is_some_and(|previous| previous >= writer) {
                return Err(input.error("the writers of a causal context are not in ascending order"));
            }
            context.decode_ranges(writer, input)?;
        }
        Ok(context)
    }

    fn describe(out: &mut Description) {
        out.is("CausalContext");
    }
}

impl CausalContext {
    fn decode_ranges(&mut self, writer: WriterId, input: &mut Decoder<'_>) -> Result<(), DecodeError> {
        let n_ranges = input.unsigned()?;
        if n_ranges == 0 {
            return Err(input.error("a causal context names a writer of which it knows nothing"));
        }
        if self.cloud.is_empty() {
            input.first_node::<(Dot, u64)>()?;
        }
        let mut least = Some(1_u64);
        for _ in 0..n_ranges {
            // Also for the writers of the store that follows, if this is the context of a document.
            input.element::<(Dot, u64)>()?;
            let (gap, length) = (input.unsigned()?, input.unsigned()?);
            let first = least.and_then(|least| least.checked_add(gap));
            let last = first.and_then(|first| first.checked_add(length));
            let (Some(first), Some(last)) = (first, last) else {
                return Err(input.error("a causal context exceeds 64 bits"));
            };
            if let Some(range) = DotRange::of(writer, first, last) {
                self.insert_range(range);
            }
            least = last.checked_add(2);
        }
        Ok(())
    }
}

#[cfg(test)]
use alloc::vec;

/// Those in which gaps open and close, at both ends of the counts, and of two writers.
#[cfg(test)]
fn samples() -> Vec<CausalContext> {
    let of = |ranges: &[(u64, u64, u64)]| {
        let mut context = CausalContext::new();
        for &(writer, first, last) in ranges {
            context.insert_range(DotRange::of(WriterId(writer), first, last).unwrap());
        }
        context
    };
    vec![
        of(&[]),
        of(&[(1, 1, 1)]),
        of(&[(1, 2, 2)]),
        of(&[(1, 1, 1), (1, 3, 3)]),
        of(&[(1, 2, 4), (2, 1, 1)]),
        of(&[(1, 1, 4), (2, 3, 3)]),
        of(&[(1, u64::MAX, u64::MAX)]),
        of(&[(2, 2, 2), (2, 4, 4)]),
    ]
}

#[cfg(test)]
crate::laws!(CausalContext, samples());

#[cfg(test)]
mod tests {
    use alloc::{collections::BTreeSet, vec::Vec};

    use super::{CausalContext, Codec, Delta, Dot, DotRange, Lattice, WriterId};

    fn dot(writer: u64, count: u64) -> Dot {
        Dot::new(WriterId(writer), count).unwrap()
    }

    /// All subsets of the first four dots of one writer and the first two of another.
    fn all() -> Vec<BTreeSet<Dot>> {
        let dots = [dot(1, 1), dot(1, 2), dot(1, 3), dot(1, 4), dot(2, 1), dot(2, 2)];
        let subset = |bits: usize| dots.into_iter().enumerate().filter(move |(at, _)| bits >> at & 1 == 1);
        (0..64).map(|bits| subset(bits).map(|(_, dot)| dot).collect()).collect()
    }

    fn of(dots: impl IntoIterator<Item = Dot>) -> CausalContext {
        dots.into_iter().collect()
    }

    #[test]
    fn a_context_is_the_set_of_its_dots() {
        for left in all() {
            let context = of(left.iter().copied());
            assert_eq!(context, of(left.iter().rev().copied()), "in whatever order they came");
            assert_eq!(context.ranges().flat_map(DotRange::dots).collect::<BTreeSet<_>>(), left);
            assert_eq!(context.n_dots(), left.len() as u128);
            for right in all() {
                let other = of(right.iter().copied());
                assert_eq!(context.clone().joined(other.clone()), of(left.union(&right).copied()));
                assert_eq!(context.diff(&other).unwrap_or_default(), of(left.difference(&right).copied()));
                assert_eq!(context.leq(&other), left.is_subset(&right));
                assert_eq!(context.is_disjoint(&other), left.is_disjoint(&right));
            }
        }
    }

    #[test]
    fn counts_end_at_their_maximum() {
        let mut context = of([dot(1, u64::MAX)]);
        assert_eq!(context.next_dot(WriterId(1)), None);
        assert_eq!(context.next_dot(WriterId(2)), Some(dot(2, 1)));
        context.insert_range(DotRange::of(WriterId(1), 1, u64::MAX - 1).unwrap());
        assert_eq!(context.version().count_of(WriterId(1)), u64::MAX);
        assert_eq!(CausalContext::from_bytes(&context.to_bytes()), Ok(context));
    }

    #[test]
    fn a_cloud_in_the_worst_order_closes() {
        let n = 10_000;
        let odd_from_the_end = (0..n).rev().map(|half| dot(1, 2 * half + 1));
        let mut context = of(odd_from_the_end);
        assert_eq!(context.ranges().count() as u64, n);
        context.extend((1..n).rev().map(|half| dot(1, 2 * half)));
        assert_eq!((context.ranges().count(), context.n_dots()), (1, 2 * u128::from(n) - 1));
    }

    #[test]
    fn what_is_no_canonical_form_is_refused() {
        let bytes = of([dot(1, 1), dot(1, 3)]).to_bytes();
        for end in 0..bytes.len() {
            assert!(CausalContext::from_bytes(&bytes[..end]).is_err(), "cut off after {end} bytes");
        }
        let no_ranges = [&[1][..], &[0; 9]].concat();
        assert!(CausalContext::from_bytes(&no_ranges).is_err());
    }
}
