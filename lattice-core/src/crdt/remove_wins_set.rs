//! The set in which a removal wins over an addition that has not seen it.

use core::{borrow::Borrow, fmt::Debug};

use crate::causal::{DotMap, DotSet, Dots, wraps};

/// A remove-wins set: an element is in it if it was added, and no removal is left that the addition has not seen.
///
/// ```text
///   state: element ↦ (additions, removals), two sets of dots      each joined as (s, c) ⋈ (s′, c′) = (s ∩ s′) ∪ (s ∖ c′) ∪ (s′ ∖ c)
///
///   contains e  iff  additions(e) ≠ ∅ and removals(e) = ∅
/// ```
///
/// Each write of an element replaces all of its dots that it has seen, in both sets.
///
/// Cost: one dot for an element that was ever added *or removed*, more only while concurrent writes have not seen each other. The dot of a
/// removal stays, since an addition that has not seen it may still arrive; [`clear`](Self::clear) drops those of the elements that
/// are not in the set.
///
/// Membership is not monotone, so there is no threshold on it: wait for the document's `version`.
///
/// Traps: it grows by what is removed. A removal of its key in an [`OrMap`](crate::OrMap), and `clear`, take back the removals too: an addition that is
/// concurrent to such a reset survives it.
///
/// It is not in INRIA RR-7506; the semantics is that of Baquero, Almeida, Shoker, *Pure operation-based replicated data types* (2017).
///
/// ```
/// use lvars::{Causal, Lattice, RemoveWinsSet, WriterId};
///
/// let (alice, bob) = (WriterId(1), WriterId(2));
/// let mut members = Causal::<RemoveWinsSet<&str>>::new();
/// members.join(members.write(alice, |members, dots| members.add(dots, "eve")));
///
/// let added = members.write(alice, |members, dots| members.add(dots, "eve"));
/// members.join(members.write(bob, |members, dots| members.remove(dots, "eve")));
/// members.join(added);
/// assert!(!members.contains("eve"), "alice has not seen that bob removed her");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RemoveWinsSet<E>(DotMap<E, (DotSet, DotSet)>);

wraps!([E: Ord + Clone + Debug] RemoveWinsSet<E>, "RemoveWinsSet", DotMap<E, (DotSet, DotSet)>);

impl<E: Ord + Clone + Debug> RemoveWinsSet<E> {
    /// Adds an element, unless a removal that is not seen here is left.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn add(&self, dots: &mut Dots, element: E) -> Self {
        self.name(dots, &element);
        Self(DotMap::one(element, (DotSet::one(dots.fresh(), ()), DotSet::new())))
    }

    /// Removes an element, whether or not it is in the set here.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn remove(&self, dots: &mut Dots, element: E) -> Self {
        self.name(dots, &element);
        Self(DotMap::one(element, (DotSet::new(), DotSet::one(dots.fresh(), ()))))
    }

    /// Resets the set: takes back the additions and the removals that are seen here.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn clear(&self, dots: &mut Dots) -> Self {
        dots.name_all(self);
        Self::default()
    }

    fn name(&self, dots: &mut Dots, element: &E) {
        if let Some(writes) = self.0.get(element) {
            dots.name_all(writes);
        }
    }

    /// Whether the element is in the set.
    pub fn contains<Q: Ord + ?Sized>(&self, element: &Q) -> bool
    where
        E: Borrow<Q>,
    {
        self.0.get(element).is_some_and(is_in)
    }

    /// The elements in ascending order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &E> {
        self.0.iter().filter(|(_, writes)| is_in(writes)).map(|(element, _)| element)
    }
}

fn is_in((additions, removals): &(DotSet, DotSet)) -> bool {
    !additions.is_empty() && removals.is_empty()
}
