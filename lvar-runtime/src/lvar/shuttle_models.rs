//! The promises of `README.md` with more threads and more steps than `loom_models.rs` can take: on random schedules, and on random ones with few
//! preemptions. Every wait here blocks its thread, so a wake-up that is lost is a deadlock, which the checker sees.
//!
//! The checker has one order of all operations: what weak memory may do is loom's to find.

use std::{
    collections::{BTreeMap, BTreeSet},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    task::{Context, Waker},
};

use lattice_core::{Any, DenseMap, DenseSet, Flat, GCounter, Max};
use shuttle::{
    rand::{Rng, thread_rng},
    thread,
};

use crate::{
    GetError, LVar, PutError,
    level::Outside,
    lvar::{Bump, Doorbell, FollowedAsOne, Growth, LVarType, Put, changes::Mark, marks::MarkOf},
};

/// Checks a model on as many schedules as `SHUTTLE_SCHEDULES` says, half of them with at most three preemptions.
fn checked(model: impl Fn() + Send + Sync + 'static) {
    let n_schedules = std::env::var("SHUTTLE_SCHEDULES").map_or(200, |n| n.parse().expect("a number"));
    let model = Arc::new(model);
    let too = Arc::clone(&model);
    shuttle::check_random(move || model(), n_schedules / 2);
    shuttle::check_pct(move || too(), n_schedules / 2, 3);
}

fn below(n: u32) -> u32 {
    thread_rng().gen_range(0..n)
}

/// A permit: the checker's threads are those of no run.
fn outside() -> Outside {
    Outside::here()
}

/// Polls a read once, and drops it.
fn give_up(mut read: impl Future + Unpin) {
    let _ = Pin::new(&mut read).poll(&mut Context::from_waker(Waker::noop()));
}

/// ```text
///   2 putters: up to 4, in two steps     3 readers: wait for 1..=4     1 reader: gives up
/// ```
#[test]
fn readers_of_a_word_are_all_woken_whoever_gives_up() {
    checked(|| {
        let word = Arc::new(LVar::<Max<u32>>::new());
        let mut threads = Vec::new();
        for _ in 0..2 {
            let (word, first) = (Arc::clone(&word), below(4));
            threads.push(thread::spawn(move || [first, 4].iter().try_for_each(|n| word.put(*n)).unwrap()));
        }
        for _ in 0..3 {
            let (word, least) = (Arc::clone(&word), 1 + below(4));
            threads.push(thread::spawn(move || word.at_least(least).wait().unwrap()));
        }
        let quitter = Arc::clone(&word);
        threads.push(thread::spawn(move || (1..4).for_each(|least| give_up(quitter.at_least(least)))));
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        assert_eq!(word.n_waiters(), 0);
    });
}

/// ```text
///   2 putters: the same value   1 putter: perhaps another one   3 readers: the decision   1 freezer, perhaps
/// ```
#[test]
fn readers_of_a_value_written_once_all_hear_the_same_or_of_the_conflict() {
    checked(|| {
        let flat = Arc::new(LVar::<Flat<u32>>::new());
        let putters = [1, 1, 1 + below(2)].map(|value| {
            let flat = Arc::clone(&flat);
            thread::spawn(move || flat.put(value))
        });
        let readers = [(); 3].map(|()| {
            let flat = Arc::clone(&flat);
            thread::spawn(move || flat.decided().wait())
        });
        let freezer = (below(2) == 0).then(|| {
            let flat = Arc::clone(&flat);
            thread::spawn(move || flat.freeze(outside()))
        });
        let put = putters.map(|putter| putter.join().unwrap());
        let read = readers.map(|reader| reader.join().unwrap());
        let frozen = freezer.map(|freezer| freezer.join().unwrap());
        let decided: BTreeSet<u32> = read.iter().flatten().copied().collect();
        assert!(decided.len() <= 1, "{read:?}");
        for refused in read.iter().filter_map(|read| read.as_ref().err()) {
            assert!(matches!(refused, GetError::Conflict(_) | GetError::Frozen { .. }), "{refused}");
        }
        if let Some(Ok(frozen)) = frozen {
            assert!(put.iter().all(|put| !matches!(put, Err(PutError::Conflict(_)))), "{put:?}");
            assert_eq!(flat.freeze(outside()), Ok(frozen));
        }
    });
}

