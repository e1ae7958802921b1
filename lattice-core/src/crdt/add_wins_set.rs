//! The set in which an addition wins over a removal that has not seen it.

use core::{borrow::Borrow, fmt::Debug};

use crate::causal::{DotMap, DotSet, Dots, wraps};

/// An add-wins set: an element is in it while one of its additions has not been removed. An observed-remove set, without tombstones.
///
/// ```text
///   state: element ↦ set of dots      each joined as (s, c) ⋈ (s′, c′) = (s ∩ s′) ∪ (s ∖ c′) ∪ (s′ ∖ c)      contains e  iff  s(e) ≠ ∅
/// ```
///
/// A removal takes back the additions that it has seen. One that it has not seen wins, so who adds what another is just removing,
/// keeps it.
///
/// Cost: one dot for an element, more only while concurrent additions of it have not seen each other; nothing for what was removed.
///
/// Membership is not monotone, so there is no threshold on it: wait for the document's `version`, or keep beside it a set that only grows.
///
/// Traps: an addition of what is there already is a write, and outlasts a concurrent removal. An element that both replicas hold may still be
/// taken out by a join, since each has seen the other's removal of one of its dots.
///
/// After Specification 15 (OR-Set) of Shapiro, Preguiça, Baquero, Zawirski, INRIA RR-7506 (2011), in the form without tombstones of Bieniusa et
/// al., *An optimized conflict-free replicated set* (2012).
///
/// ```
/// use lvars::{AddWinsSet, Causal, Lattice, WriterId};
///
/// let alice = WriterId(1);
/// let mut tags = Causal::<AddWinsSet<String>>::new();
/// tags.join(tags.write(alice, |tags, dots| tags.add(dots, "new".into())));
/// tags.join(tags.write(alice, |tags, dots| tags.add(dots, "sale".into())));
/// tags.join(tags.write(alice, |tags, dots| tags.remove(dots, "new")));
/// assert_eq!(tags.iter().collect::<Vec<_>>(), ["sale"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AddWinsSet<E>(DotMap<E, DotSet>);

wraps!([E: Ord + Clone + Debug] AddWinsSet<E>, "AddWinsSet", DotMap<E, DotSet>);

impl<E: Ord + Clone + Debug> AddWinsSet<E> {
    /// Adds an element, in place of its additions so far.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn add(&self, dots: &mut Dots, element: E) -> Self {
        if let Some(additions) = self.0.get(&element) {
            dots.name_all(additions);
        }
        Self(DotMap::one(element, DotSet::one(dots.fresh(), ())))
    }

    /// Removes an element: takes back the additions that are seen here.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn remove<Q: Ord + ?Sized>(&self, dots: &mut Dots, element: &Q) -> Self
    where
        E: Borrow<Q>,
    {
        if let Some(additions) = self.0.get(element) {
            dots.name_all(additions);
        }
        Self::default()
    }

    /// Removes all elements that are seen here.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn clear(&self, dots: &mut Dots) -> Self {
        dots.name_all(self);
        Self::default()
    }

    /// Whether the element is in the set.
    pub fn contains<Q: Ord + ?Sized>(&self, element: &Q) -> bool
    where
        E: Borrow<Q>,
    {
        self.0.get(element).is_some()
    }

    /// The elements in ascending order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &E> + DoubleEndedIterator {
        self.0.iter().map(|(element, _)| element)
    }

    /// How many elements.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
