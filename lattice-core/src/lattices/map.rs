//! Std's maps, joined key by key.
//!
//! ```text
//!     {k: ⊤}            (f ⊔ g)(k) = f(k) ⊔ g(k), where an absent key is below every value
//!       │
//!     {k: ⊥}            in conflict iff the value under some key is
//!       │
//!       {}              bottom
//! ```
//!
//! An absent key is strictly below a present one whose value is bottom. A join by value puts the smaller map into the larger,
//! whichever the receiver is, and still answers whether the *receiver* grew; a join by reference clones what is new only, unless the argument is much larger than the receiver, and
//! allocates nothing if nothing is. A threshold looks under a key: `field[key] >= value`.
//!
//! As a replicated type it is the grow-only map, which is not in INRIA RR-7506. Its delta is a map of the keys that are written, each with the delta of its value, and
//! it costs nothing beside keys and values.
//!
//! Traps: no key is ever taken out. To write the bottom under a key that is absent is a write. A delta of a value is made from what is there
//! under the key, or two writes of one writer count as one.
//!
//! As with the sets, the receiver keeps its entries whatever a comparison or a hash does.

use alloc::{
    collections::{BTreeMap, btree_map::Entry},
    vec::Vec,
};
use core::{borrow::Borrow, cmp::Ordering, fmt::Debug};

use crate::{
    codec::{Codec, DecodeError, Decoder, encode_unsigned},
    conflict::Conflict,
    crdt::WriterId,
    delta::Delta,
    forged::Forged,
    lattice::{Bottom, Lattice},
    lattices::{
        option::bottom_or_parts,
        product::product_cmp,
        set::{few_enough, go_on_to, is_dwarfed, is_plain},
    },
    schema::Description,
    strategies::Union,
    threshold::{AtKey, HasKey},
};

/// Moves `from` into `into`; whether the value under any key that both have grew.
fn pour_ordered<K: Ord + Clone, V: Lattice + Clone>(into: &mut BTreeMap<K, V>, from: BTreeMap<K, V>) -> bool {
    let mut grew = false;
    if few_enough(from.len(), into.len()) {
        for (key, value) in from {
            match into.entry(key) {
                Entry::Occupied(mut slot) => grew |= slot.get_mut().join(value),
                Entry::Vacant(slot) => drop(slot.insert(value)),
            }
        }
        return grew;
    }
    // Side by side, so that what both have costs linear time; what is missing goes in afterwards.
    let mut missing = Vec::new();
    let mut slots = into.iter_mut().peekable();
    for (key, value) in from {
        match go_on_to(&mut slots, &key) {
            Some(slot) => grew |= slot.join(value),
            None => missing.push((key, value)),
        }
    }
    put_missing(into, missing);
    grew
}

/// Takes in, in ascending order, entries under keys that are not there.
pub(crate) fn put_missing<K: Ord + Clone, V: Clone>(into: &mut BTreeMap<K, V>, missing: Vec<(K, V)>) {
    if missing.len() <= into.len() / 2 {
        return into.extend(missing);
    }
    // In linear time; into a copy, since a comparison that panics inside of `append` loses both maps.
    let mut all = into.clone();
    all.append(&mut missing.into_iter().collect());
    *into = all;
}

/// Joins `value` in under `key`, in one search where a copy of the key costs less than a second one; whether `into` grew.
fn add_entry<K: Ord + Clone, V: Lattice + Clone>(into: &mut BTreeMap<K, V>, key: &K, value: &V) -> bool {
    if is_plain::<K>() {
        match into.entry(key.clone()) {
            Entry::Occupied(mut slot) => return slot.get_mut().join_ref(value),
            Entry::Vacant(slot) => drop(slot.insert(value.clone())),
        }
    } else if let Some(slot) = into.get_mut(key) {
        return slot.join_ref(value);
    } else {
        into.insert(key.clone(), value.clone());
    }
    true
}

/// Joins `from` into `into`; whether `into` grew.
fn add_ordered<K, V>(into: &mut BTreeMap<K, V>, from: &BTreeMap<K, V>) -> bool
where
    K: Ord + Clone,
    V: Lattice + Clone,
{
    let mut grew = false;
    if few_enough(from.len(), into.len()) {
        for (key, value) in from {
            grew |= add_entry(into, key, value);
        }
        return grew;
    }
    let mut missing = Vec::new();
    let mut slots = into.iter_mut().peekable();
    for (key, value) in from {
        match go_on_to(&mut slots, key) {
            Some(slot) => grew |= slot.join_ref(value),
            None => missing.push((key.clone(), value.clone())),
        }
    }
    grew |= !missing.is_empty();
    put_missing(into, missing);
    grew
}

/// A map in canonical form: the number of entries, then the entries in ascending order of their keys.
fn encode_sorted<'a, K: Codec + 'a, V: Codec + 'a>(
    entries: impl ExactSizeIterator<Item = (&'a K, &'a V)>,
    out: &mut Vec<u8>,
) {
    encode_unsigned(entries.len() as u64, out);
    for (key, value) in entries {
        key.encode(out);
        value.encode(out);
    }
}