/// ```text
///   3 inserters: 2 elements each   2 readers: an element each   1 freezer
/// ```
fn a_set_is_frozen_whole<V: 'static>(
    new: fn() -> V,
    insert: fn(&V, u32) -> Result<(), PutError>,
    elements: fn(&V) -> BTreeSet<u32>,
) where
    V: LVarType<Lattice: From<[u32; 1]> + Clone + std::fmt::Debug>,
{
    checked(move || {
        let set = Arc::new(new());
        let inserters = [(); 3].map(|()| {
            let (set, pair) = (Arc::clone(&set), [50 * below(6), 50 * below(6) + 7]);
            thread::spawn(move || pair.map(|element| (element, insert(&set, element).is_ok())))
        });
        let readers = [(); 2].map(|()| {
            let (set, element) = (Arc::clone(&set), 50 * below(6));
            thread::spawn(move || (element, set.at_least([element]).wait().is_ok()))
        });
        let freezer = {
            let set = Arc::clone(&set);
            thread::spawn(move || elements(&set))
        };
        let frozen = freezer.join().unwrap();
        for (element, is_accepted) in inserters.into_iter().flat_map(|inserter| inserter.join().unwrap()) {
            assert_eq!(frozen.contains(&element), is_accepted, "{element} of {frozen:?}");
        }
        for (element, is_there) in readers.into_iter().map(|reader| reader.join().unwrap()) {
            assert_eq!(frozen.contains(&element), is_there, "{element} of {frozen:?}");
        }
        assert_eq!(elements(&set), frozen);
    });
}

#[test]
fn a_set_of_several_writers_is_frozen_whole() {
    a_set_is_frozen_whole(
        LVar::<BTreeSet<u32>>::new,
        |set, element| set.insert(element),
        |set| set.freeze(outside()).unwrap(),
    );
}

#[test]
fn a_dense_set_of_several_writers_is_frozen_whole() {
    a_set_is_frozen_whole(
        LVar::<DenseSet<u32>>::new,
        |set, element| set.insert(element),
        |set| set.freeze(outside()).unwrap().iter().collect(),
    );
}

/// ```text
///   3 writers: the value under the same new key of a new map   2 readers: wait for the inner value
/// ```
#[test]
fn values_that_are_created_at_once_are_one_lvar_and_wake_who_waits_for_the_key() {
    checked(|| {
        let map = Arc::new(LVar::<BTreeMap<u32, BTreeMap<u32, Max<u32>>>>::new());
        let key = below(2);
        let writers = [1, 2, 3].map(|value| {
            let map = Arc::clone(&map);
            thread::spawn(move || map.key(&key).or_bottom().unwrap().key(&7).put(value).unwrap())
        });
        let readers = [(); 2].map(|()| {
            let map = Arc::clone(&map);
            let least = BTreeMap::from([(key, BTreeMap::from([(7, Max(1 + below(3)))]))]);
            thread::spawn(move || map.at_least(least).wait().unwrap())
        });
        writers.into_iter().chain(readers).for_each(|thread| thread.join().unwrap());
        assert_eq!(map.freeze(outside()), Ok(BTreeMap::from([(key, BTreeMap::from([(7, Max(3))]))])));
    });
}

/// ```text
///   3 writers: far keys, which make chunks   1 freezer   1 reader
/// ```
#[test]
fn a_dense_map_is_frozen_whole_while_its_values_are_made() {
    checked(|| {
        let map = Arc::new(LVar::<DenseMap<u32, Max<u32>>>::new());
        let writers = [(); 3].map(|()| {
            let (map, key) = (Arc::clone(&map), below(3) * 20);
            thread::spawn(move || (key, map.key(key).put(1).is_ok()))
        });
        let (reader, read_key) = (Arc::clone(&map), below(3) * 20);
        let reader = thread::spawn(move || reader.key(read_key).at_least(1).wait().is_ok());
        let frozen = map.freeze(outside()).unwrap();
        for (key, is_accepted) in writers.map(|writer| writer.join().unwrap()) {
            assert_eq!(frozen.get(key) == Some(&Max(1)), is_accepted, "{key} of {frozen:?}");
        }
        assert_eq!(frozen.get(read_key) == Some(&Max(1)), reader.join().unwrap(), "{read_key} of {frozen:?}");
        assert_eq!(map.freeze(outside()), Ok(frozen));
    });
}

/// ```text
///   3 bumpers   2 readers   1 freezer, perhaps
/// ```
#[test]
fn a_counter_counts_what_it_did_not_refuse() {
    checked(|| {
        let counter = Arc::new(LVar::<GCounter>::new());
        let bumpers = [1, 2, 3].map(|by| {
            let counter = Arc::clone(&counter);
            thread::spawn(move || if counter.bump(by).is_ok() { by } else { 0 })
        });
        let freezes = below(2) == 0;
        let readers = [(); 2].map(|()| {
            let (counter, least) = (Arc::clone(&counter), 1 + u64::from(below(6)));
            thread::spawn(move || (least, counter.at_least(least).wait().is_ok()))
        });
        let frozen = freezes.then(|| counter.freeze(outside()).unwrap().value());
        let sum: u64 = bumpers.map(|bumper| bumper.join().unwrap()).iter().sum();
        assert!(frozen.is_none_or(|frozen| frozen == u128::from(sum)), "{frozen:?} of {sum}");
        for (least, is_reached) in readers.map(|reader| reader.join().unwrap()) {
            assert_eq!(is_reached, least <= sum, "{least} of {sum}");
        }
    });
}

