//! The map whose keys can be removed, with all that is seen under them.

use core::{borrow::Borrow, fmt::Debug};

use crate::causal::{DotMap, DotStore, Dots, wraps};

/// An observed-remove map: replicated values under keys, in one causal document. A removal of a key resets what it has seen under it.
///
/// ```text
///   state: key ↦ store      (m ⋈ m′)(k) = m(k) ⋈ m′(k)      has k  iff  m(k) holds a dot
/// ```
///
/// An update that the removal has not seen survives it, with its own content and no more: reset-remove. The values are dot stores: sets,
/// registers, flags, counters that can be taken back, and maps again. A [`GCounter`](crate::GCounter) in it does not compile, because what was
/// removed would come back with the next count; the value for that is [`CausalCounter`](crate::CausalCounter).
///
/// Cost: an entry of an ordered map for a key, and what is under it. The context is that of the document: nothing for a key, and nothing
/// for one that was removed.
///
/// That a key is there is not monotone, so there is no threshold on it: wait for the document's `version`.
///
/// Traps: a key whose last content is taken back is gone, without having been removed. An update that writes nothing makes no key.
///
/// The map of Almeida, Shoker, Baquero, *Delta state replicated data types* (2018), section 7.4; it is not in INRIA RR-7506.
///
/// ```
/// use lvars::{AddWinsSet, Causal, Lattice, OrMap, WriterId};
///
/// let alice = WriterId(1);
/// let mut rooms = Causal::<OrMap<&str, OrMap<&str, AddWinsSet<&str>>>>::new();
/// rooms.join(rooms.write(alice, |rooms, dots| {
///     rooms.update(dots, "berlin", |desks, dots| desks.update(dots, "window", |people, dots| people.add(dots, "eve")))
/// }));
/// assert!(rooms["berlin"]["window"].contains("eve"));
///
/// rooms.join(rooms.write(alice, |rooms, dots| rooms.remove(dots, "berlin")));
/// assert!(rooms.at("berlin").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OrMap<K, V: DotStore>(DotMap<K, V>);

wraps!([K: Ord + Clone + Debug, V: DotStore] OrMap<K, V>, "OrMap", DotMap<K, V>);

impl<K: Ord + Clone + Debug, V: DotStore> OrMap<K, V> {
    /// Writes under a key: what `change` makes of the value there, or of an empty one.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn update(&self, dots: &mut Dots, key: K, change: impl FnOnce(&V, &mut Dots) -> V) -> Self {
        let value = match self.0.get(&key) {
            Some(value) => change(value, dots),
            None => change(&V::default(), dots),
        };
        Self(DotMap::one(key, value))
    }

    /// Removes a key: takes back all that is seen here under it.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn remove<Q: Ord + ?Sized>(&self, dots: &mut Dots, key: &Q) -> Self
    where
        K: Borrow<Q>,
    {
        if let Some(value) = self.0.get(key) {
            dots.name_all(value);
        }
        Self::default()
    }

    /// Removes all keys that are seen here.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn clear(&self, dots: &mut Dots) -> Self {
        dots.name_all(self);
        Self::default()
    }

    /// The value under a key. Not `get`, which asks a document for what a threshold waits for.
    pub fn at<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.0.get(key)
    }

    /// Whether there is something under a key.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.get(key).is_some()
    }

    /// The keys and their values, in ascending order of keys.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&K, &V)> + DoubleEndedIterator {
        self.0.iter()
    }

    /// How many keys.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The value under a key that is there.
impl<K: Ord + Clone + Debug + Borrow<Q>, Q: Ord + ?Sized, V: DotStore> core::ops::Index<&Q> for OrMap<K, V> {
    type Output = V;

    fn index(&self, key: &Q) -> &V {
        self.at(key).expect("the key is there")
    }
}
