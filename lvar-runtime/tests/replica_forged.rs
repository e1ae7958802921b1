//! Nobody but a writer makes its writes: what claims otherwise is an alarm, and is never merged.
//!
//! For each kind of state that names its writers: a delta in the name of the victim's writer, of which the victim knows nothing, is refused by
//! `merge`, `merge_bytes` and a link, and changes nothing. What the victim itself wrote may come back as often as it likes.

use std::collections::{BTreeMap, BTreeSet};

use lattice_core::{
    AddWinsSet, BoundedCounter, Causal, CausalContext, Delta, Dot, GCounter, Lex, LexPartial, LwwRegister,
    LwwSet, Max, MvRegister, OrMap, PnCounter, Sequence, Stamp, Version, WriterId, codec::Codec,
    schema::Schema,
};
use lvar_runtime::{
    Outside,
    replica::{
        MergeError, Replica,
        link::{Frame, Link, LinkError},
    },
};

/// What a victim writes, and what an attacker makes of the victim's state in its name.
fn is_refused<T>(write: impl Fn(&T, WriterId) -> T, forge: impl Fn(&T, WriterId) -> T)
where
    T: Delta + Codec + PartialEq + std::fmt::Debug,
{
    let outside = Outside::here();
    let victim = Replica::<T>::open();
    let own = victim.update(outside, &write).expect("no conflict").expect("news");
    let writer = victim.writer(outside).expect("it has written");
    let before = victim.query(outside);
    assert_eq!(victim.merge(outside, own.clone()).expect("its own echo"), None);

    let forged = forge(&before, writer);
    for merged in [victim.merge(outside, forged.clone()), victim.merge_bytes(outside, &forged.to_bytes())] {
        let Err(MergeError::Forged(alarm)) = merged else {
            panic!("merged, or refused otherwise: {merged:?}")
        };
        assert_eq!(alarm.writer(), writer, "{alarm}");
    }
    let (mut link, delta) = (Link::new(2, 0), forged.to_bytes());
    let frame = Frame::Batch { index: 0, delta: &delta }.to_bytes(Schema::of::<T>().fingerprint());
    assert!(matches!(link.receive(&victim, 1, &frame), Err(LinkError::Forged(_))));
    assert_eq!(victim.query(outside), before, "an alarm changes nothing");

    let stranger = Replica::<T>::open();
    stranger.merge(outside, own).expect("what the victim wrote is no alarm elsewhere");
    victim.update(outside, write).expect("the victim goes on");
    victim.renew_writer(outside);
    victim.merge(outside, forged).expect("under a writer of its own it may merge what a copy wrote");
}

#[test]
fn a_count_of_a_grow_only_counter() {
    is_refused(
        |state: &GCounter, writer| state.increment(writer, 2),
        |state, writer| state.increment(writer, u64::MAX),
    );
}

#[test]
fn either_side_of_a_counter_that_goes_both_ways() {
    is_refused(|state: &PnCounter, writer| state.add(writer, 2), |state, writer| state.add(writer, 1));
    is_refused(|state: &PnCounter, writer| state.add(writer, 2), |state, writer| state.add(writer, -1));
}

#[test]
fn rights_and_uses_of_a_bounded_counter() {
    let write = |state: &BoundedCounter, writer| state.increment(writer, 9);
    is_refused(write, |state, writer| state.increment(writer, 1));
    is_refused(write, |state, writer| state.decrement(writer, 1).expect("it has the rights"));
    is_refused(write, |state, writer| state.transfer(writer, WriterId(1), 1).expect("it has the rights"));
}

#[test]
fn versions_and_contexts() {
    is_refused(
        |_: &Version, writer| [(writer, 2)].into_iter().collect(),
        |_, writer| [(writer, 3)].into_iter().collect(),
    );
    is_refused(
        |state: &CausalContext, writer| state.next_dot(writer).into_iter().collect(),
        |_, writer| Dot::new(writer, u64::MAX).into_iter().collect(),
    );
}

#[test]
fn a_dot_of_a_document_that_its_owner_has_not_made() {
    let add = |state: &Causal<AddWinsSet<u8>>, writer| state.write(writer, |set, dots| set.add(dots, 1));
    is_refused(add, add);
    // In the context alone: what the owner adds next would be taken for removed.
    is_refused(add, |state, writer| {
        let mut ahead = state.clone();
        lattice_core::Lattice::join(&mut ahead, add(state, writer));
        ahead.write(writer, |set, dots| set.clear(dots))
    });
    let set = |state: &Causal<OrMap<u8, MvRegister<u8>>>, writer| {
        state.write(writer, |map, dots| map.update(dots, 1, |register, dots| register.set(dots, 2)))
    };
    is_refused(set, set);
}

#[test]
fn a_context_to_the_end_of_all_counts() {
    let add = |state: &Causal<AddWinsSet<u8>>, writer| state.write(writer, |set, dots| set.add(dots, 1));
    is_refused(add, |_, writer| {
        // One writer, one range, no gap, all counts; and an empty set.
        let all = [&[1][..], &writer.to_bytes(), &[1, 1], &(u64::MAX - 2).to_bytes(), &[0]].concat();
        Causal::from_bytes(&all).expect("well-formed")
    });
}

fn stamp(wall: u64, writer: WriterId) -> Stamp {
    Stamp { wall, count: 0, writer }
}

#[test]
fn a_stamp_that_its_writer_has_not_given() {
    is_refused(
        |state: &LwwRegister<u8>, writer| state.set(stamp(5, writer), 1),
        |state, writer| state.set(stamp(6, writer), 2),
    );
    is_refused(
        |state: &LwwSet<u8>, writer| state.add(stamp(5, writer), 1),
        |state, writer| state.remove(stamp(5, writer), 2),
    );
}

#[test]
fn an_element_of_a_list() {
    let write =
        |state: &Sequence<char>, writer| state.insert(writer, None, None, ['a']).expect("counts are left");
    is_refused(write, write);
}

#[test]
fn wherever_it_lies() {
    is_refused(
        |state: &BTreeMap<u8, (GCounter, Option<Box<GCounter>>)>, writer| {
            let here = state.get(&1).cloned().unwrap_or_default();
            BTreeMap::from([(1, (here.0.increment(writer, 1), None))])
        },
        |_, writer| {
            BTreeMap::from([(2, (GCounter::new(), Some(Box::new(GCounter::from_iter([(writer, 1)])))))])
        },
    );
}

#[test]
fn under_a_key_at_which_its_writer_has_not_written() {
    let write = |key| {
        move |state: &Lex<Max<u8>, GCounter>, writer| {
            let value = if state.key == Max(key) { state.value.clone() } else { GCounter::new() };
            Lex { key: Max(key), value: value.increment(writer, 1) }
        }
    };
    is_refused(write(1), write(1));
    is_refused(write(1), write(2));
    let write = |key| {
        move |state: &LexPartial<BTreeSet<u8>, GCounter>, writer| {
            let key = BTreeSet::from(key);
            let value = if state.key == key { state.value.clone() } else { GCounter::new() };
            LexPartial { key, value: value.increment(writer, 1) }
        }
    };
    is_refused(write([1, 1]), write([1, 1]));
    is_refused(write([1, 1]), write([1, 2]));
}
