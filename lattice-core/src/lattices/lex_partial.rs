//! The lexicographic product with keys that may be incomparable: then both values are forgotten.

use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::{
    codec::{Codec, DecodeError, Decoder},
    conflict::Conflict,
    crdt::WriterId,
    delta::Delta,
    forged::Forged,
    lattice::{Bottom, Lattice, Meet, Top},
    lattices::lex::forged_value,
    schema::Description,
    threshold::{
        Points,
        verdict::{Pair, Through, Verdict},
    },
};

/// A value with a key from any lattice: the greater key wins, and **concurrent writes reset the value**.
///
/// ```text
///   (k, v) ⊔ (k′, v′) = (k′, v′)      if k ⊏ k′
///                       (k, v ⊔ v′)   if k = k′
///                       (k, v)        if k′ ⊏ k
///                       (k ⊔ k′, ⊥)   otherwise
/// ```
///
/// Nothing else is a join: the values of two incomparable keys must not survive, because the joined key is above both, and what stands
/// under it need not be above either value. With a version vector as the key that means: who writes knowing all that was written
/// replaces the value, and of two who did not know of each other neither is believed until the next one writes.
///
/// Bottom and top are those of both. As in [`Lex`](crate::Lex) it is in conflict iff the *key* is, and a threshold `field >= k` speaks
/// of the key. A join costs one comparison of keys and at most one join, of the keys or of the values.
///
/// ```
/// use std::collections::BTreeMap;
/// use lvars::{Flat, Lattice, LexPartial, Max};
///
/// let write = |seen: [(&'static str, u64); 2], value: u8| LexPartial {
///     key: BTreeMap::from(seen.map(|(writer, n)| (writer, Max(n)))),
///     value: Flat::Value(value),
/// };
/// let mut state = write([("ann", 1), ("bob", 0)], 10);
/// state.join(write([("ann", 0), ("bob", 1)], 20));
/// assert_eq!(state.value, Flat::Bottom, "ann and bob did not know of each other");
/// state.join(write([("ann", 2), ("bob", 1)], 30));
/// assert_eq!(state.value, Flat::Value(30), "ann knew of both");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct LexPartial<K, V> {
    /// What decides; only grows.
    pub key: K,
    /// What is replaced by a greater key, and forgotten where keys are incomparable.
    pub value: V,
}

impl<K: Lattice + Clone, V: Bottom + Clone> Lattice for LexPartial<K, V> {
    fn join(&mut self, other: Self) -> bool {
        match self.key.lattice_cmp(&other.key) {
            Some(Ordering::Less) => *self = other,
            Some(Ordering::Equal) => return self.value.join(other.value),
            Some(Ordering::Greater) => return false,
            None => {
                // Not in place: under a key that a panic leaves half joined, the value would be one that nobody wrote there.
                let mut key = other.key;
                key.join_ref(&self.key);
                *self = Self { key, value: V::bottom() };
            }
        }
        true
    }

    fn join_ref(&mut self, other: &Self) -> bool {
        match self.key.lattice_cmp(&other.key) {
            Some(Ordering::Less) => self.clone_from(other),
            Some(Ordering::Equal) => return self.value.join_ref(&other.value),
            Some(Ordering::Greater) => return false,
            None => {
                let mut key = self.key.clone();
                key.join_ref(&other.key);
                *self = Self { key, value: V::bottom() };
            }
        }
        true
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        match self.key.lattice_cmp(&other.key) {
            Some(Ordering::Equal) => self.value.lattice_cmp(&other.value),
            order => order,
        }
    }

    fn conflict(&self) -> Option<Conflict> {
        Some(self.key.conflict()?.in_field("key"))
    }

    fn incompatible(&self, other: &Self) -> Option<Conflict> {
        Some(self.key.incompatible(&other.key)?.in_field("key"))
    }
}

impl<K: Bottom + Clone, V: Bottom + Clone> Bottom for LexPartial<K, V> {
    fn bottom() -> Self {
        Self { key: K::bottom(), value: V::bottom() }
    }

