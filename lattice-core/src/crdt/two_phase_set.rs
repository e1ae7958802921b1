//! The set from which an element is removed once and for ever.

use alloc::collections::BTreeSet;
use core::{borrow::Borrow, fmt::Debug};

use crate::{
    codec::Codec,
    crdt::form::{fields, formed},
};

/// A two-phase set: what was added, less what was removed; what was removed never comes back.
///
/// ```text
///   (a, r) ⊔ (a′, r′) = (a ∪ a′, r ∪ r′)      contains e  iff  e ∈ a and e ∉ r
/// ```
///
/// The bottom is the empty set; no state is in conflict.
///
/// Cost: each element that was ever added once, and once more when it is removed, for ever.
///
/// Both halves only grow: thresholds `field.added >= e` and `field.removed >= e`. There is none on membership.
///
/// Traps: an element can be added once only. Where elements come again give each a name of its own, or use
/// [`AddWinsSet`](crate::AddWinsSet).
///
/// State-based 2P-Set, Specification 12 of Shapiro, Preguiça, Baquero, Zawirski, INRIA RR-7506 (2011).
///
/// ```
/// use lvars::{Lattice, TwoPhaseSet};
///
/// let mut tickets = TwoPhaseSet::new();
/// tickets.join(tickets.add(17));
/// tickets.join(tickets.remove(17));
/// tickets.join(tickets.add(17));
/// assert!(!tickets.contains(&17), "it was used");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TwoPhaseSet<E>((BTreeSet<E>, BTreeSet<E>));

formed!([E: Ord + Clone + Debug] TwoPhaseSet<E>, "TwoPhaseSet", (BTreeSet<E>, BTreeSet<E>), [E: Codec], |_| None);
fields!([E: Ord + Clone + Debug] TwoPhaseSet<E>, "TwoPhaseSet": "added" => BTreeSet<E>, "removed" => BTreeSet<E>);

impl<E: Ord + Clone + Debug> TwoPhaseSet<E> {
    /// An empty set.
    pub const fn new() -> Self {
        Self((BTreeSet::new(), BTreeSet::new()))
    }

    /// Adds an element.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn add(&self, element: E) -> Self {
        Self((BTreeSet::from([element]), BTreeSet::new()))
    }

    /// Removes an element for ever, whether or not it has been added; an addition that comes later is in vain.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn remove(&self, element: E) -> Self {
        Self((BTreeSet::new(), BTreeSet::from([element])))
    }

    /// Whether the element was added and not removed.
    pub fn contains<Q: Ord + ?Sized>(&self, element: &Q) -> bool
    where
        E: Borrow<Q>,
    {
        self.0.0.contains(element) && !self.0.1.contains(element)
    }

    /// The elements in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = &E> {
        self.0.0.difference(&self.0.1)
    }

    /// What was ever added.
    pub fn added(&self) -> &BTreeSet<E> {
        &self.0.0
    }

    /// What was ever removed.
    pub fn removed(&self) -> &BTreeSet<E> {
        &self.0.1
    }
}
