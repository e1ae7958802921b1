//! What comes and goes leaves nothing behind but counts: eight writers add and remove over a hundred live elements, for ever.
//!
//! The state that is left takes, as bytes, at most twice what it takes if the same elements are written once, in their order, by the same writers. Their deltas come to three
//! replicas late and out of order, so gaps open and close. `CHURN_WRITES=1000000` sets how many writes there are.

#[path = "causal_oracle/chance.rs"]
mod chance;

use std::{collections::BTreeSet, env};

use chance::Chance;
use lattice_core::{
    AddWinsSet, Causal, CausalCounter, DotStore, Lattice, OrMap, RemoveWinsSet, WriterId, codec::Codec,
};

const N_WRITERS: u64 = 8;
const N_LIVE: usize = 100;

fn n_writes() -> usize {
    let usual = if cfg!(debug_assertions) { 4_000 } else { 100_000 };
    env::var("CHURN_WRITES").map_or(usual, |n| n.parse().expect("a number"))
}

/// Random, as real identities are.
fn writer(n: u64) -> WriterId {
    WriterId(Chance::new(n).next())
}

fn deliver<L: Lattice + Clone>(late: &mut Vec<L>, replicas: &mut [L]) {
    for delta in late.drain(..) {
        replicas.iter_mut().for_each(|replica| _ = replica.join_ref(&delta));
    }
}

fn churn<S: DotStore>(
    add: fn(&Causal<S>, WriterId, u32) -> Causal<S>,
    remove: fn(&Causal<S>, WriterId, u32) -> Causal<S>,
) where
    Causal<S>: Codec,
{
    let chance = &mut Chance::new(1);
    let elements: Vec<u32> = (0..N_LIVE).map(|_| chance.next() as u32).collect();
    let mut replicas = vec![Causal::<S>::new(); 3];
    let mut late: Vec<Causal<S>> = Vec::new();
    let mut longest = 0;
    for n in 0..n_writes() {
        // Each writer writes where it is: at one replica, which knows all of its writes.
        let by = chance.next() % N_WRITERS;
        let at = (by % 3) as usize;
        let element = *chance.one_of(&elements);
        // More additions than removals, so that the elements live.
        let delta = if chance.below(3) == 0 { remove } else { add }(&replicas[at], writer(by), element);
        replicas[at].join_ref(&delta);
        late.push(delta);
        if late.len() == 64 {
            chance.shuffle(&mut late);
            deliver(&mut late, &mut replicas);
            if n % 1024 < 64 {
                longest = longest.max(replicas[0].to_bytes().len());
            }
        }
    }
    deliver(&mut late, &mut replicas);
    assert!(replicas.iter().all(|replica| *replica == replicas[0]), "they have converged");

    let mut afresh = Causal::<S>::new();
    let ordered: BTreeSet<u32> = elements.into_iter().collect();
    for (n, element) in ordered.into_iter().enumerate() {
        afresh.join(add(&afresh, writer(n as u64 % N_WRITERS), element));
    }
    let least = afresh.to_bytes().len();
    println!("{} writes: {longest} bytes at most, {least} written afresh", n_writes());
    assert!(longest <= 2 * least, "{longest} bytes, and {least} afresh");
    assert_eq!(replicas[0].context().ranges().count() as u64, N_WRITERS, "all gaps have closed");
}

#[test]
fn an_add_wins_set_stays_within_twice_its_least_form() {
    churn::<AddWinsSet<u32>>(
        |state, writer, element| state.write(writer, |set, dots| set.add(dots, element)),
        |state, writer, element| state.write(writer, |set, dots| set.remove(dots, &element)),
    );
}

#[test]
fn a_remove_wins_set_stays_within_twice_its_least_form() {
    churn::<RemoveWinsSet<u32>>(
        |state, writer, element| state.write(writer, |set, dots| set.add(dots, element)),
        |state, writer, element| state.write(writer, |set, dots| set.remove(dots, element)),
    );
}

#[test]
fn a_map_stays_within_twice_its_least_form() {
    churn::<OrMap<u32, CausalCounter>>(
        |state, writer, element| {
            state.write(writer, |map, dots| {
                map.update(dots, element, |counter, dots| counter.reset(dots).and(counter.add(dots, 1)))
            })
        },
        |state, writer, element| state.write(writer, |map, dots| map.remove(dots, &element)),
    );
}
