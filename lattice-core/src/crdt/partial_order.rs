//! The partial order in which elements are put between others, and removed.

use alloc::collections::BTreeSet;
use core::fmt::Debug;

use crate::{
    codec::Codec,
    crdt::{
        Dag, Misplaced,
        form::{fields, formed},
    },
};

/// An add-remove partial order: a [`Dag`], and which of its vertices are removed. A removed element is not shown, and what was before it stays before what was after it.
///
/// ```text
///   (d, r) ⊔ (d′, r′) = (d ⊔ d′, r ∪ r′)      contains v  iff  v ∈ d and v ∉ r      u < v  iff  d leads from u to v
/// ```
///
/// The bottom is empty; no state is in conflict.
///
/// Cost: that of the [`Dag`], of all that ever was, and each removed element once more.
///
/// Both halves only grow: thresholds `field.order[v] >= u` (as on a [`Dag`]) and `field.removed >= v`. There is none on what is there.
///
/// Traps: those of the [`Dag`]; what was removed never comes back. It is a partial order: two elements between the same ones are in no order. For a list
/// use [`Sequence`](crate::Sequence).
///
/// Add-Remove Partial Order, Specification 18 of Shapiro, Preguiça, Baquero, Zawirski, INRIA RR-7506 (2011), as states.
///
/// ```
/// use lvars::{Lattice, PartialOrder};
///
/// let mut steps = PartialOrder::new();
/// steps.join(steps.add(None, "wash", None)?);
/// steps.join(steps.add(Some(&"wash"), "peel", None)?);
/// steps.join(steps.add(Some(&"peel"), "cook", None)?);
/// steps.join(steps.remove("peel"));
/// assert!(steps.is_before(&"wash", &"cook"));
/// assert_eq!(steps.in_order().collect::<Vec<_>>(), [&"wash", &"cook"]);
/// # Ok::<(), lvars::Misplaced>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PartialOrder<V>((Dag<V>, BTreeSet<V>));

formed!([V: Ord + Clone + Debug] PartialOrder<V>, "PartialOrder", (Dag<V>, BTreeSet<V>), [V: Codec], |_| None);
fields!([V: Ord + Clone + Debug] PartialOrder<V>, "PartialOrder": "order" => Dag<V>, "removed" => BTreeSet<V>);

impl<V: Ord + Clone + Debug> PartialOrder<V> {
    /// No elements.
    pub const fn new() -> Self {
        Self((Dag::new(), BTreeSet::new()))
    }

    /// Adds an element after one, or after none, and before one, or before none. These may be removed already.
    ///
    /// # Errors
    ///
    /// As for [`Dag::add`].
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn add(&self, after: Option<&V>, element: V, before: Option<&V>) -> Result<Self, Misplaced> {
        Ok(Self((self.0.0.add(after, element, before)?, BTreeSet::new())))
    }

    /// Removes an element for ever.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn remove(&self, element: V) -> Self {
        Self((Dag::new(), BTreeSet::from([element])))
    }

    /// Whether the element is there.
    pub fn contains(&self, element: &V) -> bool {
        self.0.0.contains(element) && !self.0.1.contains(element)
    }

    /// Whether the first is before the second, be they there or removed.
    pub fn is_before(&self, first: &V, second: &V) -> bool {
        self.0.0.is_before(first, second)
    }

    /// The elements, each after all that are before it.
    pub fn in_order(&self) -> impl Iterator<Item = &V> {
        self.0.0.in_order().filter(|element| !self.0.1.contains(*element))
    }
}