/// Reads what [`encode_sorted`] wrote. The number of entries is not trusted: memory grows with the entries that are there.
fn decode_sorted<K: Codec + Ord, V: Codec>(input: &mut Decoder<'_>) -> Result<Vec<(K, V)>, DecodeError> {
    input.nested(|input| {
        let n_entries = input.unsigned()?;
        if n_entries > 0 {
            input.first_node::<(K, V)>()?;
        }
        let mut entries: Vec<(K, V)> = Vec::new();
        for _ in 0..n_entries {
            input.element::<(K, V)>()?;
            let key = K::decode(input)?;
            if entries.last().is_some_and(|(last, _)| *last >= key) {
                return Err(input.error("the keys of a map are not in ascending order"));
            }
            entries.push((key, V::decode(input)?));
        }
        Ok(entries)
    })
}

macro_rules! map {
    (
        $map:ident<K, V $(, $state:ident: $hasher:path)?>, K: [$($key:tt)+], Q: [$($borrowed:tt)+],
        $pour:ident, $add:ident
    ) => {
        /// Key by key, where an absent key is strictly below every value, a bottom included.
        impl<K: $($key)+ + Clone + Debug, V: Lattice + Clone $(, $state: $hasher)?> Lattice for $map<K, V $(, $state)?> {
            fn join(&mut self, mut other: Self) -> bool {
                let n_before = self.len();
                if n_before < other.len() {
                    // Copies, so that a panic leaves the receiver as it was. It lacks a key of `other`, so it grows.
                    $add(&mut other, self);
                    *self = other;
                    return true;
                }
                let grew = $pour(self, other);
                grew || self.len() > n_before
            }

            fn join_ref(&mut self, other: &Self) -> bool
            where
                Self: Clone,
            {
                if is_dwarfed(self.len(), other.len()) {
                    return self.join(other.clone());
                }
                $add(self, other)
            }

            fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
                let sizes = self.len().cmp(&other.len());
                let (few, many) = if sizes.is_le() { (self, other) } else { (other, self) };
                let mut order = Some(sizes);
                for (key, value) in few {
                    // A key that only one map has puts that map above, so if the smaller has one, neither is below the other.
                    let beside = many.get(key)?;
                    let (left, right) = if sizes.is_le() { (value, beside) } else { (beside, value) };
                    order = product_cmp(order, || left.lattice_cmp(right));
                    order?;
                }
                order
            }

            fn leq(&self, other: &Self) -> bool {
                self.len() <= other.len()
                    && self.iter().all(|(key, value)| other.get(key).is_some_and(|above| value.leq(above)))
            }

            // The least of all reports, so that it does not depend on the order in which a map is walked.
            fn conflict(&self) -> Option<Conflict> {
                self.iter().filter_map(|(key, value)| Some(value.conflict()?.at_key(key))).min()
            }

            // Walks `other` only: a delta is small, and the map it is joined into is not.
            fn incompatible(&self, other: &Self) -> Option<Conflict> {
                let met = other.iter().filter_map(|(key, value)| {
                    let conflict = match self.get(key) {
                        Some(here) => here.incompatible(value),
                        None => value.conflict(),
                    };
                    Some(conflict?.at_key(key))
                });
                met.min()
            }
        }

        impl<K: $($key)+ + Clone + Debug, V: Lattice + Clone $(, $state: $hasher + Default)?> Bottom
            for $map<K, V $(, $state)?>
        {
            fn bottom() -> Self {
                Self::default()
            }

            fn is_bottom(&self) -> bool {
                self.is_empty()
            }
        }

        impl<K: $($key)+ + Clone + Debug, V: Delta $(, $state: $hasher + Default + Clone)?> Delta
            for $map<K, V $(, $state)?>
        {
            fn absorb(&mut self, delta: Self) -> Option<Self> {
                let mut news = Self::default();
                for (key, value) in delta {
                    let new = match self.get_mut(&key) {
                        Some(slot) => slot.absorb(value),
                        None => {
                            self.insert(key.clone(), value.clone());
                            Some(value)
                        }
                    };
                    if let Some(new) = new {
                        news.insert(key, new);
                    }
                }
                (!news.is_empty()).then_some(news)
            }

            fn diff(&self, seen: &Self) -> Option<Self> {
                let mut missing = Self::default();
                for (key, value) in self {
                    let part = match seen.get(key) {
                        Some(seen) => value.diff(seen),
                        None => Some(value.clone()),
                    };
                    if let Some(part) = part {
                        missing.insert(key.clone(), part);
                    }
                }
                (!missing.is_empty()).then_some(missing)
            }

            fn forged(&self, delta: &Self, writer: WriterId) -> Option<Forged> {
                delta.iter().find_map(|(key, value)| {
                    let alarm = match self.get(key) {
                        Some(here) => here.forged(value, writer),
                        None => V::bottom().forged(value, writer),
                    };
                    Some(alarm?.at_key(key))
                })
            }

            fn parts(&self) -> impl Iterator<Item = Self> {
                self.iter().flat_map(|(key, value)| {
                    bottom_or_parts(value).map(|part| Self::from_iter([(key.clone(), part)]))
                })
            }
        }

        impl<K: $($key)+ + Clone + Debug, V: Lattice + Clone $(, $state: $hasher)?> HasKey for $map<K, V $(, $state)?> {
            type Key = K;
            type Value = V;
        }

        impl<K: $($key)+ + Borrow<Q>, Q: $($borrowed)+ + ?Sized, V $(, $state: $hasher)?, W: ?Sized> AtKey<Q, W>
            for $map<K, V $(, $state)?>
        {
            type Value = V;

            fn at_key<R>(&self, key: &Q, watch: &mut W, then: impl FnOnce(&V, &mut W) -> Option<R>) -> Option<R> {
                then(self.get(key)?, watch)
            }
        }

        impl<K: $($key)+ + Clone + Debug, V: Lattice + Clone $(, $state: $hasher)?> Union for $map<K, V $(, $state)?> {}
    };
}

