//! The set that counts how often an element was added and removed.

use alloc::collections::BTreeMap;
use core::{borrow::Borrow, fmt::Debug};

use crate::{
    codec::Codec,
    crdt::form::{formed, keyed},
    lattices::Max,
};

/// A causal-length set: for each element the length of its longest history of additions and removals, which alternate.
///
/// ```text
///   state: element ↦ length      (a ⊔ b)(e) = max(a(e), b(e))      contains e  iff  a(e) is odd
/// ```
///
/// The bottom is the empty set, in which every length is zero; no state is in conflict.
///
/// Cost: a number for each element that was ever added, for ever; one byte while it is below 128.
///
/// A length only grows: a threshold `field[e] >= n` is reached after `n` turns. There is none on membership.
///
/// Traps: concurrent additions count as one, and so do concurrent removals; of an addition and a removal that have not seen each other the
/// one with the longer history wins, which says nothing about time. Who forges a length of `u64::MAX` keeps the element in for ever.
///
/// Yu, Rostad, *A low-cost set CRDT based on causal lengths* (2020); it is not in INRIA RR-7506.
///
/// ```
/// use lvars::{CausalLengthSet, Lattice};
///
/// let mut likes = CausalLengthSet::new();
/// likes.join(likes.add("eve"));
/// let twice = [likes.remove("eve"), likes.remove("eve")];
/// twice.into_iter().for_each(|removed| drop(likes.join(removed)));
/// assert!(!likes.contains("eve"));
/// likes.join(likes.add("eve"));
/// assert_eq!(likes.length_of("eve"), 3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CausalLengthSet<E>(
    /// No length is zero: that is an absent one.
    BTreeMap<E, Max<u64>>,
);

formed!([E: Ord + Clone + Debug] CausalLengthSet<E>, "CausalLengthSet", BTreeMap<E, Max<u64>>, [E: Codec], never_zero);
keyed!([E: Ord + Clone + Debug] CausalLengthSet<E>, E, Max<u64>);

fn never_zero<E>(lengths: &BTreeMap<E, Max<u64>>) -> Option<&'static str> {
    lengths.values().any(|length| length.0 == 0).then_some("a set names an element that was never added")
}

impl<E: Ord + Clone + Debug> CausalLengthSet<E> {
    /// An empty set.
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Adds an element; nothing, if it is in the set.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn add(&self, element: E) -> Self {
        match self.length_of(&element) {
            length if length % 2 == 0 => Self(BTreeMap::from([(element, Max(length + 1))])),
            _ => Self::new(),
        }
    }

    /// Removes an element; nothing, if it is not in the set, or has come and gone for 2⁶⁴ − 1 times.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn remove(&self, element: E) -> Self {
        match self.length_of(&element) {
            length if length % 2 == 1 && length < u64::MAX => {
                Self(BTreeMap::from([(element, Max(length + 1))]))
            }
            _ => Self::new(),
        }
    }

    /// How often the element has come and gone; odd while it is in the set.
    pub fn length_of<Q: Ord + ?Sized>(&self, element: &Q) -> u64
    where
        E: Borrow<Q>,
    {
        self.0.get(element).map_or(0, |length| length.0)
    }

    /// Whether the element is in the set.
    pub fn contains<Q: Ord + ?Sized>(&self, element: &Q) -> bool
    where
        E: Borrow<Q>,
    {
        self.length_of(element) % 2 == 1
    }

    /// The elements in ascending order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &E> {
        self.0.iter().filter(|(_, length)| length.0 % 2 == 1).map(|(element, _)| element)
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;
    use crate::Bottom;

    #[test]
    fn at_its_maximum_a_length_stays() {
        let full = CausalLengthSet(BTreeMap::from([('a', Max(u64::MAX))]));
        assert!(full.contains(&'a'));
        assert!(full.remove('a').is_bottom());
        assert!(full.add('a').is_bottom());
    }

    #[test]
    fn an_explicit_bottom_entry_is_refused() {
        let none = CausalLengthSet(BTreeMap::from([(7_u8, Max(0))]));
        let refused = CausalLengthSet::<u8>::from_bytes(&none.to_bytes()).unwrap_err();
        assert!(refused.to_string().starts_with("a set names an element that was never added"));
    }
}
