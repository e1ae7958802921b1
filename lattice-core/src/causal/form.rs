//! The canonical form of stores: how a dot becomes a byte.
//!
//! The context comes first and names the writers in order, so a dot names its writer by how many positions it lies after that of the
//! previous dot, around the end: writers mostly come in runs or take turns. Most dots of a document follow, in the order of the keys, the
//! previous dot of the same writer, and nearly all are the only ones of their store; such a dot is its writer alone, one byte for up to 64
//! writers. The number before a dot is
//!
//! ```text
//!   0                               no dots here
//!   1 + 2 · positions               the expected count, and no further dot in this store
//!   2 + 2 · (3 · positions + 0)     the expected count; another dot follows in this store
//!   2 + 2 · (3 · positions + 1)     another count; no further dot
//!   2 + 2 · (3 · positions + 2)     another count; another dot follows
//! ```
//!
//! If the count is another one, its distance from the expected one follows, zigzag and never zero.

use alloc::vec::Vec;
use core::mem;

use crate::{
    causal::{CausalContext, Dot, DotRange},
    codec::{Codec, DecodeError, Decoder, encode_unsigned},
    crdt::WriterId,
};

/// The writers of a document, in ascending order.
#[derive(Debug)]
struct Expected {
    writers: Vec<Run>,
    /// The position of the writer of the previous dot.
    last: usize,
}

/// The latest dots of one writer of which each followed the previous one.
#[derive(Clone, Copy, Debug)]
struct Run {
    writer: WriterId,
    /// The count of the first of them.
    first: u64,
    /// The count that the next one is expected to have; `first`, if there are none.
    next: u64,
}

impl Run {
    /// The first of them, if there is one, and the count of the last.
    fn ends(self) -> Option<(Dot, u64)> {
        let first = Dot::new(self.writer, self.first)?;
        (self.first != self.next).then_some((first, self.next.wrapping_sub(1)))
    }
}

impl Expected {
    fn of(context: &CausalContext) -> Self {
        let run = |range: DotRange| {
            let first = *range.counts().start();
            Run { writer: range.writer(), first, next: first }
        };
        // Room for as many as there are: a vector that grows would hold three times what the context does.
        let mut writers = Vec::with_capacity(context.ranges().count());
        writers.extend(context.ranges().map(run));
        writers.dedup_by_key(|run| run.writer);
        Self { writers, last: 0 }
    }

    /// How many positions this writer lies after the previous one.
    fn steps_to(&mut self, writer: WriterId) -> Option<usize> {
        let position = self.writers.binary_search_by_key(&writer, |run| run.writer).ok()?;
        let last = mem::replace(&mut self.last, position);
        Some(if last <= position { position - last } else { position + self.writers.len() - last })
    }

    /// The writer so many positions after the previous one.
    fn step(&mut self, steps: usize) -> Option<&mut Run> {
        let n_writers = self.writers.len();
        if steps >= n_writers {
            return None;
        }
        self.last = (self.last + steps) % n_writers;
        self.writers.get_mut(self.last)
    }

    /// What the next dot of that writer is expected to count.
    fn last(&mut self) -> &mut u64 {
        &mut self.writers[self.last].next
    }
}

/// Writes the stores of one document.
#[derive(Debug)]
pub struct StoreEncoder<'a> {
    out: &'a mut Vec<u8>,
    expected: Expected,
}

impl<'a> StoreEncoder<'a> {
    /// Behind the context, which was written to `out`.
    pub(super) fn new(context: &CausalContext, out: &'a mut Vec<u8>) -> Self {
        Self { out, expected: Expected::of(context) }
    }

    /// For what is not a dot.
    pub fn bytes(&mut self) -> &mut Vec<u8> {
        self.out
    }

    /// Instead of dots, where there are none.
    pub fn no_dots(&mut self) {
        encode_unsigned(0, self.out);
    }