    fn is_bottom(&self) -> bool {
        self.key.is_bottom() && self.value.is_bottom()
    }
}

impl<K: Top + Clone, V: Top + Bottom + Clone> Top for LexPartial<K, V> {
    fn top() -> Self {
        Self { key: K::top(), value: V::top() }
    }

    fn is_top(&self) -> bool {
        self.key.is_top() && self.value.is_top()
    }
}

/// The lesser key; under equal keys the meet of the values; under the meet of incomparable keys every value is below both.
impl<K: Meet + Clone, V: Meet + Top + Bottom + Clone> Meet for LexPartial<K, V> {
    fn meet(&mut self, other: Self) -> bool {
        match self.key.lattice_cmp(&other.key) {
            Some(Ordering::Greater) => *self = other,
            Some(Ordering::Equal) => return self.value.meet(other.value),
            Some(Ordering::Less) => return false,
            None => {
                let mut key = other.key;
                key.meet_ref(&self.key);
                *self = Self { key, value: V::top() };
            }
        }
        true
    }
}

/// A conflict of the value that has forgotten what met stands for itself, as in the lattice of the values.
impl<K: Delta, V: Delta> Delta for LexPartial<K, V> {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        let news = delta.diff(self)?;
        self.join(delta);
        Some(news)
    }

    /// The key itself comes along if its value must stand; a key whose value is bottom is reached by what `seen` lacks of it.
    fn diff(&self, seen: &Self) -> Option<Self> {
        match seen.key.lattice_cmp(&self.key) {
            Some(Ordering::Less) if !self.value.is_bottom() => Some(self.clone()),
            Some(Ordering::Less) | None => Some(Self { key: self.key.diff(&seen.key)?, value: V::bottom() }),
            Some(Ordering::Equal) => {
                Some(Self { value: self.value.diff(&seen.value)?, key: self.key.clone() })
            }
            Some(Ordering::Greater) => None,
        }
    }

    fn forged(&self, delta: &Self, writer: WriterId) -> Option<Forged> {
        if let Some(alarm) = self.key.forged(&delta.key, writer) {
            return Some(alarm.in_field("key"));
        }
        forged_value(self.key.lattice_cmp(&delta.key), &self.value, &delta.value, writer)
    }

    /// Those of the value, each under the key; of a bare key, its own.
    fn parts(&self) -> impl Iterator<Item = Self> {
        let values = self.value.parts().map(|value| Self { key: self.key.clone(), value });
        let bare = self.value.is_bottom().then(|| self.key.parts()).into_iter().flatten();
        values.chain(bare.map(|key| Self { key, value: V::bottom() }))
    }
}

impl<K: Codec, V: Codec> Codec for LexPartial<K, V> {
    fn encode(&self, out: &mut Vec<u8>) {
        self.key.encode(out);
        self.value.encode(out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self { key: K::decode(input)?, value: V::decode(input)? })
    }

    fn describe(out: &mut Description) {
        out.is("LexPartial").part("key", K::describe).part("value", V::describe);
    }
}

/// Those of the key.
impl<K: Points + Clone, V: Bottom + Clone> Points for LexPartial<K, V> {
    type Point = K::Point;

    fn is_at_least(&self, point: &K::Point) -> bool {
        self.key.is_at_least(point)
    }
}

impl<K, V, A, B> Pair<A, B> for LexPartial<K, V>
where
    K: Points + Clone + Pair<Through<Self, A>, Through<Self, B>>,
    V: Bottom + Clone,
{
    const VERDICT: Verdict = K::VERDICT;
}

#[cfg(test)]
use crate::{Flat, Max};

crate::laws!(LexPartial<(Max<u8>, Max<u8>), Flat<u8>>, {
    let keys = [(0, 0), (0, 1), (1, 0), (1, 1), (255, 255)].map(|(a, b)| (Max(a), Max(b)));
    let values = [Flat::Bottom, Flat::Value(1), Flat::Conflict];
    keys.into_iter().flat_map(move |key| values.map(move |value| LexPartial { key, value }))
});
