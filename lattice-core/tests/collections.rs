//! Sets, maps, products and counters on random states, those of the features included.
//!
//! 1. the laws hold, those of deltas and of the canonical form included;
//! 2. `diff` is the least state that is enough, since all of these lattices are distributive;
//! 3. any bytes are either the canonical form of a state or refused: what decodes encodes to the same bytes;
//! 4. a join by value answers for the receiver, whichever side is poured into the other;
//! 5. joining what is known allocates nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
#[cfg(any(feature = "hashbrown", feature = "indexmap"))]
use std::hash::RandomState;

use lattice_core::{
    All, Any, Flat, GCounter, Lattice, Max, Min, PnCounter, WriterId,
    codec::Codec,
    laws::{self, Violation},
};
use proptest::{collection::vec, prelude::*};

fn all_laws<T: laws::Sample + lattice_core::Delta + Codec>(samples: &[T]) -> Result<(), Violation> {
    laws::lattice(samples)?;
    laws::bottom(samples)?;
    laws::delta(samples)?;
    laws::codec(samples)
}

macro_rules! promises {
    ($name:ident: $type:ty, $states:expr) => {
        mod $name {
            use super::*;

            fn states() -> impl Strategy<Value = $type> {
                $states
            }

            proptest! {
                #[test]
                fn the_laws_hold(a in states(), b in states(), c in states()) {
                    all_laws(&[a, b, c])?;
                }

                #[test]
                fn diff_is_least(a in states(), seen in states(), other in states()) {
                    use lattice_core::Delta;
                    let target = seen.clone().joined(a.clone());
                    let enough = other.joined(a.clone());
                    if target.conflict().is_none() && seen.clone().joined(enough.clone()) == target {
                        prop_assert!(a.diff(&seen).is_none_or(|diff| diff.leq(&enough)));
                    }
                }

                #[test]
                fn any_bytes_are_canonical_or_refused(bytes in vec(0_u8..8, 0..40)) {
                    if let Ok(state) = <$type>::from_bytes(&bytes) {
                        prop_assert_eq!(state.to_bytes(), bytes);
                    }
                }

                #[test]
                fn damaged_bytes_are_canonical_or_refused(
                    a in states(),
                    at in any::<prop::sample::Index>(),
                    byte in any::<u8>(),
                ) {
                    let mut bytes = a.to_bytes();
                    if !bytes.is_empty() {
                        let at = at.index(bytes.len());
                        bytes[at] = byte;
                    }
                    if let Ok(state) = <$type>::from_bytes(&bytes) {
                        prop_assert_eq!(state.to_bytes(), bytes);
                    }
                }
            }
        }
    };
}

/// Keys from a small range, so that states overlap; up to 40 of them, so that both ways to pour one into another are taken.
fn keys() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![vec(0_u8..6, 0..4), vec(0_u8..60, 0..40)]
}

fn flat() -> impl Strategy<Value = Flat<u8>> {
    prop_oneof![1 => Just(Flat::Bottom), 8 => (0_u8..3).prop_map(Flat::Value), 1 => Just(Flat::Conflict)]
}

fn entries<V: Strategy>(values: impl Fn() -> V) -> impl Strategy<Value = Vec<(u8, V::Value)>> {
    prop_oneof![vec((0_u8..6, values()), 0..4), vec((0_u8..60, values()), 0..40)]
}

fn counter() -> impl Strategy<Value = GCounter> {
    let count = prop_oneof![0_u64..4, Just(u64::MAX)];
    vec((0_u64..6, count), 0..6)
        .prop_map(|counts| counts.into_iter().map(|(writer, count)| (WriterId(writer), count)).collect())
}