    /// A dot, and whether another one follows.
    ///
    /// # Panics
    ///
    /// If the context of the document does not know the writer, which no method of this crate brings about.
    pub fn dot(&mut self, dot: Dot, is_followed: bool) {
        let steps = self.expected.steps_to(dot.writer());
        let steps = steps.expect("the context knows the dots of its store");
        let expected = self.expected.last();
        let distance = dot.count().wrapping_sub(*expected).cast_signed();
        *expected = dot.count().wrapping_add(1);
        let steps = steps as u64;
        let code = match (distance != 0, is_followed) {
            (false, false) => 1 + 2 * steps,
            (false, true) => 2 + 2 * (3 * steps),
            (true, false) => 2 + 2 * (3 * steps + 1),
            (true, true) => 2 + 2 * (3 * steps + 2),
        };
        encode_unsigned(code, self.out);
        if distance != 0 {
            distance.encode(self.out);
        }
    }
}

/// Reads the stores of one document.
#[derive(Debug)]
pub struct StoreDecoder<'d, 'b> {
    input: &'d mut Decoder<'b>,
    context: &'d CausalContext,
    expected: Expected,
    /// The runs before the latest of each writer: few, if the dots come in the order of the keys.
    former: Vec<(Dot, u64)>,
}

impl<'d, 'b> StoreDecoder<'d, 'b> {
    /// Behind the context, which was read from `input`.
    pub(super) fn new(context: &'d CausalContext, input: &'d mut Decoder<'b>) -> Self {
        Self { input, context, expected: Expected::of(context), former: Vec::new() }
    }

    /// For what is not a dot.
    pub fn bytes(&mut self) -> &mut Decoder<'b> {
        self.input
    }

    /// A dot and whether it is the last one here, or `None` where there is none.
    ///
    /// # Errors
    ///
    /// If the context does not know the dot.
    pub fn dot(&mut self) -> Result<Option<(Dot, bool)>, DecodeError> {
        let Some(code) = self.input.unsigned()?.checked_sub(1) else {
            return Ok(None);
        };
        self.input.element::<(Dot, u64)>()?;
        let (steps, is_expected, is_followed) = match (code % 2, code / 2) {
            (0, steps) => (steps, true, false),
            (_, rest) => (rest / 3, rest % 3 == 0, rest % 3 != 1),
        };
        let steps = usize::try_from(steps).unwrap_or(usize::MAX);
        let Some(run) = self.expected.step(steps) else {
            return Err(self.input.error("a dot is of a writer that the context does not name"));
        };
        if !is_expected {
            if let Some(ends) = run.ends() {
                // By a quarter at a time: beside the store, which grows as well, doubling would be more than a small store is worth.
                if self.former.len() == self.former.capacity() {
                    self.former.reserve_exact(self.former.len() / 4 + 4);
                }
                self.former.push(ends);
            }
            match i64::decode(self.input)? {
                0 => return Err(self.input.error("a dot is not in its shortest form")),
                distance => run.next = run.next.wrapping_add_signed(distance),
            }
            run.first = run.next;
        }
        let dot = Dot::new(run.writer, run.next).filter(|&dot| self.context.contains(dot));
        let dot =
            dot.ok_or_else(|| self.input.error("a store holds a dot that its context does not know"))?;
        run.next = run.next.wrapping_add(1);
        Ok(Some((dot, !is_followed)))
    }

    /// Whether a dot was read in two places.
    pub(super) fn finish(mut self) -> Result<(), DecodeError> {
        let latest = self.expected.writers.iter().filter_map(|run| run.ends());
        self.former.reserve_exact(latest.clone().count());
        self.former.extend(latest);
        self.former.sort_unstable();
        let is_before = |&(first, last): &(Dot, u64), next: &(Dot, u64)| {
            first.writer() != next.0.writer() || last < next.0.count()
        };
        if self.former.is_sorted_by(is_before) {
            Ok(())
        } else {
            Err(self.input.error("a store holds a dot in two places"))
        }
    }
}
