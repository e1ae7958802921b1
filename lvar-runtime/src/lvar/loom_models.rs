//! The protocols of `README.md` under every schedule and every outcome of weak memory that the checker can tell apart.
//!
//! Each model is one promise, with as few threads and writes as can break it.

use std::{
    future::Future,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    task::{Context, Poll, Wake, Waker},
};

use lattice_core::{Any, Bottom, Conflict, Finite, Flat, GCounter, Lattice, Max};
use loom::thread;

use crate::{
    kinds::{CounterLVar, DenseMapLVar, DenseSetLVar, FiniteLVar, LockedLVar, OnceLVar, SetLVar, WordLVar},
    level::Outside,
    lvar::{Bump, Doorbell, Growth, LVarType, Put, handlers::INDEX_BITS},
};

/// Counts how often it was called. Not a primitive of the checker's, so that counting adds no schedules.
#[derive(Default)]
struct Calls(AtomicUsize);

impl Calls {
    fn count(&self) -> usize {
        self.0.load(Relaxed)
    }
}

impl Wake for Calls {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Relaxed);
    }
}

impl Doorbell for Calls {
    fn ring(&self) {
        self.0.fetch_add(1, Relaxed);
    }
}

/// Checks a model with three threads or long ones: at each of its schedules no thread is interrupted more than three times.
pub(super) fn bounded(model: impl Fn() + Send + Sync + 'static) {
    let mut checker = loom::model::Builder::new();
    checker.preemption_bound = checker.preemption_bound.or(Some(3));
    checker.check(model);
}

/// Polls a read while `write` runs on another thread: it is answered at once, or woken and then answered. How often it was woken if it waited.
pub(super) fn n_wakes<V, F>(
    lvar: V,
    read: impl FnOnce(Arc<V>) -> F,
    write: impl FnOnce(&V) + Send + 'static,
) -> Option<usize>
where
    V: LVarType + 'static,
    F: Future,
{
    let lvar = Arc::new(lvar);
    let calls = Arc::new(Calls::default());
    let waker = Waker::from(Arc::clone(&calls));
    let mut read = pin!(read(Arc::clone(&lvar)));
    let writer = thread::spawn({
        let lvar = Arc::clone(&lvar);
        move || write(&lvar)
    });
    let first = read.as_mut().poll(&mut Context::from_waker(&waker));
    writer.join().unwrap();
    first.is_pending().then(|| {
        assert!(calls.count() > 0, "a read that waited is woken");
        assert!(read.poll(&mut Context::from_waker(&waker)).is_ready());
        calls.count()
    })
}