map!(BTreeMap<K, V>, K: [Ord], Q: [Ord], pour_ordered, add_ordered);

impl<K: Codec + Ord, V: Codec> Codec for BTreeMap<K, V> {
    fn encode(&self, out: &mut Vec<u8>) {
        encode_sorted(self.iter(), out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(decode_sorted(input)?.into_iter().collect())
    }

    fn describe(out: &mut Description) {
        out.is("map").part("key", K::describe).part("value", V::describe);
    }
}

/// The same for a map that finds its keys by their hashes: `hashed!(module: its path, that of its entries, for the feature that has it)`.
macro_rules! hashed {
    ($module:ident: $($path:ident)::+, $($entry:ident)::+, for $feature:literal) => {
        #[cfg(feature = $feature)]
        mod $module {
            use core::hash::{BuildHasher, Hash};

            use $($path)::+ as HashedMap;
            use $($entry)::+ as HashedEntry;

            use super::{
                Description, AtKey, Borrow, Bottom, Codec, Conflict, Debug, DecodeError, Decoder, Delta, Forged, HasKey, Lattice, Ordering,
                Union, Vec, WriterId, bottom_or_parts, decode_sorted, encode_sorted, is_dwarfed, product_cmp,
            };

            fn pour<K, V, S>(into: &mut HashedMap<K, V, S>, from: HashedMap<K, V, S>) -> bool
            where
                K: Eq + Hash,
                V: Lattice,
                S: BuildHasher,
            {
                let mut grew = false;
                for (key, value) in from {
                    // An entry makes room only once it is known to be vacant.
                    match into.entry(key) {
                        HashedEntry::Occupied(mut slot) => grew |= slot.get_mut().join(value),
                        HashedEntry::Vacant(slot) => drop(slot.insert(value)),
                    }
                }
                grew
            }

            // Looking before inserting: an insertion makes room before it knows whether it needs any.
            fn add<K, V, S>(into: &mut HashedMap<K, V, S>, from: &HashedMap<K, V, S>) -> bool
            where
                K: Eq + Hash + Clone,
                V: Lattice + Clone,
                S: BuildHasher,
            {
                let mut grew = false;
                for (key, value) in from {
                    match into.get_mut(key) {
                        Some(slot) => grew |= slot.join_ref(value),
                        None => {
                            into.insert(key.clone(), value.clone());
                            grew = true;
                        }
                    }
                }
                grew
            }

            map!(HashedMap<K, V, S: BuildHasher>, K: [Eq + Hash], Q: [Eq + Hash], pour, add);

            /// Sorted like a `BTreeMap`, so that the two have the same canonical form.
            impl<K: Codec + Ord + Hash, V: Codec, S: BuildHasher + Default> Codec for HashedMap<K, V, S> {
                fn encode(&self, out: &mut Vec<u8>) {
                    let mut sorted: Vec<(&K, &V)> = self.iter().collect();
                    sorted.sort_unstable_by_key(|(key, _)| *key);
                    encode_sorted(sorted.into_iter(), out);
                }

                fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                    let entries = decode_sorted(input)?;
                    input.hashed_table::<(K, V)>(entries.len())?;
                    Ok(entries.into_iter().collect())
                }

                fn describe(out: &mut Description) {
                    out.is("map").part("key", K::describe).part("value", V::describe);
                }
            }
        }
    };
}

hashed!(of_std: std::collections::HashMap, std::collections::hash_map::Entry, for "std");
hashed!(of_hashbrown: hashbrown::HashMap, hashbrown::hash_map::Entry, for "hashbrown");
hashed!(of_indexmap: indexmap::IndexMap, indexmap::map::Entry, for "indexmap");
