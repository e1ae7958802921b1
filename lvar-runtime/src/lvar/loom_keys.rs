//! Maps, and values behind one lock, under every schedule that the checker can tell apart: as `loom_models.rs`.

use std::{collections::BTreeMap, ptr, sync::Arc};

use lattice_core::{Any, Flat, Lattice};
use loom::thread;

use super::{
    LVarType, Put,
    loom_models::{bounded, n_wakes},
};
use crate::{
    kinds::{LockedLVar, MapLVar},
    level::Outside,
};

type Map<V> = MapLVar<u8, V, BTreeMap<u8, V>>;

/// The key may come before the reader looks, or between its two looks, or after them; and the value after the key.
#[test]
fn a_put_under_a_key_wakes_who_waits_for_its_value() {
    bounded(|| {
        let n_wakes = n_wakes(
            Map::<Any>::new(),
            |map: Arc<Map<Any>>| async move { map.at_least(BTreeMap::from([(7, Any(true))])).await },
            |map| map.key(&7).put(true).unwrap(),
        );
        assert!(n_wakes.is_none_or(|n| n <= 2), "by the key and by the value");
    });
}

#[test]
fn a_decision_under_a_key_wakes_who_waits_for_it() {
    bounded(|| {
        let n_wakes = n_wakes(
            Map::<Flat<u8>>::new(),
            |map: Arc<Map<Flat<u8>>>| async move { map.key(&7).decided().await },
            |map| map.key(&7).put(3).unwrap(),
        );
        assert!(n_wakes.is_none_or(|n| n <= 2), "by the key and by the value");
    });
}

/// The put may make the key before the freeze and come too late for the value.
#[test]
fn a_frozen_map_has_what_was_not_refused() {
    bounded(|| {
        let map = Arc::new(Map::<Any>::new());
        let writer = thread::spawn({
            let map = Arc::clone(&map);
            move || map.key(&7).put(true).is_ok()
        });
        let frozen = map.freeze(Outside::here()).unwrap();
        assert_eq!(writer.join().unwrap(), frozen.get(&7) == Some(&Any(true)));
        assert_eq!(map.freeze(Outside::here()).unwrap(), frozen);
    });
}

#[test]
fn a_value_that_two_make_at_once_under_one_key_is_one_lvar() {
    bounded(|| {
        let map = Arc::new(Map::<Any>::new());
        let other = thread::spawn({
            let map = Arc::clone(&map);
            move || ptr::from_ref(map.key(&7).or_bottom().unwrap()).addr()
        });
        let one = ptr::from_ref(map.key(&7).or_bottom().unwrap()).addr();
        assert_eq!(other.join().unwrap(), one);
    });
}

#[test]
fn a_frozen_value_behind_a_lock_never_changes() {
    bounded(|| {
        let lvar = Arc::new(LockedLVar::<Option<Any>>::new());
        let writers = [false, true].map(|value| {
            let lvar = Arc::clone(&lvar);
            thread::spawn(move || (value, lvar.put(Some(Any(value))).is_ok()))
        });
        let frozen = lvar.freeze(Outside::here()).unwrap();
        for writer in writers {
            let (value, accepted) = writer.join().unwrap();
            assert_eq!(accepted, Some(Any(value)).leq(&frozen), "{value} and {frozen:?}");
        }
        assert_eq!(lvar.freeze(Outside::here()).unwrap(), frozen);
    });
}
