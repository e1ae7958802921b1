//! An ordered map that is mostly of one entry, and then allocates nothing.
//!
//! Deltas are of one entry at each level, and so are most stores under a key. A `BTreeMap` has room for eleven from the first on.

use alloc::{
    boxed::Box,
    collections::{BTreeMap, btree_map},
    vec::Vec,
};
use core::{borrow::Borrow, mem, ops::RangeInclusive, option};

use crate::lattices::put_missing;

/// A map in a form that equal ones share: one entry is `One`, none is `Many(None)`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Few<K, V> {
    // A set of one dot is as large as the dot, whose count is never zero.
    #[expect(
        clippy::box_collection,
        reason = "a box is one word, so that the niche of the key tells the forms apart"
    )]
    Many(Option<Box<BTreeMap<K, V>>>),
    One(K, V),
}

impl<K, V> Few<K, V> {
    pub(super) const fn new() -> Self {
        Self::Many(None)
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::One(..) => 1,
            Self::Many(many) => many.as_ref().map_or(0, |many| many.len()),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Many(None))
    }

    pub(super) fn iter(&self) -> OneOrMany<(&K, &V), btree_map::Iter<'_, K, V>> {
        match self {
            Self::One(key, value) => OneOrMany::one((key, value)),
            Self::Many(None) => OneOrMany::none(),
            Self::Many(Some(many)) => OneOrMany::Many(many.iter()),
        }
    }

    pub(super) fn iter_mut(&mut self) -> OneOrMany<(&K, &mut V), btree_map::IterMut<'_, K, V>> {
        match self {
            Self::One(key, value) => OneOrMany::one((key, value)),
            Self::Many(None) => OneOrMany::none(),
            Self::Many(Some(many)) => OneOrMany::Many(many.iter_mut()),
        }
    }
}

impl<K: Ord, V> Few<K, V> {
    pub(super) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        match self {
            Self::One(here, value) => (here.borrow() == key).then_some(value),
            Self::Many(many) => many.as_ref()?.get(key),
        }
    }

    /// The entries within bounds.
    pub(super) fn range(&self, bounds: RangeInclusive<K>) -> OneOrMany<(&K, &V), btree_map::Range<'_, K, V>> {
        match self {
            Self::One(key, value) if bounds.contains(key) => OneOrMany::one((key, value)),
            Self::One(..) | Self::Many(None) => OneOrMany::none(),
            Self::Many(Some(many)) => OneOrMany::Many(many.range(bounds)),
        }
    }
}

impl<K: Ord + Clone, V: Clone> Few<K, V> {
    /// Inserts the value, or puts it into the one that is there.
    pub(super) fn put(&mut self, key: K, value: V, put: impl FnOnce(&mut V, V)) {
        match self {
            Self::One(here, beside) if *here == key => put(beside, value),
            Self::Many(Some(many)) => match many.entry(key) {
                btree_map::Entry::Occupied(mut slot) => put(slot.get_mut(), value),
                btree_map::Entry::Vacant(slot) => _ = slot.insert(value),
            },
            Self::Many(None) => *self = Self::One(key, value),
            Self::One(..) => {
                // From a copy: a comparison that panics must leave the one entry where it is.
                if let Self::One(other, beside) = &*self {
                    let both = BTreeMap::from([(other.clone(), beside.clone()), (key, value)]);
                    *self = Self::Many(Some(Box::new(both)));
                }
            }
        }
    }

    /// Takes in, in ascending order, entries under keys that are not there.
    pub(super) fn put_missing(&mut self, missing: Vec<(K, V)>) {
        if let Self::Many(Some(many)) = self {
            return put_missing(many, missing);
        }
        let here = self.iter().map(|(key, value)| (key.clone(), value.clone()));
        *self = here.chain(missing).collect();
    }

    /// Inserts the value in place of the one that is there.
    pub(super) fn insert(&mut self, key: K, value: V) {
        self.put(key, value, |slot, value| *slot = value);
    }

    pub(super) fn remove(&mut self, key: &K) {
        self.remove_if(key, |_| true);
    }

    /// Removes an entry if `is_over` says so of its value. One search: nothing is compared between the two.
    pub(super) fn remove_if(&mut self, key: &K, is_over: impl FnOnce(&mut V) -> bool) {
        match self {
            Self::One(here, value) => {
                if *here == *key && is_over(value) {
                    *self = Self::new();
                }
            }
            Self::Many(None) => {}
            Self::Many(Some(many)) => {
                if let btree_map::Entry::Occupied(mut slot) = many.entry(key.clone())
                    && is_over(slot.get_mut())
                {
                    slot.remove();
                }
                if many.len() < 2 {
                    *self = Self::from(mem::take(&mut **many));
                }
            }
        }
    }
}

