//! Code of a user's that panics, at the first call, the second, and so on until the operation succeeds, within replicas and LVars.
//!
//! 1. A panic in an update or a merge leaves a replica the old state or, if some of a delta of several parts was joined by then, the state with all of
//!    it. Either way the replica works on, and trying again leaves it with all of it.
//! 2. What a replica took in before a panic is answered by a later update or merge: nothing is missing elsewhere.
//! 3. A link loses nothing that was written, and acknowledges nothing that was not merged.
//! 4. A value that is written once stays what it is, and can be put again, read and frozen, whatever its comparison and its clone do.

#[path = "../../lattice-core/tests/fragile/mod.rs"]
mod fragile;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Wake, Waker},
};

use fragile::{Fragile, Frail, survives, survives_breakdown};
use lattice_core::{
    AddWinsSet, Antichain, Causal, Delta, DotStore, Flat, GCounter, Lattice, Max, OrMap, WriterId,
    codec::Codec,
};
use lvar_runtime::{
    HasLVar, LVar, LVarType, Outside, Put, PutError, Replica,
    kinds::{HasMaxLVar, LockedLVar},
    replica::link::{Link, RESEND_AFTER, Received},
};

/// Writes `writes` one after the other on a new replica, the last one with a panic at each call of the user's code in turn; and merges it
/// elsewhere likewise.
fn a_replica_works_on<T>(n_writes: u8, write: impl Fn(&T, WriterId, u8) -> T)
where
    T: Delta + Codec + PartialEq + Debug,
{
    let outside = Outside::here();
    for n_calls in 0.. {
        let (here, there, peer) = (Replica::<T>::open(), Replica::<T>::open(), Replica::<T>::open());
        let mut shipped = Vec::new();
        for n in 0..n_writes {
            shipped
                .extend(here.update(outside, |state, writer| write(state, writer, n)).expect("no conflict"));
        }
        shipped.iter().for_each(|delta| drop(there.merge(outside, delta.clone())));
        let before = T::clone(&here.query(outside));

        let last = |state: &T, writer| write(state, writer, n_writes);
        let updated = survives(n_calls, || here.update(outside, last).expect("no conflict"));
        let after = T::clone(&here.query(outside));
        let is_done = updated.is_some();
        let written = last(&before, here.writer(outside).expect("it has written, or tried to"));
        let written = before.clone().joined(written);
        assert!(after == before || after == written, "none of it or all: {before:?}, {after:?}, {written:?}");
        shipped.extend(updated.flatten());
        // Again, which changes nothing if it was done, as the element is there.
        shipped.extend(here.update(outside, last).expect("a replica works on"));
        let all = T::clone(&here.query(outside));

        let sent = all.clone();
        let merged = survives(n_calls, || there.merge(outside, sent).expect("no conflict"));
        let known = T::clone(&there.query(outside));
        assert!(known == before || known == all, "none of it or all: {before:?}, {known:?}, {all:?}");
        let mut news: Vec<T> = merged.flatten().into_iter().collect();
        news.extend(there.merge(outside, all.clone()).expect("a replica works on"));
        assert_eq!(*there.query(outside), all);
        // There as well what was new has been answered: what was there before and the news are all.
        let whole = news.into_iter().fold(before, T::joined);
        assert_eq!(whole, all, "a panic at call {n_calls} kept news from being answered");

        shipped.into_iter().for_each(|delta| drop(peer.merge(outside, delta)));
        assert_eq!(*peer.query(outside), all, "a panic at call {n_calls} kept a write from being shipped");
        if is_done {
            return;
        }
    }
}

#[test]
fn a_replica_of_a_set_works_on() {
    for n_writes in [0, 1, 2, 13] {
        a_replica_works_on(n_writes, |_: &BTreeSet<Fragile>, _, n| BTreeSet::from([Fragile(n)]));
        // Three at once.
        a_replica_works_on(n_writes, |_: &BTreeSet<Fragile>, _, n| (n..n + 3).map(Fragile).collect());
    }
}

#[test]
fn a_replica_of_a_map_works_on() {
    for n_writes in [1, 2, 13] {
        a_replica_works_on(n_writes, |_: &BTreeMap<Fragile, Frail>, _, n| {
            (0..=n).map(|key| (Fragile(key), Frail(Fragile(n + 1)))).collect()
        });
    }
}

