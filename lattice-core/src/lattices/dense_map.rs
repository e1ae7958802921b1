//! A map from small integers, as a vector.

use alloc::vec::Vec;
use core::{cmp::Ordering, fmt, hash, iter, marker::PhantomData};

use crate::{
    codec::{Codec, DecodeError, Decoder, encode_unsigned},
    conflict::Conflict,
    crdt::WriterId,
    delta::Delta,
    forged::Forged,
    lattice::{Bottom, Lattice},
    lattices::{
        dense_set::{DenseKey, is_index},
        grow::absorb_by_position,
        product::product_cmp,
    },
    schema::Description,
    threshold::{AtKey, HasKey},
};

/// A value for each key, of which all but finitely many are bottom: one place for each index up to the greatest that is not.
///
/// ```text
///   (f ⊔ g)(k) = f(k) ⊔ g(k)      f ⊑ g  iff  f(k) ⊑ g(k) for all k
/// ```
///
/// Other than in a `BTreeMap`, a key whose value is bottom is as good as absent: so there is nothing to say whether a key is there, and an
/// LVar of it has its values side by side. The bottom is bottom everywhere. It is in conflict iff one of the values is. A threshold
/// looks under a key: `field[key] >= value`. A join costs the joins of what the argument has.
///
/// ```
/// use lvars::{DenseMap, Lattice, Min};
///
/// let mut distances = DenseMap::from_iter([(2_u32, Min(5_u8))]);
/// assert!(distances.join(DenseMap::from_iter([(0, Min(0)), (2, Min(9))])));
/// assert_eq!(distances.get(2), Some(&Min(5)));
/// assert_eq!(distances.iter().count(), 2);
/// ```
pub struct DenseMap<K, V> {
    /// Without bottoms at the end, so that equal maps are equal here.
    values: Vec<V>,
    keys: PhantomData<fn() -> K>,
}

impl<K: DenseKey, V: Bottom> DenseMap<K, V> {
    /// Bottom everywhere.
    pub const fn new() -> Self {
        Self { values: Vec::new(), keys: PhantomData }
    }

    /// The value under a key, unless it is bottom.
    pub fn get(&self, key: K) -> Option<&V> {
        self.values.get(key.to_index()).filter(|value| !value.is_bottom())
    }

    /// Joins `value` in under a key; whether the map grew.
    pub fn put(&mut self, key: K, value: V) -> bool {
        if value.is_bottom() {
            return false;
        }
        let index = key.to_index();
        if self.values.len() <= index {
            self.values.resize_with(index + 1, V::bottom);
        }
        self.values[index].join(value)
    }

    /// The keys whose values are not bottom, in the order of their indices, with these.
    pub fn iter(&self) -> impl Iterator<Item = (K, &V)> {
        let values = self.values.iter().enumerate().filter(|(_, value)| !value.is_bottom());
        values.map(|(index, value)| (K::from_index(index), value))
    }

    /// The map with these values.
    fn of(mut values: Vec<V>) -> Self {
        while values.last().is_some_and(V::is_bottom) {
            values.pop();
        }
        Self { values, keys: PhantomData }
    }
}

/// A conflict's path names the key.
impl<K: DenseKey, V: Bottom + Clone> Lattice for DenseMap<K, V> {
    fn join(&mut self, other: Self) -> bool {
        let mut grew = self.values.len() < other.values.len();
        let mut others = other.values.into_iter();
        for (value, other) in self.values.iter_mut().zip(others.by_ref()) {
            grew |= value.join(other);
        }
        self.values.extend(others);
        grew
    }

    fn join_ref(&mut self, other: &Self) -> bool {
        let mut grew = self.values.len() < other.values.len();
        for (value, other) in self.values.iter_mut().zip(&other.values) {
            grew |= value.join_ref(other);
        }
        if let Some(beyond) = other.values.get(self.values.len()..) {
            // All at once: a map ends with a value that is not bottom, also after a clone that panics.
            self.values.extend(beyond.to_vec());
        }
        grew
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        // The longer one ends with a value that is not bottom.
        let mut order = Some(self.values.len().cmp(&other.values.len()));
        for (left, right) in self.values.iter().zip(&other.values) {
            order = product_cmp(order, || left.lattice_cmp(right));
            order?;
        }
        let beyond = |longer: &Self, shorter: &Self| longer.values.len() > shorter.values.len();
        match order {
            Some(Ordering::Less) if beyond(self, other) => None,
            Some(Ordering::Greater) if beyond(other, self) => None,
            order => order,
        }
    }

    fn leq(&self, other: &Self) -> bool {
        self.values.len() <= other.values.len()
            && self.values.iter().zip(&other.values).all(|(left, right)| left.leq(right))
    }

    fn conflict(&self) -> Option<Conflict> {
        let mut values = self.values.iter().enumerate();
        values.find_map(|(index, value)| Some(value.conflict()?.at_key(&K::from_index(index))))
    }

    fn incompatible(&self, other: &Self) -> Option<Conflict> {
        other.values.iter().enumerate().find_map(|(index, other)| {
            let conflict = match self.values.get(index) {
                Some(value) => value.incompatible(other),
                None => other.conflict(),
            };
            Some(conflict?.at_key(&K::from_index(index)))
        })
    }
}

