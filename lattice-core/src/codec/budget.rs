//! What a decoder may spend on one input, counted before it is spent.
//!
//! Bytes that lie must cost no more than bytes that do not. So nothing is made room for because a length says so; each element pays for
//! itself before it is read, out of what the whole input has, and nested collections pay from the same.

use alloc::collections::BTreeMap;
use core::fmt;

use crate::codec::{DecodeError, Decoder};

/// What a decoder may spend on one input: [`Codec::from_bytes_within`](crate::codec::Codec::from_bytes_within).
///
/// The default is what [`from_bytes`](crate::codec::Codec::from_bytes) takes. It refuses no state that fits into memory and nests at most 128 levels deep,
/// since replicas whose states are refused never converge:
///
/// * depth: 128 levels, before the stack is exhausted;
/// * elements: twice as many as there are bytes, which no canonical form exceeds and no budget can raise. So nested collections, even of
///   elements without bytes, do not multiply;
/// * memory: no bound but that. **A decode holds at most four times its input and the value that comes out of it together**; one that is
///   refused, four times its input and what was read until then. The input alone is no such bound: a canonical form is
///   denser than memory. An element of an add-wins set of small numbers is 3.8 bytes there and 49 here, a map of maps of one entry each is fifty
///   times its form, and an enum is as large in memory as the largest of its variants.
///
/// Who takes states from strangers says how much memory a decode may hold: that is a bound whatever the type is and whatever the bytes are.
///
/// ```
/// use std::collections::BTreeSet;
/// use lvars::codec::{Budget, Codec, Limit};
///
/// let bytes = BTreeSet::from([1_u64, 2, 3]).to_bytes();
/// assert!(BTreeSet::<u64>::from_bytes(&bytes).is_ok());
/// let little = Budget { memory: 4 * bytes.len(), ..Budget::default() };
/// let refused = BTreeSet::<u64>::from_bytes_within(&bytes, little).unwrap_err();
/// assert_eq!((refused.limit(), refused.at()), (Some(Limit::Memory), 1));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// How long the input may be.
    pub bytes: usize,
    /// How many elements all its collections may have together.
    pub elements: usize,
    /// How deep its collections and pointers may nest. Each level takes some stack: a few kilobytes without optimisation.
    pub depth: u32,
    /// How many bytes of memory the decode may hold besides its input, at any time. What is counted is the most that the collections can take while they grow,
    /// two to five times what they have in the end; small ones more.
    pub memory: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { bytes: usize::MAX, elements: usize::MAX, depth: 128, memory: usize::MAX }
    }
}

/// The part of a [`Budget`] that an input exceeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// It is too long.
    Bytes,
    /// It has too many elements.
    Elements,
    /// It nests too deep.
    Depth,
    /// It takes too much memory.
    Memory,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bytes => "the value has too many bytes",
            Self::Elements => "the value has too many elements",
            Self::Depth => "the value nests too deep",
            Self::Memory => "the value takes too much memory",
        })
    }
}

/// How many entries a node of std's ordered maps has room for.
const NODE: usize = 11;

impl Decoder<'_> {
    /// Pays for one element of a collection whose entries are of type `T`, before it is read: for the element itself, and for the memory of the
    /// entry in a vector that grows by doubling.
    ///
    /// # Errors
    ///
    /// If the budget has no more.
    pub fn element<T>(&mut self) -> Result<(), DecodeError> {
        match self.budget.elements.checked_sub(1) {
            Some(rest) => self.budget.elements = rest,
            None => return Err(self.over(Limit::Elements)),
        }
        // Of a vector that grows there are an old and a new one, of which the new one is up to half empty. The rest is for the least that
        // is ever allocated.
        self.memory(size_of::<T>().saturating_mul(4).saturating_add(8))
    }

    /// Pays for this many bytes of memory, before they are allocated.
    ///
    /// # Errors
    ///
    /// If the budget has no more.
    pub fn memory(&mut self, n_bytes: usize) -> Result<(), DecodeError> {
        match self.budget.memory.checked_sub(n_bytes) {
            Some(rest) => self.budget.memory = rest,
            None => return Err(self.over(Limit::Memory)),
        }
        Ok(())
    }

    /// Takes back a payment for what was only needed for the while.
    pub(crate) fn release(&mut self, n_bytes: usize) {
        self.budget.memory += n_bytes;
    }

    /// Pays for the first node of an ordered map, which has room for more than the first entry, and for a box around the map.
    pub(crate) fn first_node<T>(&mut self) -> Result<(), DecodeError> {
        self.memory(size_of::<T>().saturating_mul(NODE).saturating_add(32 + size_of::<BTreeMap<(), ()>>()))
    }

    /// Pays for a hashed collection of so many entries: its table has up to twice as many places, beside an index or not.
    #[cfg(any(feature = "std", feature = "hashbrown", feature = "indexmap"))]
    pub(crate) fn hashed_table<T>(&mut self, n_entries: usize) -> Result<(), DecodeError> {
        let place = size_of::<T>().saturating_add(2 * size_of::<u64>());
        self.memory(place.saturating_mul(3).saturating_mul(n_entries).saturating_add(8 * place))
    }

    pub(super) fn over(&self, limit: Limit) -> DecodeError {
        DecodeError { limit: Some(limit), ..self.error("") }
    }
}
