//! The lexicographic product: a greater key replaces the value, equal keys join theirs.

use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::{
    codec::{Codec, DecodeError, Decoder},
    conflict::Conflict,
    crdt::WriterId,
    delta::Delta,
    forged::Forged,
    lattice::{Bottom, Chain, Lattice, Meet, Top},
    lattices::option::bottom_or_parts,
    schema::Description,
    threshold::{
        Points,
        verdict::{Pair, Through, Verdict},
    },
};

/// A value with a key: the greater key wins, and under equal keys the values are joined.
///
/// ```text
///   (k, v) ⊔ (k′, v′) = (k′, v′)      if k ⊏ k′
///                       (k, v ⊔ v′)   if k = k′
///                       (k, v)        if k′ ⊏ k
/// ```
///
/// The keys must be a [`Chain`]: with keys of which neither is below the other this is no lattice (joining the values of such keys is
/// not associative). Those have [`LexPartial`](crate::LexPartial).
///
/// Bottom and top are those of both. It is in conflict iff the *key* is: above a value in conflict stands every value with a
/// greater key, so that a conflict of the value is a state like any other; ask for it with `state.value.conflict()`. For the same
/// reason a threshold `field >= k` speaks of the key, which is all that only grows. A join costs one comparison of keys and at most
/// one join of values.
///
/// ```
/// use lvars::{Any, Lattice, Lex, Max};
///
/// // In each round the votes are counted anew.
/// let mut objection = Lex { key: Max(1), value: Any(true) };
/// assert!(objection.join(Lex { key: Max(2), value: Any(false) }), "a new round");
/// assert!(!objection.join(Lex { key: Max(1), value: Any(true) }), "the old one is over");
/// assert_eq!(objection, Lex { key: Max(2), value: Any(false) });
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Lex<K, V> {
    /// What decides; only grows.
    pub key: K,
    /// What is replaced by a greater key.
    pub value: V,
}

impl<K: Chain + Clone, V: Lattice + Clone> Lattice for Lex<K, V> {
    fn join(&mut self, other: Self) -> bool {
        match self.key.lattice_cmp(&other.key) {
            Some(Ordering::Less) => *self = other,
            Some(Ordering::Equal) => return self.value.join(other.value),
            Some(Ordering::Greater) | None => return false,
        }
        true
    }

    fn join_ref(&mut self, other: &Self) -> bool {
        match self.key.lattice_cmp(&other.key) {
            Some(Ordering::Less) => self.clone_from(other),
            Some(Ordering::Equal) => return self.value.join_ref(&other.value),
            Some(Ordering::Greater) | None => return false,
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

impl<K: Chain + Clone, V: Chain + Clone> Chain for Lex<K, V> {}

impl<K: Chain + Bottom + Clone, V: Bottom + Clone> Bottom for Lex<K, V> {
    fn bottom() -> Self {
        Self { key: K::bottom(), value: V::bottom() }
    }

    fn is_bottom(&self) -> bool {
        self.key.is_bottom() && self.value.is_bottom()
    }
}

impl<K: Chain + Top + Clone, V: Top + Clone> Top for Lex<K, V> {
    fn top() -> Self {
        Self { key: K::top(), value: V::top() }
    }

    fn is_top(&self) -> bool {
        self.key.is_top() && self.value.is_top()
    }
}

/// The lesser key, and under equal keys the meet of the values.
impl<K: Chain + Clone, V: Meet + Clone> Meet for Lex<K, V> {
    fn meet(&mut self, other: Self) -> bool {
        match self.key.lattice_cmp(&other.key) {
            Some(Ordering::Greater) => *self = other,
            Some(Ordering::Equal) => return self.value.meet(other.value),
            Some(Ordering::Less) | None => return false,
        }
        true
    }
}

/// [`Delta::forged`] of a value, where `order` is that of the key here and its key. Of a value under a greater key nothing was written here, or the key would
/// be here too. One under any other key is never taken in.
pub(super) fn forged_value<V: Delta>(
    order: Option<Ordering>,
    here: &V,
    value: &V,
    writer: WriterId,
) -> Option<Forged> {
    let found = match order {
        Some(Ordering::Less) => V::bottom().forged(value, writer),
        Some(Ordering::Equal) => here.forged(value, writer),
        Some(Ordering::Greater) | None => None,
    };
    Some(found?.in_field("value"))
}

/// A conflict of the value that has forgotten what met stands for itself, as in the lattice of the values.
impl<K: Chain + Bottom + Clone, V: Delta> Delta for Lex<K, V> {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        match self.key.lattice_cmp(&delta.key) {
            Some(Ordering::Less) => {
                self.clone_from(&delta);
                Some(delta)
            }
            Some(Ordering::Equal) => Some(Self { value: self.value.absorb(delta.value)?, key: delta.key }),
            Some(Ordering::Greater) | None => None,
        }
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        match seen.key.lattice_cmp(&self.key) {
            Some(Ordering::Less) => Some(self.clone()),
            Some(Ordering::Equal) => {
                Some(Self { value: self.value.diff(&seen.value)?, key: self.key.clone() })
            }
            Some(Ordering::Greater) | None => None,
        }
    }

    fn forged(&self, delta: &Self, writer: WriterId) -> Option<Forged> {
        forged_value(self.key.lattice_cmp(&delta.key), &self.value, &delta.value, writer)
    }

    /// Those of the value, each under the key. A key alone is irreducible: whatever has a lesser one joins to a lesser one.
    fn parts(&self) -> impl Iterator<Item = Self> {
        let parts = (!self.is_bottom()).then(|| bottom_or_parts(&self.value));
        parts.into_iter().flatten().map(|value| Self { key: self.key.clone(), value })
    }
}

impl<K: Codec, V: Codec> Codec for Lex<K, V> {
    fn encode(&self, out: &mut Vec<u8>) {
        self.key.encode(out);
        self.value.encode(out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self { key: K::decode(input)?, value: V::decode(input)? })
    }

    fn describe(out: &mut Description) {
        out.is("Lex").part("key", K::describe).part("value", V::describe);
    }
}

/// Those of the key.
impl<K: Chain + Points + Clone, V: Lattice + Clone> Points for Lex<K, V> {
    type Point = K::Point;

    fn is_at_least(&self, point: &K::Point) -> bool {
        self.key.is_at_least(point)
    }
}

impl<K, V, A, B> Pair<A, B> for Lex<K, V>
where
    K: Chain + Points + Clone + Pair<Through<Self, A>, Through<Self, B>>,
    V: Lattice + Clone,
{
    const VERDICT: Verdict = K::VERDICT;
}

#[cfg(test)]
use crate::{Flat, Max};

#[cfg(test)]
fn pairs<K: Copy, V: Copy>(keys: impl IntoIterator<Item = K>, values: &[V]) -> Vec<Lex<K, V>> {
    keys.into_iter().flat_map(|key| values.iter().map(move |&value| Lex { key, value })).collect()
}

crate::laws!(
    Lex<Max<u8>, Flat<u8>>,
    pairs([0, 1, 255].map(Max), &[Flat::Bottom, Flat::Value(1), Flat::Conflict])
);
crate::laws!(chain: Lex<Max<u8>, Max<u8>>, pairs([0, 1, 255].map(Max), &[0, 1, 255].map(Max)));