/// As [`n_wakes`], which is once.
fn a_write_is_seen<V, F>(lvar: V, read: impl FnOnce(Arc<V>) -> F, write: impl FnOnce(&V) + Send + 'static)
where
    V: LVarType + 'static,
    F: Future,
{
    assert!(matches!(n_wakes(lvar, read, write), None | Some(1)), "a read that waited is woken once");
}

#[test]
fn a_put_into_a_word_wakes_who_waits_for_it() {
    loom::model(|| {
        a_write_is_seen(
            WordLVar::<Any>::new(),
            |lvar: Arc<WordLVar<Any>>| async move { lvar.at_least(true).await },
            |lvar| lvar.put(true).unwrap(),
        );
    });
}

#[test]
fn a_put_into_a_finite_lvar_wakes_who_waits_for_it() {
    loom::model(|| {
        a_write_is_seen(
            FiniteLVar::<Chain>::new(),
            |lvar: Arc<FiniteLVar<Chain>>| async move { lvar.at_least(Chain::High).await },
            |lvar| lvar.put(Chain::High).unwrap(),
        );
    });
}

#[test]
fn a_decision_wakes_who_waits_for_it() {
    loom::model(|| {
        a_write_is_seen(
            OnceLVar::<u8>::new(),
            |lvar: Arc<OnceLVar<u8>>| async move { lvar.decided().await },
            |lvar| lvar.put(Flat::Value(3)).unwrap(),
        );
    });
}

#[test]
fn a_bump_wakes_who_waits_for_it() {
    loom::model(|| {
        a_write_is_seen(
            CounterLVar::new(),
            |lvar: Arc<CounterLVar>| async move { lvar.at_least(1).await },
            |lvar| lvar.bump(1).unwrap(),
        );
    });
}

#[test]
fn a_put_behind_a_lock_wakes_who_waits_for_it() {
    loom::model(|| {
        a_write_is_seen(
            LockedLVar::<Option<Any>>::new(),
            |lvar: Arc<LockedLVar<Option<Any>>>| async move { lvar.at_least(Some(Any(true))).await },
            |lvar| lvar.put(Some(Any(true))).unwrap(),
        );
    });
}

#[test]
fn an_insertion_wakes_who_waits_for_it() {
    loom::model(|| {
        a_write_is_seen(
            SetLVar::<u8>::new(),
            |lvar: Arc<SetLVar<u8>>| async move { lvar.at_least([7]).await },
            |lvar| lvar.insert(7).unwrap(),
        );
    });
}

#[test]
fn an_insertion_into_a_dense_set_wakes_who_waits_for_it() {
    loom::model(|| {
        a_write_is_seen(
            DenseSetLVar::<u8>::new(),
            |lvar: Arc<DenseSetLVar<u8>>| async move { lvar.at_least([7]).await },
            |lvar| lvar.insert(7).unwrap(),
        );
    });
}

#[test]
fn a_freeze_wakes_who_waits_in_vain() {
    loom::model(|| {
        a_write_is_seen(
            WordLVar::<Any>::new(),
            |lvar: Arc<WordLVar<Any>>| async move { lvar.at_least(true).await },
            |lvar| assert_eq!(lvar.freeze(Outside::here()), Ok(Any(false))),
        );
    });
}

#[test]
fn a_conflict_wakes_who_waits_in_vain() {
    loom::model(|| {
        let decided = OnceLVar::<u8>::new();
        decided.put(Flat::Value(1)).unwrap();
        a_write_is_seen(
            decided,
            |lvar: Arc<OnceLVar<u8>>| async move { lvar.at_least(2).await.unwrap_err() },
            |lvar| drop(lvar.put(Flat::Value(2)).unwrap_err()),
        );
    });
}

/// Two readers wait for two states, two writers write one each.
macro_rules! waiters_are_not_missed {
    ($lvar:ty, $low:expr, $high:expr) => {
        bounded(|| {
            let lvar = Arc::new(<$lvar>::new());
            let wakers: [Arc<Calls>; 2] = Default::default();
            let poll = |read: std::pin::Pin<&mut dyn Future<Output = _>>, at: usize| {
                read.poll(&mut Context::from_waker(&Waker::from(Arc::clone(&wakers[at]))))
            };
            let (mut low, mut high) = (pin!(lvar.at_least($low)), pin!(lvar.at_least($high)));
            assert!(poll(low.as_mut(), 0).is_pending());
            assert!(poll(high.as_mut(), 1).is_pending());
            let writer = thread::spawn({
                let lvar = Arc::clone(&lvar);
                move || lvar.put($low).unwrap()
            });
            lvar.put($high).unwrap();
            writer.join().unwrap();
            assert_eq!([wakers[0].count(), wakers[1].count()], [1, 1]);
            assert_eq!(poll(low, 0), Poll::Ready(Ok(())));
            assert_eq!(poll(high, 1), Poll::Ready(Ok(())));
        });
    };
}

/// While one of the writers has the waiters out, the other leaves word.
#[test]
fn waiters_that_are_out_are_not_missed() {
    waiters_are_not_missed!(FiniteLVar<Chain>, Chain::Middle, Chain::High);
}

#[test]
fn waiters_in_a_heap_are_not_missed() {
    waiters_are_not_missed!(WordLVar<Max<u64>>, 1, 2);
}

macro_rules! a_dropped_read_leaves_no_entry {
    ($lvar:ty, $low:expr, $high:expr) => {
        loom::model(|| {
            let lvar = Arc::new(<$lvar>::new());
            let mut read = Box::pin(lvar.at_least($high));
            assert!(read.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            let writer = thread::spawn({
                let lvar = Arc::clone(&lvar);
                move || lvar.put($low).unwrap()
            });
            drop(read);
            writer.join().unwrap();
            assert_eq!(lvar.n_waiters(), 0);
        });
    };
}

/// A read is dropped while a writer has its entry out to test it.
#[test]
fn a_dropped_read_leaves_no_entry() {
    a_dropped_read_leaves_no_entry!(FiniteLVar<Chain>, Chain::Middle, Chain::High);
}

#[test]
fn a_dropped_read_leaves_no_entry_in_a_heap() {
    a_dropped_read_leaves_no_entry!(WordLVar<Max<u64>>, 3, 5);
}

/// A read that is woken and dropped at once leaves nothing behind either: its entry is out, or counted as cancelled.
#[test]
fn a_read_that_is_dropped_while_it_is_woken_leaves_no_entry() {
    a_dropped_read_leaves_no_entry!(FiniteLVar<Chain>, Chain::High, Chain::High);
    a_dropped_read_leaves_no_entry!(WordLVar<Max<u64>>, 5, 5);
}

/// A freezer and two writers of one value: both are told that it is in, or both that it is not, and it is so for ever.
#[test]
fn a_frozen_word_never_changes() {
    bounded(|| {
        let lvar = Arc::new(WordLVar::<Max<u64>>::new());
        let writers = [0, 1].map(|_| {
            let lvar = Arc::clone(&lvar);
            thread::spawn(move || lvar.put(5).is_ok())
        });
        let frozen = lvar.freeze(Outside::here()).unwrap();
        for writer in writers {
            assert_eq!(writer.join().unwrap(), frozen == Max(5));
        }
        assert_eq!(lvar.freeze(Outside::here()).unwrap(), frozen);
        assert_eq!(lvar.snapshot(Outside::here()), frozen);
    });
}

#[test]
fn a_read_beside_a_freeze_loses_no_put_that_was_accepted() {
    bounded(|| {
        let lvar = Arc::new(WordLVar::<Any>::new());
        let [writer, reader] = [true, false].map(|writes| {
            let lvar = Arc::clone(&lvar);
            thread::spawn(move || {
                if writes { lvar.put(true).is_ok() } else { lvar.snapshot(Outside::here()) == Any(true) }
            })
        });
        let frozen = lvar.freeze(Outside::here()).unwrap();
        let (accepted, _) = (writer.join().unwrap(), reader.join().unwrap());
        assert_eq!(frozen == Any(true), accepted, "accepted iff it is in the frozen value");
        assert_eq!(lvar.snapshot(Outside::here()), frozen);
    });
}

#[test]
fn a_frozen_finite_lvar_never_changes() {
    loom::model(|| {
        let lvar = Arc::new(FiniteLVar::<Chain>::new());
        let writer = thread::spawn({
            let lvar = Arc::clone(&lvar);
            move || lvar.put(Chain::High).is_ok()
        });
        let frozen = lvar.freeze(Outside::here()).unwrap();
        assert_eq!(writer.join().unwrap(), frozen == Chain::High);
        assert_eq!(lvar.freeze(Outside::here()).unwrap(), frozen);
    });
}

#[test]
fn a_frozen_decision_never_changes() {
    loom::model(|| {
        let lvar = Arc::new(OnceLVar::<u8>::new());
        let writer = thread::spawn({
            let lvar = Arc::clone(&lvar);
            move || lvar.put(Flat::Value(5)).is_ok()
        });
        let frozen = lvar.freeze(Outside::here()).unwrap();
        assert_eq!(writer.join().unwrap(), frozen == Flat::Value(5));
        assert_eq!(lvar.freeze(Outside::here()).unwrap(), frozen);
    });
}

#[test]
fn a_freeze_and_a_conflict_exclude_each_other() {
    loom::model(|| {
        let lvar = Arc::new(OnceLVar::<u8>::new());
        lvar.put(Flat::Value(5)).unwrap();
        let writer = thread::spawn({
            let lvar = Arc::clone(&lvar);
            move || lvar.put(Flat::Value(6)).unwrap_err()
        });
        let frozen = lvar.freeze(Outside::here());
        let refused = writer.join().unwrap();
        assert_eq!(frozen.is_err(), matches!(refused, crate::PutError::Conflict(_)));
        assert_eq!(lvar.freeze(Outside::here()), frozen);
    });
}

#[test]
fn a_frozen_counter_has_counted_what_was_not_refused() {
    loom::model(|| {
        let lvar = Arc::new(CounterLVar::new());
        let writer = thread::spawn({
            let lvar = Arc::clone(&lvar);
            move || lvar.bump(2).is_ok()
        });
        let frozen = lvar.freeze(Outside::here()).unwrap().value();
        assert_eq!(if writer.join().unwrap() { 2 } else { 0 }, frozen);
        assert_eq!(lvar.freeze(Outside::here()).as_ref().map(GCounter::value), Ok(frozen));
    });
}

#[test]
fn a_frozen_set_has_what_was_not_refused() {
    bounded(|| {
        let lvar = Arc::new(SetLVar::<u8>::new());
        let writers = [7, 8].map(|element| {
            let lvar = Arc::clone(&lvar);
            thread::spawn(move || (element, lvar.insert(element).is_ok()))
        });
        let frozen = lvar.freeze(Outside::here()).unwrap();
        for writer in writers {
            let (element, accepted) = writer.join().unwrap();
            assert_eq!(accepted, frozen.contains(&element));
        }
        assert_eq!(lvar.freeze(Outside::here()).unwrap(), frozen);
    });
}

/// A put of what the other writer has put before the freeze changes nothing, and is accepted.
#[test]
fn a_frozen_set_has_refused_no_put_of_what_it_has() {
    bounded(|| {
        let lvar = Arc::new(SetLVar::<u8>::new());
        let writers = [7, 7].map(|element| {
            let lvar = Arc::clone(&lvar);
            thread::spawn(move || lvar.insert(element).is_ok())
        });
        let frozen = lvar.freeze(Outside::here()).unwrap();
        for writer in writers {
            assert_eq!(writer.join().unwrap(), frozen.contains(&7));
        }
    });
}

/// A freezer and two writers.
#[test]
fn a_frozen_dense_set_has_what_was_not_refused() {
    bounded(|| {
        let lvar = Arc::new(DenseSetLVar::<u8>::new());
        let writers = [7, 8].map(|element| {
            let lvar = Arc::clone(&lvar);
            thread::spawn(move || (element, lvar.insert(element).is_ok()))
        });
        let frozen = lvar.freeze(Outside::here()).unwrap();
        for writer in writers {
            let (element, accepted) = writer.join().unwrap();
            assert_eq!(accepted, frozen.contains(element));
        }
        assert_eq!(lvar.freeze(Outside::here()).unwrap(), frozen);
    });
}

/// As for sets, but it is the LVar of the value that may be made before the freeze or after it.
#[test]
fn a_frozen_dense_map_has_what_was_not_refused() {
    bounded(|| {
        let lvar = Arc::new(DenseMapLVar::<u8, Any>::new());
        let writer = thread::spawn({
            let lvar = Arc::clone(&lvar);
            move || lvar.key(0).put(true).is_ok()
        });
        let frozen = lvar.freeze(Outside::here()).unwrap();
        assert_eq!(writer.join().unwrap(), frozen.get(0).is_some());
        assert_eq!(lvar.freeze(Outside::here()).unwrap(), frozen);
    });
}

/// What a handler would find now.
fn entries<G: Growth>(lvar: &G) -> Vec<&G::Entry> {
    let positions = |lane: usize| lane << INDEX_BITS..;
    let lanes =
        (0..lvar.n_lanes()).flat_map(|lane| positions(lane).map_while(|position| lvar.entry(position)));
    lanes.collect()
}

/// Each entry is found by a look after `follow`, or rings after it: never neither.
#[test]
fn a_follower_misses_no_entry() {
    bounded(|| {
        let lvar = Arc::new(SetLVar::<u8>::new());
        let writers = [7, 8].map(|element| {
            let lvar = Arc::clone(&lvar);
            thread::spawn(move || lvar.insert(element).unwrap())
        });
        let calls = Arc::new(Calls::default());
        lvar.follow(Arc::clone(&calls) as Arc<dyn Doorbell>);
        let n_found = entries(&*lvar).len();
        for writer in writers {
            writer.join().unwrap();
        }
        assert!(n_found + calls.count() >= 2);
    });
}

/// A follower misses nothing when a later one moves the bells to a new log, in which those that nobody holds are left out.
#[test]
fn a_follower_misses_no_entry_when_the_bells_move() {
    bounded(|| {
        let lvar = Arc::new(SetLVar::<u8>::new());
        let early = Arc::new(Calls::default());
        lvar.follow(Arc::clone(&early) as Arc<dyn Doorbell>);
        let writer = thread::spawn({
            let lvar = Arc::clone(&lvar);
            move || lvar.insert(7).unwrap()
        });
        let late = Arc::new(Calls::default());
        lvar.follow(Arc::clone(&late) as Arc<dyn Doorbell>);
        let n_found = entries(&*lvar).len();
        writer.join().unwrap();
        assert_eq!(early.count(), 1);
        assert!(n_found + late.count() >= 1);
    });
}

/// Two inserters of equal elements make one entry.
#[test]
fn an_element_enters_once() {
    loom::model(|| {
        let lvar = Arc::new(SetLVar::<u8>::new());
        let writer = thread::spawn({
            let lvar = Arc::clone(&lvar);
            move || lvar.insert(7).unwrap()
        });
        lvar.insert(7).unwrap();
        writer.join().unwrap();
        assert_eq!(entries(&*lvar), [&7]);
    });
}

/// Two batches with an equal element, in whatever order they enter: each element is there once, and a follower misses none.
#[test]
fn elements_of_batches_enter_once() {
    bounded(|| {
        let lvar = Arc::new(SetLVar::<u8>::new());
        let writer = thread::spawn({
            let lvar = Arc::clone(&lvar);
            move || lvar.insert_all([1, 2]).unwrap()
        });
        let calls = Arc::new(Calls::default());
        lvar.follow(Arc::clone(&calls) as Arc<dyn Doorbell>);
        let n_found = entries(&*lvar).len();
        lvar.insert_all([2]).unwrap();
        writer.join().unwrap();
        let mut there = entries(&*lvar);
        there.sort_unstable();
        assert_eq!(there, [&1, &2]);
        assert!(n_found == 2 || calls.count() >= 1);
    });
}

/// Two inserters make the table grow, and open its lanes: what entered is found, once.
#[test]
fn an_element_stays_in_a_set_that_grows() {
    bounded(|| {
        let lvar = Arc::new(SetLVar::<u8>::new());
        lvar.insert(1).unwrap();
        let writer = thread::spawn({
            let lvar = Arc::clone(&lvar);
            move || {
                lvar.insert(2).unwrap();
                lvar.insert(1).unwrap();
            }
        });
        lvar.insert(3).unwrap();
        lvar.insert(2).unwrap();
        writer.join().unwrap();
        let mut there = entries(&*lvar);
        there.sort_unstable();
        assert_eq!(there, [&1, &2, &3]);
    });
}

/// A finite lattice with a state between bottom and top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chain {
    Low,
    Middle,
    High,
}

impl Lattice for Chain {
    fn join(&mut self, other: Self) -> bool {
        lattice_core::finite::join(self, other)
    }

    fn lattice_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        lattice_core::finite::cmp(*self, *other)
    }

    fn conflict(&self) -> Option<Conflict> {
        None
    }
}

impl Bottom for Chain {
    fn bottom() -> Self {
        Self::Low
    }

    fn is_bottom(&self) -> bool {
        *self == Self::Low
    }
}

impl Finite for Chain {
    const STATES: &'static [Self] = &[Self::Low, Self::Middle, Self::High];
    const NAMES: &'static [&'static str] = &["Low", "Middle", "High"];
    const BOTTOM: Option<u8> = Some(0);
    const JOIN: &'static [u8] = &[0, 1, 2, 1, 1, 2, 2, 2, 2];
    const CONFLICT: &'static [bool] = &[false, false, false];

    fn index(self) -> u8 {
        match self {
            Self::Low => 0,
            Self::Middle => 1,
            Self::High => 2,
        }
    }
}
