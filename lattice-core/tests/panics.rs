//! Code of a user's that panics: comparisons, hashes, clones, joins, at the first call, the second, and so on until the operation succeeds.
//!
//! 1. A join of one part, by value or by reference, leaves the old state, and succeeds when it is tried again. `absorb` may have joined before it panics over
//!    its answer.
//! 2. What takes the state by reference, `diff`, `parts`, writes and the codec, leaves it as it is.
//!
//! Joins of several parts at once promise less; `Replica` joins them one by one.

mod fragile;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    fmt::Debug,
};

use fragile::{Fragile, Frail, survives};
use lattice_core::{
    AddWinsSet, Causal, Delta, LwwRegister, MvRegister, OrMap, RemoveWinsSet, Stamp, TwoPhaseSet, WriterId,
    codec::Codec,
};

/// So many elements, so that there is none, one, a few, and more than a node of a map has room for.
const SIZES: [u8; 6] = [0, 1, 2, 3, 12, 30];

/// Runs `act` on `state`, with a panic at each call of the user's code in turn.
fn at_every_call<T: Clone + PartialEq + Debug>(state: &T, mut act: impl FnMut(&mut T)) {
    let mut done = state.clone();
    act(&mut done);
    for n_calls in 0.. {
        let mut tried = state.clone();
        if survives(n_calls, || act(&mut tried)).is_some() {
            assert_eq!(tried, done);
            return;
        }
        assert_eq!(tried, *state, "a panic at call {n_calls} changed something");
        act(&mut tried);
        assert_eq!(tried, done, "tried again after a panic at call {n_calls}");
    }
}

fn a_panic_leaves_the_old_state<T: Delta + Codec + PartialEq + Debug>(write: impl Fn(&T, u8) -> T) {
    for size in SIZES {
        let mut state = T::bottom();
        (0..size).for_each(|n| _ = state.join(write(&state, 2 * n)));
        // What is new, at the beginning and within; and what is known.
        for element in [0, 1, size, 201] {
            let delta = write(&state, element);
            assert!(delta.diff(&state).is_none_or(|news| news.parts().count() == 1), "one part");
            if !state.is_bottom() {
                at_every_call(&state, |state| _ = state.join_ref(&delta));
                at_every_call(&state, |state| _ = state.diff(&delta).map(|diff| diff.parts().count()));
                at_every_call(&state, |state| drop(write(state, element)));
            }
            let joined = state.clone().joined(delta.clone());
            for n_calls in 0.. {
                let (mut tried, mut absorbed, sent) = (state.clone(), state.clone(), delta.clone());
                let done = survives(n_calls, || tried.join(sent)).is_some();
                assert_eq!(tried, if done { joined.clone() } else { state.clone() }, "at call {n_calls}");
                let sent = delta.clone();
                let done = done && survives(n_calls, || absorbed.absorb(sent)).is_some();
                assert!(absorbed == joined || !done && absorbed == state, "absorbed, at call {n_calls}");
                if done {
                    break;
                }
            }
        }
        let bytes = state.to_bytes();
        let decoded = (0..).find_map(|n_calls| survives(n_calls, || T::from_bytes(&bytes)));
        assert_eq!(decoded.expect("in the end it succeeds").as_ref(), Ok(&state));
    }
}

const ALICE: WriterId = WriterId(1);

#[test]
fn in_an_ordered_set() {
    a_panic_leaves_the_old_state(|_: &BTreeSet<Fragile>, n| BTreeSet::from([Fragile(n)]));
}

#[test]
fn in_a_hashed_set() {
    a_panic_leaves_the_old_state(|_: &HashSet<Fragile>, n| HashSet::from([Fragile(n)]));
}

#[test]
fn in_an_ordered_map() {
    a_panic_leaves_the_old_state(|state: &BTreeMap<Fragile, Frail>, n| {
        let value = state.get(&Fragile(n)).map_or(1, |value| value.0.0 + 1);
        BTreeMap::from([(Fragile(n), Frail(Fragile(value)))])
    });
}

#[test]
fn in_a_hashed_map() {
    a_panic_leaves_the_old_state(|_: &HashMap<Fragile, Frail>, n| {
        HashMap::from([(Fragile(n), Frail(Fragile(7)))])
    });
}

#[test]
fn in_a_two_phase_set() {
    a_panic_leaves_the_old_state(|state: &TwoPhaseSet<Fragile>, n| state.remove(Fragile(n)));
}

#[test]
fn in_a_register() {
    a_panic_leaves_the_old_state(|state: &LwwRegister<Fragile>, n| {
        state.set(Stamp { wall: n.into(), count: 0, writer: ALICE }, Fragile(n))
    });
}

/// Adds what is not there, or takes it back: one dot.
#[test]
fn in_an_add_wins_set() {
    a_panic_leaves_the_old_state(|state: &Causal<AddWinsSet<Fragile>>, n| {
        state.write(ALICE, |set, dots| match set.contains(&Fragile(n)) {
            true => set.remove(dots, &Fragile(n)),
            false => set.add(dots, Fragile(n)),
        })
    });
}

#[test]
fn in_a_remove_wins_set() {
    a_panic_leaves_the_old_state(|state: &Causal<RemoveWinsSet<Fragile>>, n| {
        state.write(ALICE, |set, dots| match set.contains(&Fragile(n)) {
            true => Default::default(),
            false => set.add(dots, Fragile(n)),
        })
    });
}

#[test]
fn in_a_map_of_registers() {
    a_panic_leaves_the_old_state(|state: &Causal<OrMap<Fragile, MvRegister<Fragile>>>, n| {
        state.write(ALICE, |map, dots| match map.contains_key(&Fragile(n)) {
            true => map.remove(dots, &Fragile(n)),
            false => map.update(dots, Fragile(n), |register, dots| register.set(dots, Fragile(n))),
        })
    });
}
