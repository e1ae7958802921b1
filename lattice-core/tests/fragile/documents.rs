//! Documents in which something is taken back.

use std::collections::BTreeSet;

use lattice_core::{
    AddWinsSet, Causal, CausalCounter, Delta, DotStore, Lattice, MvRegister, OrMap, RemoveWinsSet,
    causal::DotFun,
};

use super::{
    fragile::{Fragile, survives},
    joins::{ALICE, BOB, a_panic_loses_nothing},
};

#[test]
fn in_a_register_of_several_values() {
    a_panic_loses_nothing(|state: &Causal<MvRegister<Fragile>>, writer, n| {
        state.write(writer, |register, dots| match n % 5 {
            0 => register.clear(dots),
            _ => register.set(dots, Fragile(n)).and(MvRegister::default().set(dots, Fragile(n + 1))),
        })
    });
}

#[test]
fn in_counters_under_keys() {
    a_panic_loses_nothing(|state: &Causal<OrMap<Fragile, CausalCounter>>, writer, n| {
        state.write(writer, |map, dots| match n % 7 {
            0 => map.remove(dots, &Fragile(n % 4)),
            _ => map.update(dots, Fragile(n % 4), |counter, dots| counter.add(dots, n.into())),
        })
    });
}

#[test]
fn in_sets_under_keys_where_removals_win() {
    type Sets = Causal<OrMap<Fragile, RemoveWinsSet<Fragile>>>;
    a_panic_loses_nothing(|state: &Sets, writer, n| {
        state.write(writer, |map, dots| {
            map.update(dots, Fragile(n % 3), |set, dots| match n % 4 {
                0 => set.remove(dots, Fragile(n / 2)),
                _ => set.add(dots, Fragile(n)),
            })
        })
    });
}

/// Values that grow under their dots, as no type of ours writes them.
#[test]
fn in_values_under_dots() {
    a_panic_loses_nothing(|state: &Causal<DotFun<BTreeSet<Fragile>>>, writer, n| {
        state.write(writer, |values, dots| {
            let there = values.iter().nth(usize::from(n % 4)).map(|(dot, _)| dot);
            DotFun::one(there.unwrap_or_else(|| dots.fresh()), BTreeSet::from([Fragile(n), Fragile(n + 1)]))
        })
    });
}

type Sets = Causal<(AddWinsSet<Fragile>, OrMap<Fragile, AddWinsSet<Fragile>>)>;

fn written(state: &Sets, n: u8) -> Sets {
    state.write(ALICE, |(set, map), dots| {
        let added = map.update(dots, Fragile(n % 5), |set, dots| set.add(dots, Fragile(n)));
        (set.add(dots, Fragile(n)), added)
    })
}

/// One removes in both stores, and writes in a third place.
fn removed(state: &Sets, n: u8) -> Sets {
    state.write(BOB, |(set, map), dots| {
        let gone = map.update(dots, Fragile(n % 5), |set, dots| set.remove(dots, &Fragile(n)));
        let added = map.update(dots, Fragile(n % 5 + 1), |set, dots| set.add(dots, Fragile(100 + n)));
        (set.remove(dots, &Fragile(n)), gone.and(added))
    })
}

/// Where the places of dots are known, and must be those that there are after a panic too.
#[test]
fn in_a_document_that_knows_where_its_dots_lie() {
    let mut common = Sets::new();
    (0..40).for_each(|n| _ = common.join(written(&common, n)));
    // A copy does not know the places, so that each try learns them anew.
    let known = || {
        let mut state = common.clone();
        state.join(removed(&common, 7));
        state
    };
    let mut there = known();
    for n in [3, 8, 13] {
        there.join(removed(&there, n));
    }
    let news = there.diff(&known()).expect("three writes");
    let last = removed(&there, 22);
    let all = there.joined(last.clone());
    for by_value in [true, false] {
        let join = |state: &mut Sets| match by_value {
            true => _ = state.absorb(news.clone()),
            false => _ = state.join_ref(&news),
        };
        for n_calls in 0.. {
            let mut tried = known();
            let is_done = survives(n_calls, || join(&mut tried)).is_some();
            assert!(known().leq(&tried) && tried.leq(&all), "at call {n_calls}: {tried:?}");
            // What comes next looks where it was told that the dots lie.
            tried.join_ref(&last);
            assert!(tried.leq(&all), "at call {n_calls}: {tried:?}");
            tried.join_ref(&news);
            assert_eq!(tried, all, "after a panic at call {n_calls}");
            if is_done {
                break;
            }
        }
    }
}
