//! Sets and maps beside the concurrent maps that programs use. All have the same hasher, and the threads different keys.

use std::collections::{HashMap, HashSet};
use std::hint::black_box;
use std::pin::Pin;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use dashmap::{DashMap, DashSet};
use hashbrown::DefaultHashBuilder;
use lattice_core::{DenseSet, Flat};
use lvar_runtime::{LVar, LVarType};
use lvars_benches::{BEST, Contest, Goal, clock, is_short, turn};

const THREADS: usize = 2;

fn main() {
    let n_rounds = if is_short() { 5 } else { 15 };
    let keys: Vec<u64> = (0..1_000_000_u64).map(spread).collect();
    let names: Vec<String> = (0..500_000).map(|i| format!("user/{:012x}", spread(i) >> 16)).collect();
    let insert = Goal { must: 0.8, stretch: 0.4 };
    for n_threads in [1, THREADS] {
        sets(
            format!("1,000,000 u64 into a set, {n_threads} thread(s): time an insert of a thread"),
            &keys,
            n_threads,
        )
        .judge(n_rounds, &[(BEST, insert)]);
    }
    at_once(&keys).run(n_rounds);
    gets(&keys).judge(n_rounds, &[("papaya", Goal { must: 0.7, stretch: 0.45 })]);
    for n_threads in [1, THREADS] {
        maps(
            format!("500,000 String into a map, {n_threads} thread(s): time an insert of a thread"),
            &names,
            n_threads,
        )
        .judge(n_rounds, &[(BEST, Goal { must: 1.1, stretch: 0.8 })]);
    }
    dense(n_rounds);
    small(n_rounds);
}

/// Random numbers (splitmix64): any simpler sequence has an order that one table or another profits from.
fn spread(i: u64) -> u64 {
    let mut bits = i.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ bits >> 31
}

/// Each thread does its part of the keys; what the table holds is freed outside the measured time.
fn each<K: Sync, T: Sync>(
    keys: &[K],
    n_threads: usize,
    table: T,
    write: impl Fn(&T, &K) -> bool + Sync,
) -> Duration {
    let time = turn(n_threads, |thread| {
        for key in keys.iter().skip(thread).step_by(n_threads) {
            black_box(write(&table, key));
        }
    });
    drop(table);
    time
}

fn sets(title: String, keys: &[u64], n_threads: usize) -> Contest<'_> {
    Contest::new(title, (keys.len() / n_threads) as u32)
        .side("LVar", move || {
            each(keys, n_threads, LVar::<HashSet<u64>>::new(), |set, key| set.insert(*key).is_ok())
        })
        .side("dashmap", move || {
            each(keys, n_threads, DashSet::with_hasher(hasher()), |set, key| set.insert(*key))
        })
        .side("papaya", move || {
            each(keys, n_threads, papaya::HashSet::with_hasher(hasher()), |set, key| set.pin().insert(*key))
        })
        .side("scc", move || {
            each(keys, n_threads, scc::HashSet::with_hasher(hasher()), |set, key| {
                set.insert_sync(*key).is_ok()
            })
        })
}

/// The same elements, by a call for all that a thread has; a peer's `extend` is a loop of inserts.
fn at_once(keys: &[u64]) -> Contest<'_> {
    Contest::new(
        "1,000,000 u64 into a set, 2 threads, all at once: time an element of a thread",
        (keys.len() / THREADS) as u32,
    )
    .side("LVar, insert_all", move || {
        let set = LVar::<HashSet<u64>>::new();
        let time = turn(THREADS, |thread| {
            set.insert_all(keys.iter().skip(thread).step_by(THREADS).copied()).expect("nobody freezes it");
        });
        drop(set);
        time
    })
    .side("dashmap, insert", move || {
        each(keys, THREADS, DashSet::with_hasher(hasher()), |set, key| set.insert(*key))
    })
    .side("parking_lot::Mutex<HashSet>, insert", move || {
        let set = parking_lot::Mutex::new(HashSet::with_hasher(hasher()));
        each(keys, THREADS, set, |set, key| set.lock().insert(*key))
    })
}

fn gets(keys: &[u64]) -> Contest<'_> {
    let ours = LVar::<HashMap<u64, Flat<u64>>>::new();
    let dashmap = DashMap::with_hasher(hasher());
    let papaya = papaya::HashMap::with_hasher(hasher());
    let scc = scc::HashMap::with_hasher(hasher());
    for key in keys {
        ours.key(key).put(*key).expect("the only value");
        dashmap.insert(*key, *key);
        papaya.pin().insert(*key, *key);
        scc.insert_sync(*key, *key).expect("the only value");
    }
    Contest::new(
        "1,000,000 u64 out of a map, 2 threads: time a get of a thread",
        (keys.len() / THREADS) as u32,
    )
    .side("LVar", move || each(keys, THREADS, &ours, |map, key| now(map.key(key).decided()) == Some(*key)))
    .side("papaya", move || {
        each(keys, THREADS, &papaya, |map, key| map.pin().get(key).copied() == Some(*key))
    })
    .side("dashmap", move || {
        each(keys, THREADS, &dashmap, |map, key| map.get(key).map(|value| *value) == Some(*key))
    })
    .side("scc", move || {
        each(keys, THREADS, &scc, |map, key| map.read_sync(key, |_, value| *value) == Some(*key))
    })
}

