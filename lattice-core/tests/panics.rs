//! Code of a user's that panics: comparisons, hashes, clones, joins, at the first call, the second, and so on until the operation succeeds.
//!
//! 1. A join of one part, by value or by reference, leaves the old state, and succeeds when it is tried again. `absorb` may have joined before it panics over
//!    its answer.
//! 2. A join of several parts, or an `absorb`, leaves the old state joined with none or some of them: nothing is lost, what is left is a state like any
//!    other, and trying again brings the rest.
//! 3. What takes the state by reference, `diff`, `parts`, writes and the codec, leaves it as it is.

#[path = "fragile/combinators.rs"]
mod combinators;
#[path = "fragile/documents.rs"]
mod documents;
mod fragile;
#[path = "fragile/joins.rs"]
mod joins;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    fmt::Debug,
};

use fragile::{Fragile, Frail, survives};
use joins::{ALICE, a_panic_loses_nothing};
use lattice_core::{
    AddWinsSet, Antichain, Causal, CausalLengthSet, Delta, DenseMap, DotStore, Grow, Handled, LwwRegister,
    LwwSet, MvRegister, OrMap, PartialOrder, RemoveWinsSet, Sequence, Stamp, TwoPhaseGraph, TwoPhaseSet,
    WriterId, codec::Codec,
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

/// Of `write(state, writer, n)`, which is of one part.
fn a_panic_leaves_the_old_state<T>(write: impl Fn(&T, WriterId, u8) -> T)
where
    T: Delta + Codec + PartialEq + Debug,
{
    a_panic_loses_nothing(&write);
    let write = |state: &T, n| write(state, ALICE, n);
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

#[test]
fn in_an_ordered_set() {
    a_panic_leaves_the_old_state(|_: &BTreeSet<Fragile>, _, n| BTreeSet::from([Fragile(n)]));
}

#[test]
fn in_a_hashed_set() {
    a_panic_leaves_the_old_state(|_: &HashSet<Fragile>, _, n| HashSet::from([Fragile(n)]));
}

#[test]
fn in_an_ordered_map() {
    a_panic_leaves_the_old_state(|state: &BTreeMap<Fragile, Frail>, _, n| {
        let value = state.get(&Fragile(n)).map_or(1, |value| value.0.0 + 1);
        BTreeMap::from([(Fragile(n), Frail(Fragile(value)))])
    });
}

#[test]
fn in_a_hashed_map() {
    a_panic_leaves_the_old_state(|_: &HashMap<Fragile, Frail>, _, n| {
        HashMap::from([(Fragile(n), Frail(Fragile(7)))])
    });
}

#[test]
fn in_a_two_phase_set() {
    a_panic_leaves_the_old_state(|state: &TwoPhaseSet<Fragile>, _, n| state.remove(Fragile(n)));
}

#[test]
fn in_a_register() {
    a_panic_leaves_the_old_state(|state: &LwwRegister<Fragile>, writer, n| {
        state.set(Stamp { wall: n.into(), count: 0, writer }, Fragile(n))
    });
}

/// Adds what is not there, or takes it back: one dot.
#[test]
fn in_an_add_wins_set() {
    a_panic_leaves_the_old_state(|state: &Causal<AddWinsSet<Fragile>>, writer, n| {
        state.write(writer, |set, dots| match set.contains(&Fragile(n)) {
            true => set.remove(dots, &Fragile(n)),
            false => set.add(dots, Fragile(n)),
        })
    });
}

#[test]
fn in_a_remove_wins_set() {
    a_panic_leaves_the_old_state(|state: &Causal<RemoveWinsSet<Fragile>>, writer, n| {
        state.write(writer, |set, dots| match set.contains(&Fragile(n)) {
            true => Default::default(),
            false => set.add(dots, Fragile(n)),
        })
    });
}

#[test]
fn in_a_map_of_registers() {
    a_panic_leaves_the_old_state(|state: &Causal<OrMap<Fragile, MvRegister<Fragile>>>, writer, n| {
        state.write(writer, |map, dots| match map.contains_key(&Fragile(n)) {
            true => map.remove(dots, &Fragile(n)),
            false => map.update(dots, Fragile(n), |register, dots| register.set(dots, Fragile(n))),
        })
    });
}

#[test]
fn in_sets_under_keys() {
    a_panic_loses_nothing(|_: &BTreeMap<Fragile, BTreeSet<Fragile>>, _, n| {
        BTreeMap::from([(Fragile(n % 3), BTreeSet::from([Fragile(n)]))])
    });
    a_panic_loses_nothing(|_: &HashMap<Fragile, HashSet<Fragile>>, _, n| {
        HashMap::from([(Fragile(n % 3), HashSet::from([Fragile(n)]))])
    });
}

#[test]
fn in_sets_at_positions() {
    a_panic_loses_nothing(|_: &Grow<BTreeSet<Fragile>>, _, n| {
        Grow::at(usize::from(n % 7), BTreeSet::from([Fragile(n)]))
    });
    a_panic_loses_nothing(|_: &DenseMap<u8, BTreeSet<Fragile>>, _, n| {
        DenseMap::from_iter([(n % 7, BTreeSet::from([Fragile(n)]))])
    });
    a_panic_loses_nothing(|_: &[BTreeSet<Fragile>; 2], _, n| {
        let mut sets = <[BTreeSet<Fragile>; 2]>::default();
        sets[usize::from(n % 2)].insert(Fragile(n));
        sets
    });
}

#[test]
fn in_an_antichain() {
    a_panic_loses_nothing(|_: &Antichain<BTreeSet<Fragile>>, _, n| {
        Antichain::from(BTreeSet::from([Fragile(n % 4), Fragile(n % 5)]))
    });
}

#[test]
fn in_sets_of_lengths_and_stamps() {
    a_panic_loses_nothing(|state: &CausalLengthSet<Fragile>, _, n| match n % 4 {
        0 => state.remove(Fragile(n)),
        _ => state.add(Fragile(n)),
    });
    a_panic_loses_nothing(|state: &LwwSet<Fragile>, writer, n| {
        let stamp = Stamp { wall: n.into(), count: 0, writer };
        if n % 4 == 0 { state.remove(stamp, Fragile(n)) } else { state.add(stamp, Fragile(n)) }
    });
}

#[test]
fn in_a_graph() {
    a_panic_loses_nothing(|state: &TwoPhaseGraph<Fragile>, _, n| match n % 4 {
        0 => state.remove_vertex(Fragile(n)),
        1 => state.add_edge(Fragile(n), Fragile(n / 2)),
        _ => state.add_vertex(Fragile(n)),
    });
}

#[test]
fn in_an_order_of_vertices() {
    a_panic_loses_nothing(|state: &PartialOrder<Fragile>, _, n| match n % 4 {
        0 => state.remove(Fragile(n)),
        _ => state.add(state.in_order().next(), Fragile(n), None).unwrap_or_default(),
    });
}

#[test]
fn in_handled_commands() {
    a_panic_loses_nothing(|state: &Handled<Fragile>, _, n| {
        state.accept(Fragile(n % 5), n.into()).unwrap_or_default()
    });
}

#[test]
fn in_a_sequence() {
    a_panic_loses_nothing(|state: &Sequence<Fragile>, writer, n| {
        let first = state.ids().next();
        match first {
            Some(first) if n % 4 == 0 => state.remove(first),
            _ => state.insert(writer, first, None, [n, n + 1].map(Fragile)).expect("counts are left"),
        }
    });
}

#[test]
fn in_a_document_of_two_sets_one_of_which_is_under_keys() {
    type Store = (AddWinsSet<Fragile>, OrMap<Fragile, AddWinsSet<Fragile>>);
    a_panic_loses_nothing(|state: &Causal<Store>, writer, n| {
        state.write(writer, |(set, map), dots| {
            let added = map.update(dots, Fragile(n % 3), |set, dots| set.add(dots, Fragile(n)));
            let first = if n % 4 == 0 { set.clear(dots) } else { set.add(dots, Fragile(n)) };
            (first, added).and((AddWinsSet::default(), OrMap::default()))
        })
    });
}