impl<K: DenseKey, V: Bottom + Clone> Bottom for DenseMap<K, V> {
    fn bottom() -> Self {
        Self::new()
    }

    fn is_bottom(&self) -> bool {
        self.values.is_empty()
    }
}

impl<K: DenseKey, V: Delta> Delta for DenseMap<K, V> {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        let news = absorb_by_position(&mut self.values, delta.values);
        let news = Self::of(news.map(|news| news.unwrap_or_else(V::bottom)).collect());
        (!news.is_bottom()).then_some(news)
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        let missing = self.values.iter().enumerate().map(|(index, value)| match seen.values.get(index) {
            Some(seen) => value.diff(seen).unwrap_or_else(V::bottom),
            None => value.clone(),
        });
        let missing = Self::of(missing.collect());
        (!missing.is_bottom()).then_some(missing)
    }

    fn forged(&self, delta: &Self, writer: WriterId) -> Option<Forged> {
        let nothing = V::bottom();
        delta.values.iter().enumerate().find_map(|(index, value)| {
            let here = self.values.get(index).unwrap_or(&nothing);
            Some(here.forged(value, writer)?.at_key(&K::from_index(index)))
        })
    }

    fn parts(&self) -> impl Iterator<Item = Self> {
        self.values.iter().enumerate().flat_map(|(index, value)| {
            value.parts().map(move |part| Self::from_iter([(K::from_index(index), part)]))
        })
    }
}

impl<K: DenseKey, V: Bottom + Clone> HasKey for DenseMap<K, V> {
    type Key = K;
    type Value = V;
}

impl<K: DenseKey, V: Bottom, W: ?Sized> AtKey<K, W> for DenseMap<K, V> {
    type Value = V;

    fn at_key<R>(&self, key: &K, watch: &mut W, then: impl FnOnce(&V, &mut W) -> Option<R>) -> Option<R> {
        match self.values.get(key.to_index()) {
            Some(value) => then(value, watch),
            None => then(&V::bottom(), watch),
        }
    }
}

/// The number of places, then their values. Their memory is that of the bytes that are there, whatever these say.
impl<K: DenseKey, V: Codec + Bottom> Codec for DenseMap<K, V> {
    fn encode(&self, out: &mut Vec<u8>) {
        encode_unsigned(self.values.len() as u64, out);
        self.values.iter().for_each(|value| value.encode(out));
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let values = input.nested(|input| {
            let mut values = Vec::new();
            for _ in 0..input.len()? {
                input.element::<V>()?;
                values.push(V::decode(input)?);
            }
            Ok(values)
        })?;
        if values.last().is_some_and(V::is_bottom) {
            return Err(input.error("a dense map ends with a bottom"));
        }
        let mut entries = values.iter().enumerate().filter(|(_, value)| !value.is_bottom());
        if !entries.all(|(index, _)| is_index::<K>(index)) {
            return Err(input.error("a dense map has a value at an index that no key has"));
        }
        Ok(Self { values, keys: PhantomData })
    }

    fn describe(out: &mut Description) {
        out.is("dense map").part("value", V::describe);
    }
}

impl<K: DenseKey, V: Bottom> FromIterator<(K, V)> for DenseMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        entries.into_iter().for_each(|(key, value)| {
            map.put(key, value);
        });
        map
    }
}

impl<K: DenseKey, V: Bottom> IntoIterator for DenseMap<K, V> {
    type Item = (K, V);
    type IntoIter = iter::Map<iter::Enumerate<alloc::vec::IntoIter<V>>, fn((usize, V)) -> (K, V)>;

    /// All places, also those that are bottom.
    fn into_iter(self) -> Self::IntoIter {
        self.values.into_iter().enumerate().map(|(index, value)| (K::from_index(index), value))
    }
}

impl<K: DenseKey, V: Bottom, const N: usize> From<[(K, V); N]> for DenseMap<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        Self::from_iter(entries)
    }
}

impl<K: DenseKey, V: Bottom + fmt::Debug> fmt::Debug for DenseMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K, V: Clone> Clone for DenseMap<K, V> {
    fn clone(&self) -> Self {
        Self { values: self.values.clone(), keys: PhantomData }
    }
}

impl<K: DenseKey, V: Bottom> Default for DenseMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V: PartialEq> PartialEq for DenseMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.values == other.values
    }
}

impl<K, V: Eq> Eq for DenseMap<K, V> {}

impl<K, V: hash::Hash> hash::Hash for DenseMap<K, V> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.values.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Flat, Max};

    crate::laws!(
        numbers: DenseMap<u8, Max<u8>>,
        [&[][..], &[(0, 1)], &[(0, 2)], &[(3, 1)], &[(0, 1), (3, 2)], &[(1, 0)], &[(1, 1), (3, 1)]]
            .map(|entries| entries.iter().map(|(key, value)| (*key, Max(*value))).collect()),
    );
    crate::laws!(
        values: DenseMap<u8, Flat<bool>>,
        [&[][..], &[(0, true)], &[(0, false)], &[(2, true)], &[(0, true), (2, false)]]
            .map(|entries| entries.iter().map(|(key, value)| (*key, Flat::Value(*value))).collect::<DenseMap<_, _>>())
            .into_iter()
            .chain([DenseMap::from([(1, Flat::Conflict)])])
            .collect::<Vec<_>>(),
    );
}