promises!(btree_set: BTreeSet<u8>, keys().prop_map(BTreeSet::from_iter));
promises!(hash_set: HashSet<u8>, keys().prop_map(HashSet::<u8>::from_iter));
promises!(btree_map: BTreeMap<u8, Flat<u8>>, entries(flat).prop_map(BTreeMap::from_iter));
promises!(hash_map: HashMap<u8, Flat<u8>>, entries(flat).prop_map(HashMap::<u8, Flat<u8>>::from_iter));
promises!(
    nested: BTreeMap<u8, Option<Box<HashSet<String>>>>,
    entries(|| prop::option::of(vec("[a-c]{0,2}", 0..3).prop_map(|words| Box::new(HashSet::<String>::from_iter(words)))))
        .prop_map(BTreeMap::from_iter)
);
promises!(
    product: (Max<u8>, Min<i16>, BTreeSet<char>, Any, All, (Flat<u8>,)),
    (0_u8..3, 0_i16..3, vec(prop::char::range('a', 'c'), 0..3), any::<bool>(), any::<bool>(), flat()).prop_map(
        |(max, min, set, any, all, flat)| (Max(max), Min(min), BTreeSet::from_iter(set), Any(any), All(all), (flat,))
    )
);
promises!(grow_counter: GCounter, counter());
promises!(
    pn_counter: PnCounter,
    (counter(), counter()).prop_map(|(increments, decrements)| PnCounter::from_parts(increments, decrements))
);

#[cfg(feature = "hashbrown")]
promises!(hashbrown_set: hashbrown::HashSet<u8, RandomState>, keys().prop_map(FromIterator::from_iter));
#[cfg(feature = "hashbrown")]
promises!(hashbrown_map: hashbrown::HashMap<u8, Flat<u8>, RandomState>, entries(flat).prop_map(FromIterator::from_iter));
#[cfg(feature = "indexmap")]
promises!(index_set: indexmap::IndexSet<u8, RandomState>, keys().prop_map(FromIterator::from_iter));
#[cfg(feature = "indexmap")]
promises!(index_map: indexmap::IndexMap<u8, Flat<u8>, RandomState>, entries(flat).prop_map(FromIterator::from_iter));
#[cfg(feature = "fixedbitset")]
promises!(
    fixed_bit_set: fixedbitset::FixedBitSet,
    (vec(0_usize..200, 0..12), 0_usize..200).prop_map(|(elements, len)| {
        let mut set: fixedbitset::FixedBitSet = elements.into_iter().collect();
        set.grow(len);
        set
    })
);
#[cfg(feature = "roaring")]
promises!(
    roaring_bitmap: roaring::RoaringBitmap,
    vec(prop_oneof![0_u32..6, any::<u32>(), 0x1_0000_u32..0x1_0003], 0..12).prop_map(FromIterator::from_iter)
);
#[cfg(feature = "roaring")]
promises!(
    roaring_treemap: roaring::RoaringTreemap,
    vec(prop_oneof![0_u64..6, any::<u64>(), (1_u64 << 40)..(1 << 40) + 3], 0..12).prop_map(FromIterator::from_iter)
);

proptest! {
    #[test]
    fn equal_states_have_equal_bytes_whatever_holds_them(entries in entries(flat)) {
        let ordered = BTreeMap::from_iter(entries.iter().cloned());
        let hashed = HashMap::<u8, Flat<u8>>::from_iter(entries.into_iter().rev());
        let ordered_keys: BTreeSet<u8> = ordered.keys().copied().collect();
        let hashed_keys: HashSet<u8> = hashed.keys().copied().collect();
        prop_assert_eq!(ordered_keys.to_bytes(), hashed_keys.to_bytes());
        let hashed: HashMap<u8, Flat<u8>> = ordered.clone().into_iter().collect();
        prop_assert_eq!(ordered.to_bytes(), hashed.to_bytes());
    }

    #[test]
    fn the_small_side_of_a_join_answers_for_itself(small in 0_u8..3, large in vec(0_u8..60, 0..40)) {
        let large = HashSet::<u8>::from_iter(large);
        let mut receiver = HashSet::from([small]);
        let grows = large.iter().any(|element| *element != small);
        prop_assert_eq!(receiver.join(large), grows);
    }
}

#[test]
fn a_map_that_gains_no_key_and_no_value_does_not_grow() {
    let known = HashMap::from([(1, Max(1)), (2, Max(1))]);
    let mut receiver = HashMap::from([(1, Max(9)), (2, Max(9))]);
    assert!(!receiver.join(known.clone()));
    let mut receiver = HashMap::from([(1, Max(9))]);
    assert!(receiver.join(known), "it gains a key");
    assert_eq!(receiver, HashMap::from([(1, Max(9)), (2, Max(1))]));
}

