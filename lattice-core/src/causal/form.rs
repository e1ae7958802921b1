//! The canonical form of stores: how a dot becomes a byte.
//!
//! The context comes first and names the writers in order, so a dot names its writer by how many positions it lies after that of the
//! previous dot, around the end: writers mostly come in runs or take turns. Most dots of a document follow, in the order of the keys, the
//! previous dot of the same writer; such a dot is its writer alone. The number before a dot is
//!
//! ```text
//!   0                                   no dots here
//!   1 + 4 · positions + 2 · e + m       a dot; m = 1 if another one follows in this store
//! ```
//!
//! If `e` is 1, the distance from the expected count follows, zigzag and never zero; else the count is the expected one.

use alloc::vec::Vec;
use core::mem;

use crate::{
    causal::{CausalContext, Dot},
    codec::{Codec, DecodeError, Decoder, encode_unsigned},
    crdt::WriterId,
};

/// The writers of a document, in ascending order, each with the count that its next dot is expected to have.
#[derive(Debug)]
struct Expected {
    counts: Vec<(WriterId, u64)>,
    /// The position of the writer of the previous dot.
    last: usize,
}

impl Expected {
    fn of(context: &CausalContext) -> Self {
        let mut writers: Vec<_> =
            context.ranges().map(|range| (range.writer(), *range.counts().start())).collect();
        writers.dedup_by_key(|&mut (writer, _)| writer);
        Self { counts: writers, last: 0 }
    }

    /// How many positions this writer lies after the previous one.
    fn steps_to(&mut self, writer: WriterId) -> Option<usize> {
        let position = self.counts.binary_search_by_key(&writer, |&(writer, _)| writer).ok()?;
        let last = mem::replace(&mut self.last, position);
        Some(if last <= position { position - last } else { position + self.counts.len() - last })
    }

    /// The writer so many positions after the previous one.
    fn step(&mut self, steps: usize) -> Option<&mut (WriterId, u64)> {
        let n_writers = self.counts.len();
        if steps >= n_writers {
            return None;
        }
        self.last = (self.last + steps) % n_writers;
        self.counts.get_mut(self.last)
    }

    /// What the next dot of that writer is expected to count.
    fn last(&mut self) -> &mut u64 {
        &mut self.counts[self.last].1
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
        let mut code = 1 + 4 * steps as u64;
        if distance != 0 {
            code += 2;
        }
        if is_followed {
            code += 1;
        }
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
    /// All dots that were read.
    dots: Vec<Dot>,
}

impl<'d, 'b> StoreDecoder<'d, 'b> {
    /// Behind the context, which was read from `input`.
    pub(super) fn new(context: &'d CausalContext, input: &'d mut Decoder<'b>) -> Self {
        Self { input, context, expected: Expected::of(context), dots: Vec::new() }
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
        let steps = usize::try_from(code / 4).unwrap_or(usize::MAX);
        let Some((writer, expected)) = self.expected.step(steps) else {
            return Err(self.input.error("a dot is of a writer that the context does not name"));
        };
        if code & 2 != 0 {
            match i64::decode(self.input)? {
                0 => return Err(self.input.error("a dot is not in its shortest form")),
                distance => *expected = expected.wrapping_add_signed(distance),
            }
        }
        let dot = Dot::new(*writer, *expected).filter(|&dot| self.context.contains(dot));
        let dot =
            dot.ok_or_else(|| self.input.error("a store holds a dot that its context does not know"))?;
        *expected = expected.wrapping_add(1);
        self.dots.push(dot);
        Ok(Some((dot, code & 1 == 0)))
    }

    /// Whether a dot was read in two places.
    pub(super) fn finish(mut self) -> Result<(), DecodeError> {
        self.dots.sort_unstable();
        if self.dots.is_sorted_by(|left, right| left < right) {
            Ok(())
        } else {
            Err(self.input.error("a store holds a dot in two places"))
        }
    }
}
