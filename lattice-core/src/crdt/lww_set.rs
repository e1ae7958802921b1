//! The set in which the last write of an element wins.

use alloc::collections::BTreeMap;
use core::{borrow::Borrow, fmt::Debug};

use crate::{
    codec::Codec,
    crdt::{
        WriterId,
        form::formed,
        hybrid_clock::{Stamp, Stamped},
    },
    forged::Forged,
    lattices::{Any, Lex, Max},
};

/// A last-writer-wins element set: an element is in it if the latest write of it is an addition.
///
/// ```text
///   state: element ↦ (stamp, is in)      (a ⊔ b)(e) = the one with the later stamp; under equal stamps the addition
/// ```
///
/// The bottom is the empty set; no state is in conflict.
///
/// Cost: a stamp for each element that was ever added or removed, for ever.
///
/// Nothing that can be read is monotone, so there is no threshold on membership. That an element was written at a time or later is:
/// [`stamp_of`](Self::stamp_of).
///
/// Traps: those of [`LwwRegister`](crate::LwwRegister), for each element: of two concurrent writes one is lost. One that a clock of a day ahead has
/// removed stays out for a day, so show what you receive to [`HybridClock::admit`](crate::HybridClock::admit). Where an addition shall survive
/// a concurrent removal whatever clocks say, use [`AddWinsSet`](crate::AddWinsSet), which keeps nothing of what was removed.
///
/// LWW-element-Set, section 3.3.3 of Shapiro, Preguiça, Baquero, Zawirski, INRIA RR-7506 (2011), which gives it no number; with both stamps in one,
/// since the later decides.
///
/// ```
/// use lvars::{HybridClock, Lattice, LwwSet, WriterId};
///
/// let mut clock = HybridClock::new(1_000);
/// let mut online = LwwSet::new();
/// online.join(online.add(clock.stamp(10, WriterId(1)), "eve"));
/// online.join(online.remove(clock.stamp(20, WriterId(1)), "eve"));
/// assert!(!online.contains("eve"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LwwSet<E>(BTreeMap<E, Lex<Max<Stamp>, Any>>);

formed!([E: Ord + Clone + Debug] LwwSet<E>, "LwwSet", BTreeMap<E, Lex<Max<Stamp>, Any>>, [E: Codec], |_| None, forged: forged);

/// A writer's stamps ascend, and the latest of an element is here.
fn forged<E: Ord + Clone + Debug>(here: &LwwSet<E>, delta: &LwwSet<E>, writer: WriterId) -> Option<Forged> {
    delta.0.iter().find_map(|(element, stamped)| {
        Some(stamped.key.0.forged(here.stamp_of(element), writer)?.at_key(element))
    })
}

impl<E: Ord + Clone + Debug> LwwSet<E> {
    /// An empty set.
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Adds an element at the time of the stamp.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn add(&self, stamp: Stamp, element: E) -> Self {
        Self(BTreeMap::from([(element, Lex { key: Max(stamp), value: Any(true) })]))
    }

    /// Removes an element at the time of the stamp, whether or not it is known.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn remove(&self, stamp: Stamp, element: E) -> Self {
        Self(BTreeMap::from([(element, Lex { key: Max(stamp), value: Any(false) })]))
    }

    /// Whether the element is in the set.
    pub fn contains<Q: Ord + ?Sized>(&self, element: &Q) -> bool
    where
        E: Borrow<Q>,
    {
        self.0.get(element).is_some_and(|last| last.value.0)
    }

    /// When and by whom the element was last added or removed.
    pub fn stamp_of<Q: Ord + ?Sized>(&self, element: &Q) -> Option<Stamp>
    where
        E: Borrow<Q>,
    {
        self.0.get(element).map(|last| last.key.0)
    }

    /// The elements in ascending order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &E> {
        self.0.iter().filter(|(_, last)| last.value.0).map(|(element, _)| element)
    }
}

impl<E> Stamped for LwwSet<E> {
    fn latest(&self) -> Option<Stamp> {
        self.0.values().map(|last| last.key.0).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lattice, WriterId};

    #[test]
    fn under_equal_stamps_the_addition_wins_on_both_sides() {
        let stamp = Stamp { wall: 1, count: 0, writer: WriterId(1) };
        let (added, removed) = (LwwSet::new().add(stamp, 'a'), LwwSet::new().remove(stamp, 'a'));
        assert!(added.clone().joined(removed.clone()).contains(&'a'));
        assert!(removed.joined(added).contains(&'a'));
    }
}