fn maps(title: String, names: &[String], n_threads: usize) -> Contest<'_> {
    let value = |name: &String| name.len() as u64;
    Contest::new(title, (names.len() / n_threads) as u32)
        .side("LVar", move || {
            let map = LVar::<HashMap<String, Flat<u64>>>::new();
            each(names, n_threads, map, |map, name| map.key(name).put(value(name)).is_ok())
        })
        .side("dashmap", move || {
            let map = DashMap::with_hasher(hasher());
            each(names, n_threads, map, |map, name| map.insert(name.clone(), value(name)).is_none())
        })
        .side("papaya", move || {
            let map = papaya::HashMap::with_hasher(hasher());
            each(names, n_threads, map, |map, name| map.pin().insert(name.clone(), value(name)).is_none())
        })
        .side("parking_lot::RwLock<HashMap>", move || {
            let map = parking_lot::RwLock::new(HashMap::with_hasher(hasher()));
            each(names, n_threads, map, |map, name| map.write().insert(name.clone(), value(name)).is_none())
        })
        .side("scc", move || {
            let map = scc::HashMap::with_hasher(hasher());
            each(names, n_threads, map, |map, name| map.insert_sync(name.clone(), value(name)).is_ok())
        })
}

/// As of the nodes of a graph, reached by ten edges each: one put in ten is news.
fn dense(n_rounds: usize) {
    const NODES: u64 = 1_000_000;
    let edges: Vec<u32> = (0..10 * NODES).map(|i| (spread(i) % NODES) as u32).collect();
    let edges = &edges[..];
    let bits = || (0..NODES / 64 + 1).map(|_| AtomicU64::new(0)).collect::<Vec<_>>();
    Contest::new(
        "10,000,000 u32 below 1,000,000 into a set, 2 threads: time a put of a thread",
        (edges.len() / THREADS) as u32,
    )
    .side("LVar<DenseSet>", || {
        each(edges, THREADS, LVar::<DenseSet<u32>>::new(), |set, node| set.insert(*node).is_ok())
    })
    .side("LVar<HashSet>", || {
        each(edges, THREADS, LVar::<HashSet<u32>>::new(), |set, node| set.insert(*node).is_ok())
    })
    .side("dashmap", || each(edges, THREADS, DashSet::with_hasher(hasher()), |set, node| set.insert(*node)))
    .side("bits, fetch_or", || {
        each(edges, THREADS, bits(), |bits, node| {
            // Relaxed: the weakest there is, so that nothing flatters us.
            bits[*node as usize / 64].fetch_or(1 << (node % 64), Ordering::Relaxed) != 0
        })
    })
    .judge(n_rounds.min(5), &[("dashmap", Goal { must: 0.2, stretch: 0.1 })]);
}

/// As of a map from variables to the sets of what they may be.
fn small(n_rounds: usize) {
    const SETS: u32 = 63_000;
    const ELEMENTS: u32 = 5;
    fn fill<T>(make: impl Fn() -> T, insert: impl Fn(&T, u32)) -> Duration {
        let (time, sets) = clock::timed(|| {
            let sets: Vec<T> = (0..SETS).map(|_| make()).collect();
            sets.iter().for_each(|set| (0..ELEMENTS).for_each(|element| insert(set, black_box(element))));
            sets
        });
        drop(sets);
        time
    }
    Contest::new(
        "63,000 sets of five u32, one thread: time an insert, the set's creation included",
        SETS * ELEMENTS,
    )
    .side("LVar", || fill(LVar::<HashSet<u32>>::new, |set, element| set.insert(element).expect("it grows")))
    .side("Mutex<HashSet>", || {
        let make = || Mutex::new(HashSet::with_hasher(hasher()));
        fill(make, |set, element| assert!(set.lock().expect("nobody panics").insert(element)))
    })
    .side("parking_lot::Mutex<HashSet>", || {
        let make = || parking_lot::Mutex::new(HashSet::with_hasher(hasher()));
        fill(make, |set, element| assert!(set.lock().insert(element)))
    })
    .side("scc", || {
        fill(|| scc::HashSet::with_hasher(hasher()), |set, element| assert!(set.insert_sync(element).is_ok()))
    })
    .side("dashmap", || {
        fill(
            || DashSet::with_hasher(hasher()),
            |set: &DashSet<_, _>, element| {
                set.insert(element);
            },
        )
    })
    .run(n_rounds);
}

fn hasher() -> DefaultHashBuilder {
    DefaultHashBuilder::default()
}

/// What a read answers at once.
fn now<T, E>(mut read: impl Future<Output = Result<T, E>> + Unpin) -> Option<T> {
    match Pin::new(&mut read).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer.ok(),
        Poll::Pending => None,
    }
}