impl<K, V> Default for Few<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Ord, V> From<BTreeMap<K, V>> for Few<K, V> {
    fn from(mut entries: BTreeMap<K, V>) -> Self {
        if entries.len() > 1 {
            return Self::Many(Some(Box::new(entries)));
        }
        entries.pop_first().map_or(Self::new(), |(key, value)| Self::One(key, value))
    }
}

/// Uses the memory of the vector for the while.
impl<K: Ord, V> From<Vec<(K, V)>> for Few<K, V> {
    fn from(mut entries: Vec<(K, V)>) -> Self {
        if entries.len() > 1 {
            return Self::Many(Some(Box::new(entries.into_iter().collect())));
        }
        entries.pop().map_or(Self::new(), |(key, value)| Self::One(key, value))
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Few<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut entries = entries.into_iter();
        let (first, second) = (entries.next(), entries.next());
        match (first, second) {
            (None, _) => Self::new(),
            (Some((key, value)), None) => Self::One(key, value),
            (first, second) => {
                Self::from(first.into_iter().chain(second).chain(entries).collect::<BTreeMap<_, _>>())
            }
        }
    }
}

impl<K, V> IntoIterator for Few<K, V> {
    type Item = (K, V);
    type IntoIter = OneOrMany<(K, V), btree_map::IntoIter<K, V>>;

    fn into_iter(self) -> Self::IntoIter {
        match self {
            Self::One(key, value) => OneOrMany::one((key, value)),
            Self::Many(None) => OneOrMany::none(),
            Self::Many(Some(many)) => OneOrMany::Many(many.into_iter()),
        }
    }
}

/// The entries of one form or the other.
pub(super) enum OneOrMany<T, I> {
    One(option::IntoIter<T>),
    Many(I),
}

impl<T, I> OneOrMany<T, I> {
    fn one(entry: T) -> Self {
        Self::One(Some(entry).into_iter())
    }

    fn none() -> Self {
        Self::One(None.into_iter())
    }
}

impl<T, I: Iterator<Item = T>> Iterator for OneOrMany<T, I> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        match self {
            Self::One(one) => one.next(),
            Self::Many(many) => many.next(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::One(one) => one.size_hint(),
            Self::Many(many) => many.size_hint(),
        }
    }
}

impl<T, I: DoubleEndedIterator<Item = T>> DoubleEndedIterator for OneOrMany<T, I> {
    fn next_back(&mut self) -> Option<T> {
        match self {
            Self::One(one) => one.next_back(),
            Self::Many(many) => many.next_back(),
        }
    }
}

impl<T, I: ExactSizeIterator<Item = T>> ExactSizeIterator for OneOrMany<T, I> {}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::Few;

    #[test]
    fn equal_maps_have_equal_forms_however_they_came_about() {
        let mut few: Few<u8, char> = [(3, 'c'), (1, 'a'), (2, 'b')].into_iter().collect();
        few.remove(&3);
        few.remove(&1);
        assert!(few == [(2, 'b')].into_iter().collect());
        few.remove(&7);
        few.remove(&2);
        assert!(few == Few::new());
        few.insert(1, 'a');
        few.insert(2, 'b');
        few.insert(1, 'A');
        assert!(few == [(1, 'A'), (2, 'b')].into_iter().collect());
    }

    #[test]
    fn both_forms_answer_alike() {
        let keys = |few: &Few<u8, char>, bounds| few.range(bounds).map(|(&key, _)| key).collect::<Vec<_>>();
        let mut few = Few::from_iter([(2, 'b')]);
        assert_eq!((keys(&few, 1..=2), keys(&few, 3..=4), few.iter().len()), (Vec::from([2]), Vec::new(), 1));
        few.insert(4, 'd');
        assert_eq!(
            (keys(&few, 1..=2), keys(&few, 3..=4), few.iter().len()),
            (Vec::from([2]), Vec::from([4]), 2)
        );
        few.iter_mut().for_each(|(_, value)| *value = 'x');
        assert_eq!(few.into_iter().rev().collect::<Vec<_>>(), [(4, 'x'), (2, 'x')]);
    }
}