#[test]
fn an_absent_key_is_strictly_below_a_present_bottom() {
    let absent = BTreeMap::<u8, Flat<u8>>::new();
    let present = BTreeMap::from([(1, Flat::<u8>::Bottom)]);
    assert!(absent.leq(&present));
    assert!(!present.leq(&absent));
}

/// Fills a collection to its capacity and joins an equal one in, by reference and by value.
macro_rules! joining_an_equal_one_keeps_the_capacity {
    ($($(#[$when:meta])? $name:ident: $collection:ty, |$full:ident, $n:ident| $insert:expr;)+) => {$(
        $(#[$when])?
        #[test]
        fn $name() {
            let full = fill_exactly(<$collection>::capacity, |$full, $n| _ = $insert);
            let (mut by_reference, mut by_value) = (full.clone(), full.clone());
            let before = (by_reference.capacity(), by_value.capacity());
            assert!(!by_reference.join_ref(&full));
            assert!(!by_value.join(full));
            assert_eq!((by_reference.capacity(), by_value.capacity()), before);
        }
    )+};
}

joining_an_equal_one_keeps_the_capacity! {
    of_a_hash_set: HashSet<u32>, |set, n| set.insert(n);
    of_a_hash_map: HashMap<u32, Max<u8>>, |map, n| map.insert(n, Max(1));
    #[cfg(feature = "hashbrown")]
    of_a_hashbrown_set: hashbrown::HashSet<u32, RandomState>, |set, n| set.insert(n);
    #[cfg(feature = "hashbrown")]
    of_a_hashbrown_map: hashbrown::HashMap<u32, Max<u8>, RandomState>, |map, n| map.insert(n, Max(1));
    #[cfg(feature = "indexmap")]
    of_an_index_set: indexmap::IndexSet<u32, RandomState>, |set, n| set.insert(n);
    #[cfg(feature = "indexmap")]
    of_an_index_map: indexmap::IndexMap<u32, Max<u8>, RandomState>, |map, n| map.insert(n, Max(1));
}

/// A collection with as many elements as it has room for, so that the next insertion would allocate.
fn fill_exactly<C: Default>(capacity: impl Fn(&C) -> usize, insert: impl Fn(&mut C, u32)) -> C {
    let mut collection = C::default();
    for n in 0..1000 {
        if n as usize == capacity(&collection) && n > 100 {
            break;
        }
        insert(&mut collection, n);
    }
    collection
}

#[test]
fn a_conflict_is_reported_under_its_key_and_the_same_in_every_hasher() {
    let written = |value| (0..20).map(|key| (key, Flat::Value(value))).collect::<HashMap<u8, _>>();
    let conflict = written(1).incompatible(&written(2)).unwrap();
    assert_eq!(conflict.path(), "[0]");
    assert_eq!(conflict.values(), Some(("1", "2")));
    let (mut left, right) = ((written(1), Any(false)), (written(2), Any(true)));
    left.join_ref(&right);
    assert_eq!(left.conflict().unwrap().path(), "0[0]");
}

/// A container of a bitmap is an array, a bitmap or a list of runs, by the number of its elements and by who made it.
#[cfg(feature = "roaring")]
#[test]
fn a_bitmap_joins_and_encodes_alike_however_it_is_stored() {
    use lattice_core::Delta;
    use roaring::RoaringBitmap;

    let few = RoaringBitmap::from_iter((0..3000).map(|n| n * 2));
    let many = RoaringBitmap::from_iter((0..30_000).map(|n| n * 2));
    let mut runs = RoaringBitmap::from_iter(0..60_000);
    assert!(runs.optimize());
    for (small, large) in [(&few, &many), (&few, &runs), (&many, &runs)] {
        assert!(small.leq(large) && !large.leq(small));
        let (mut from_small, mut from_large) = (small.clone(), large.clone());
        assert!(from_small.join_ref(large) && !from_large.join_ref(small));
        assert!(small.clone().join(large.clone()) && !large.clone().join(small.clone()));
        assert_eq!((&from_small, from_small.to_bytes()), (large, large.to_bytes()));
        assert_eq!(small.clone().joined(large.diff(small).unwrap()), *large);
        assert_eq!(RoaringBitmap::from_bytes(&large.to_bytes()).as_ref(), Ok(large));
    }
}