#[test]
fn a_replica_of_a_document_works_on() {
    for n_writes in [0, 1, 2, 13] {
        a_replica_works_on(n_writes, |state: &Causal<AddWinsSet<Fragile>>, writer, n| {
            match state.contains(&Fragile(n)) {
                true => Causal::new(),
                false => state.write(writer, |set, dots| set.add(dots, Fragile(n))),
            }
        });
        // One that replaces: it takes back what was there, a second part.
        a_replica_works_on(n_writes, |state: &Causal<OrMap<Fragile, AddWinsSet<Fragile>>>, writer, n| {
            state.write(writer, |map, dots| {
                map.update(dots, Fragile(n / 2), |set, dots| set.add(dots, Fragile(1)))
            })
        });
    }
}

#[test]
fn a_panicking_update_leaves_exactly_the_old_state_if_it_is_of_one_part() {
    let outside = Outside::here();
    let replica = Replica::<(BTreeSet<Fragile>, GCounter)>::open();
    replica
        .update(outside, |_, _| (BTreeSet::from([Fragile(1), Fragile(3)]), GCounter::new()))
        .expect("no conflict");
    let before = replica.query(outside);
    let add = || replica.update(outside, |_, _| (BTreeSet::from([Fragile(2)]), GCounter::new()));
    let n_panics = (0..).take_while(|&n_calls| {
        let has_panicked = survives(n_calls, add).is_none();
        assert!(!has_panicked || replica.query(outside) == before, "at call {n_calls}");
        has_panicked
    });
    assert!(n_panics.count() > 3, "it compares");
    assert!(replica.query(outside).0.contains(&Fragile(2)));
}

/// Several at once, one of which another one contradicts.
#[test]
fn a_conflict_is_told_iff_it_is_in_the_state() {
    type Prices = BTreeMap<Fragile, Flat<Fragile>>;
    let outside = Outside::here();
    let prices = |entries: &[(u8, u8)]| -> Prices {
        entries.iter().map(|&(item, price)| (Fragile(item), Flat::Value(Fragile(price)))).collect()
    };
    for n_calls in 0.. {
        let replica = Replica::<Prices>::open();
        replica.update(outside, |_, _| prices(&[(1, 1), (3, 3), (5, 5)])).expect("no conflict");
        let before = replica.query(outside);
        let snapshot = Prices::clone(&before);
        let delta = prices(&[(0, 0), (1, 1), (3, 4), (4, 4), (5, 6)]);
        let merged = survives(n_calls, || replica.merge(outside, delta.clone()).is_err());
        let after = Prices::clone(&replica.query(outside));
        assert_eq!(*before, snapshot, "a snapshot that is held stays what it is");
        assert!(after == snapshot || after == snapshot.clone().joined(delta.clone()), "at call {n_calls}");
        let conflict = replica.conflict(outside);
        assert_eq!(conflict.is_some(), after.conflict().is_some(), "at call {n_calls}: {conflict:?}");
        replica.merge(outside, delta).expect_err("it contradicts");
        let conflict = replica.conflict(outside).expect("it is in the state").to_string();
        assert!(
            conflict.contains("3") && conflict.contains("cannot both be true"),
            "both values: {conflict}"
        );
        if merged == Some(true) {
            break;
        }
    }
}

/// A replica of which no comparison succeeds until the end of an operation cannot even put right what that has left. The next operation does.
#[test]
fn after_a_breakdown_nothing_is_named_twice() {
    type Tags = Causal<AddWinsSet<Fragile>>;
    let outside = Outside::here();
    let add = |state: &Tags, writer, tags: &[u8]| {
        state.write(writer, |set, dots| {
            tags.iter().fold(AddWinsSet::default(), |all, tag| all.and(set.add(dots, Fragile(*tag))))
        })
    };
    for n_calls in 0.. {
        let (here, peer) = (Replica::<Tags>::open(), Replica::<Tags>::open());
        let mut shipped = Vec::new();
        shipped.extend(
            here.update(outside, |state, writer| add(state, writer, &[1, 7, 9])).expect("no conflict"),
        );
        let broken = survives_breakdown(n_calls, || {
            here.update(outside, |state, writer| add(state, writer, &[0, 3, 5])).expect("no conflict")
        });
        let is_done = broken.is_some();
        shipped.extend(broken.flatten());
        shipped.extend(here.update(outside, |state, writer| add(state, writer, &[8])).expect("no conflict"));
        for delta in shipped {
            peer.merge(outside, delta).expect("no conflict");
        }
        let (here, peer) = (here.query(outside), peer.query(outside));
        assert_eq!(here, peer, "after a breakdown at call {n_calls}");
        assert!(here.contains(&Fragile(8)), "after a breakdown at call {n_calls}: {here:?}");
        let n_in_part = [0, 3, 5].into_iter().filter(|tag| here.contains(&Fragile(*tag))).count();
        assert!(n_in_part == 0 || n_in_part == 3, "after a breakdown at call {n_calls}: {here:?}");
        if is_done {
            return;
        }
    }
}

struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        // Relaxed: one thread sets it and looks.
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn a_read_that_waits_is_woken_by_what_is_in_after_a_panic() {
    let outside = Outside::here();
    for n_calls in 0.. {
        let replica = Replica::<BTreeSet<Fragile>>::open();
        replica.update(outside, |_, _| (0..9).map(|n| Fragile(2 * n)).collect()).expect("no conflict");
        let mut read = pin!(replica.at_least(BTreeSet::from([Fragile(3), Fragile(7)])));
        let flag = Arc::new(Flag(AtomicBool::new(false)));
        let waker = Waker::from(Arc::clone(&flag));
        assert!(read.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        let delta: BTreeSet<Fragile> = [3, 5, 7].map(Fragile).into();
        let is_done = survives(n_calls, || replica.merge(outside, delta.clone()).is_ok()).is_some();
        let is_in = delta.leq(&replica.query(outside));
        // Relaxed: as above.
        assert!(!is_in || flag.0.load(Ordering::Relaxed), "it sleeps on after a panic at call {n_calls}");
        assert_eq!(read.as_mut().poll(&mut Context::from_waker(&waker)).is_ready(), is_in);
        if is_done {
            break;
        }
    }
}

struct Trap;

impl Wake for Trap {
    fn wake(self: Arc<Self>) {
        resume_unwind(Box::new("a waker panics"));
    }
}

#[test]
fn a_waker_that_panics_keeps_no_write_from_being_shipped() {
    let outside = Outside::here();
    let replica = Replica::<BTreeSet<u8>>::open();
    let mut read = pin!(replica.at_least(BTreeSet::from([3])));
    assert!(read.as_mut().poll(&mut Context::from_waker(&Waker::from(Arc::new(Trap)))).is_pending());
    let update = AssertUnwindSafe(|| replica.update(outside, |_, _| BTreeSet::from([1])));
    catch_unwind(update).expect_err("the panic of a waker is not swallowed");
    let news = replica.update(outside, |_, _| BTreeSet::from([2])).expect("no conflict");
    assert_eq!(news, Some(BTreeSet::from([1, 2])));
}

/// Two members; all that the one writes must come to the other, whatever panics on either side, and be acknowledged when it is there.
#[test]
fn a_link_loses_nothing_and_acknowledges_only_what_was_merged() {
    type State = (BTreeMap<Fragile, Frail>, BTreeSet<Fragile>);
    let outside = Outside::here();
    let write = |n: u8| -> State {
        let entry = |key| (Fragile(key), Frail(Fragile(n + 1)));
        ((0..4).map(entry).collect(), (n..n + 4).map(|n| Fragile(2 * n)).collect())
    };
    for n_calls in 0.. {
        let (here, there) = (Replica::<State>::open(), Replica::<State>::open());
        let (mut sender, mut receiver) = (Link::new(2, 0), Link::new(2, 1));
        there.update(outside, |_, _| write(20)).expect("no conflict");
        let mut is_done = true;
        for n in 0..3 {
            let news = here.update(outside, |_, _| write(n)).expect("no conflict");
            is_done &= survives(n_calls, || sender.wrote(news)).is_some();
        }
        // What panics in a tick comes with the next one.
        let ticked = survives(n_calls, || sender.tick(0));
        is_done &= ticked.is_some();
        let mut messages = ticked.unwrap_or_default();
        messages.extend(sender.tick(1));
        let mut acks = Vec::new();
        for message in messages {
            let received = survives(n_calls, || receiver.receive(&there, 0, &message.frame));
            is_done &= received.is_some();
            if received.is_none() {
                assert!(receiver.tick(1).is_empty(), "acknowledged before it was merged, at call {n_calls}");
                assert_eq!(receiver.receive(&there, 0, &message.frame), Ok(Received::Merged));
            }
            acks.extend(receiver.tick(1));
        }
        assert!(here.query(outside).leq(&there.query(outside)), "something was lost at call {n_calls}");
        for ack in acks {
            assert_eq!(sender.receive(&here, 1, &ack.frame), Ok(Received::Acknowledged));
        }
        assert!(sender.is_settled() && sender.tick(2 + RESEND_AFTER).is_empty(), "at call {n_calls}");
        if is_done {
            break;
        }
    }
}

/// Puts `second` after `first`, with a panic at each call in turn: what is frozen then is `first`, with none or some of `second`, and what is put
/// again is all there.
fn an_lvar_works_on<L>(first: &L, second: &L)
where
    L: HasLVar<LVar: LVarType<Lattice = L> + Put> + Lattice + Clone + PartialEq + Debug,
{
    let outside = Outside::here();
    let all = first.clone().joined(second.clone());
    for n_calls in 0.. {
        let [left, again] = [LVar::<L>::new(), LVar::<L>::new()];
        let mut is_done = true;
        for lvar in [&left, &again] {
            lvar.put(first.clone()).expect("nothing contradicts it");
            let put = survives_breakdown(n_calls, || lvar.put(second.clone()));
            is_done &= put.is_some_and(|put| put.is_ok());
        }
        let left = left.freeze(outside).expect("no conflict");
        assert!(first.leq(&left) && left.leq(&all), "a panic at call {n_calls} left {left:?}");
        again.put(second.clone()).expect("it works on");
        assert_eq!(again.freeze(outside), Ok(all.clone()), "put again after a panic at call {n_calls}");
        if is_done {
            break;
        }
    }
}

impl HasMaxLVar for Fragile {
    type LVar = LockedLVar<Max<Self>>;
}

#[test]
fn an_lvar_of_several_parts_works_on() {
    for (n_first, n_second) in [(0, 3), (3, 1), (9, 20)] {
        let [first, second] =
            [(0, n_first), (1, n_second)].map(|(least, n)| (0..n).map(move |n| 3 * n + least));
        let set = |elements: &mut dyn Iterator<Item = u8>| elements.map(Fragile).collect::<BTreeSet<_>>();
        let map = |keys: &mut dyn Iterator<Item = u8>| {
            keys.map(|key| (Fragile(key), Flat::Value(Fragile(key)))).collect::<BTreeMap<_, _>>()
        };
        let (one, two) = (set(&mut first.clone()), set(&mut second.clone()));
        an_lvar_works_on(&one, &two);
        an_lvar_works_on(&(one.clone(), Max(Fragile(n_first))), &(two.clone(), Max(Fragile(n_second))));
        // Behind a lock.
        an_lvar_works_on(&Antichain::from_iter([one.clone()]), &Antichain::from_iter([two.clone()]));
        an_lvar_works_on(&Some(one), &Some(two));
        an_lvar_works_on(&map(&mut first.clone()), &map(&mut second.clone()));
    }
}

#[test]
fn a_value_that_is_written_once_survives_its_comparison_and_its_clone() {
    let outside = Outside::here();
    for n_calls in 0..20 {
        let lvar = LVar::<Flat<Fragile>>::new();
        lvar.put(Fragile(1)).expect("the first");
        drop(survives(n_calls, || lvar.put(Fragile(1))));
        match survives(n_calls, || lvar.put(Fragile(2))) {
            None => assert_eq!(lvar.put(Fragile(1)), Ok(()), "a panic at call {n_calls} changed something"),
            Some(answer) => assert!(matches!(answer, Err(PutError::Conflict(_)))),
        }
        assert!(matches!(lvar.put(Fragile(2)), Err(PutError::Conflict(_))), "it works on");
    }

    let lvar = LVar::<Flat<Fragile>>::new();
    assert!(survives(0, || lvar.put(Fragile(1))).is_none_or(|answer| answer.is_ok()));
    lvar.put(Fragile(1)).expect("the same, or the first");
    for n_calls in 0..20 {
        _ = survives(n_calls, || lvar.snapshot(outside));
        drop(survives(n_calls, || lvar.put(Fragile(1))));
        drop(survives(n_calls, || lvar.freeze(outside)));
    }
    assert_eq!(lvar.freeze(outside), Ok(Flat::Value(Fragile(1))));
}
