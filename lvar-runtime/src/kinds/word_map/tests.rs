//! Does a map of words keep what the map of LVars promises?
//!
//! - it holds the join of all puts, of any key
//! - a read of the map waits for the value under a key
//! - a frozen map refuses what would change it, and nothing else
//! - a handler has seen the last growth of each value, that before it was attached included

use std::sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering},
};

use lattice_core::{DenseMap, Max, Min};

use super::WordMapLVar;
use crate::{
    level::Outside,
    lvar::{LVarType, Put},
    par,
};

type Scores = WordMapLVar<u32, Max<u64>>;

#[test]
fn it_holds_the_join_of_all_puts() {
    let scores = Scores::new();
    for (key, value) in [(3, 5), (200, 1), (3, 4), (0, 0)] {
        scores.key(key).put(value).unwrap();
    }
    scores.put(DenseMap::from([(200, Max(7))])).unwrap();
    assert_eq!(scores.snapshot(Outside::here()), DenseMap::from([(3, Max(5)), (200, Max(7))]));
    assert_eq!(scores.into_value(), Ok(DenseMap::from([(3, Max(5)), (200, Max(7))])));
}

#[test]
fn a_read_waits_for_the_value_under_a_key() {
    let scores = Scores::named("scores");
    let wanted = || scores.at_least([(70, Max(5))]);
    assert_eq!(wanted().why(Outside::here()), ["scores[70]: 0, waiting for at least 5 (5 more)"]);
    let read = par::run(async |p| {
        let read = p.spawn(wanted());
        p.fork(|_| [1, 9].into_iter().try_for_each(|value| scores.key(70).put(value)));
        read.await
    });
    assert_eq!(read, Ok(Ok(())));
}

#[test]
fn a_frozen_map_refuses_what_would_change_it() {
    let scores = Scores::named("scores");
    scores.key(1).put(5).unwrap();
    let waits = scores.at_least([(2, Max(1))]);
    let frozen = scores.freeze(Outside::here()).unwrap();
    assert!(scores.key(1).put(5).is_ok() && scores.key(9).put(0).is_ok());
    let refused = [scores.key(1).put(6), scores.key(1).put(6), scores.key(900).put(1)];
    assert!(refused.iter().all(Result::is_err));
    assert!(refused[0].as_ref().unwrap_err().to_string().contains("scores[1]"), "{refused:?}");
    assert_eq!(scores.freeze(Outside::here()), Ok(frozen.clone()));
    assert!(waits.wait().is_err(), "it can never be reached");
    assert_eq!(scores.into_value(), Ok(frozen));
}

#[test]
fn a_handler_sees_the_last_growth_of_each_value() {
    const N: u32 = 500;
    for n_workers in [1, 3] {
        let scores = Scores::new();
        scores.key(7).put(1).unwrap();
        let (last, n_calls) = (Mutex::new(DenseMap::new()), AtomicUsize::new(0));
        par::run_on(n_workers, async |p| {
            scores.on_change_batch(&p.pool(), |_, changed| {
                n_calls.fetch_add(1, Ordering::Relaxed);
                let mut last = last.lock().unwrap();
                for (key, value) in changed {
                    last.put(*key, *value);
                }
            });
            p.par_for(0..4 * N, |i| scores.key(i % N).put(u64::from(i) + 1)).await;
        })
        .unwrap();
        let expected: DenseMap<u32, Max<u64>> =
            (0..N).map(|key| (key, Max(u64::from(key + 3 * N) + 1))).collect();
        assert_eq!(last.into_inner().unwrap(), expected);
        assert!(n_calls.into_inner() < 4 * N as usize, "growth of a block coalesces");
        assert_eq!(scores.into_value(), Ok(expected));
    }
}

#[test]
fn two_handlers_each_see_everything_and_a_later_run_goes_on() {
    let labels = WordMapLVar::<u32, Min<u32>>::new();
    for run in 0..2 {
        let seen = [(); 2].map(|()| Mutex::new(DenseMap::new()));
        par::run(async |p| {
            let pool = p.pool();
            for seen in &seen {
                labels.on_change_batch(&pool, |_, changed| {
                    changed.iter().for_each(|(key, value)| _ = seen.lock().unwrap().put(*key, *value));
                });
            }
            (0..300).try_for_each(|key| labels.key(key).put(1_000 - key - run))
        })
        .unwrap()
        .unwrap();
        for seen in seen {
            assert_eq!(seen.into_inner().unwrap(), labels.snapshot(Outside::here()));
        }
    }
}
