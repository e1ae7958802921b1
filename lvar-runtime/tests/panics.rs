//! Code of a user's that panics, at the first call, the second, and so on until the operation succeeds, within replicas and LVars.
//!
//! 1. A panic in an update or a merge leaves a replica the old state or, if some of a delta of several parts was joined by then, the state with all of
//!    it. Either way the replica works on, and trying again leaves it with all of it.
//! 2. What a replica took in before a panic is answered by a later update or merge: nothing is missing elsewhere.
//! 3. A value that is written once stays what it is, and can be put again, read and frozen, whatever its comparison and its clone do.

#[path = "../../lattice-core/tests/fragile/mod.rs"]
mod fragile;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
};

use fragile::{Fragile, Frail, survives};
use lattice_core::{AddWinsSet, Causal, Delta, Flat, GCounter, OrMap, WriterId, codec::Codec};
use lvar_runtime::{LVar, LVarType, Outside, Put, PutError, Replica};

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