/// What a follower has seen; it looks when it is rung.
struct Follower {
    set: Arc<LVar<BTreeSet<u32>>>,
    n_rings: AtomicUsize,
}

impl Doorbell for Follower {
    fn ring(&self) {
        self.n_rings.fetch_add(1, Relaxed);
    }
}

/// ```text
///   2 inserters   2 followers, which come meanwhile
/// ```
#[test]
fn followers_find_each_entry_or_are_rung_for_it() {
    checked(|| {
        let set = Arc::new(LVar::<BTreeSet<u32>>::new());
        let inserters = [0, 10].map(|first| {
            let set = Arc::clone(&set);
            thread::spawn(move || (first..first + 3).try_for_each(|element| set.insert(element)).unwrap())
        });
        let followers = [(); 2].map(|()| {
            let set = Arc::clone(&set);
            thread::spawn(move || {
                let follower = Arc::new(Follower { set: Arc::clone(&set), n_rings: AtomicUsize::new(0) });
                set.follow(Arc::<Follower>::clone(&follower));
                let n_found = (0..).take_while(|index| set.entry(*index).is_some()).count();
                (follower, n_found)
            })
        });
        inserters.into_iter().for_each(|inserter| inserter.join().unwrap());
        for (follower, n_found) in followers.map(|follower| follower.join().unwrap()) {
            let n_rings = follower.n_rings.load(Relaxed);
            assert!(n_found + n_rings >= 6, "{n_found} found, {n_rings} rings");
            assert!((0..6).all(|index| follower.set.entry(index).is_some()));
        }
    });
}

/// ```text
///   3 putters: one flag each   2 readers: all three   1 reader: gives up while it is woken
/// ```
#[test]
fn a_read_of_several_parts_is_woken_by_the_last() {
    checked(|| {
        let flags = Arc::new(LVar::<(Any, Any, Any)>::new());
        let all = || (Any(true), Any(true), Any(true));
        let putters = [0, 1, 2].map(|at| {
            let flags = Arc::clone(&flags);
            thread::spawn(move || flags.put((Any(at == 0), Any(at == 1), Any(at == 2))).unwrap())
        });
        let readers = [(); 2].map(|()| {
            let flags = Arc::clone(&flags);
            thread::spawn(move || flags.at_least(all()).wait().unwrap())
        });
        let quitter = Arc::clone(&flags);
        let quitter = thread::spawn(move || (0..3).for_each(|_| give_up(quitter.at_least(all()))));
        let threads = putters.into_iter().chain(readers).chain([quitter]);
        threads.for_each(|thread| thread.join().unwrap());
        assert_eq!((flags.0.n_waiters(), flags.1.n_waiters(), flags.2.n_waiters()), (0, 0, 0));
    });
}

/// How many operations on atomics and locks this thread makes in `act`. The checker counts each of them as a place where another thread could go on.
fn n_operations(act: impl FnOnce()) -> usize {
    let before = shuttle::current::context_switches();
    act();
    shuttle::current::context_switches() - before
}

/// Where nobody waits and no handler follows, a put loads the state word, which tells so, and makes no other operation on an atomic that its value
/// does not need.
#[test]
fn a_put_that_concerns_nobody_costs_one_load_beside_its_value() {
    let model = || {
        // The word: to look, to exchange; and the load.
        let word = LVar::<Max<u32>>::new();
        assert_eq!(n_operations(|| word.put(1).unwrap()), 2 + 1);
        assert_eq!(n_operations(|| word.put(1).unwrap()), 1 + 1, "no news");
        let count = LVar::<GCounter>::new();
        assert_eq!(n_operations(|| count.bump(1).unwrap()), 2 + 1);
        // A value that is written once lies beside its state word: to look, to take hold of it, to let go of it. No load for others.
        let once = LVar::<Flat<u8>>::new();
        assert_eq!(n_operations(|| once.put(1).unwrap()), 3);
        // With a handler there is more to do, which this would see.
        let followed = LVar::<Max<u32>>::new();
        let mark = followed.attach(MarkOf::ITSELF, &|| Mark::new(0, Arc::default()));
        assert!(mark.is_some() && n_operations(|| followed.put(1).unwrap()) > 3);
    };
    shuttle::check_random(model, 1);
}
