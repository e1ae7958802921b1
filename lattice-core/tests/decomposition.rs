//! How the states of every type come apart, on states with gaps, removals and counts at their end:
//!
//! 1. the parts of a state join back to it;
//! 2. none of them is below the join of the others, and each is its own only part;
//! 3. a difference is least: without any one of its parts it would not do, and what is missing is missing part by part;
//! 4. `absorb` answers that difference, and nothing of what was known.
//!
//! What holds only of lattices that are distributive, and of states that have not forgotten what met in them, is not asked of conflicts.

mod catalogue;

use catalogue::{Chance, Seen, Visitor, Written, for_each_type};

fn join_all<'a, T: Written + 'a>(parts: impl Iterator<Item = &'a T>) -> T {
    parts.cloned().fold(T::bottom(), T::joined)
}

/// All of them but one, for each in turn.
fn without_each<T: Written>(parts: &[T]) -> impl Iterator<Item = (&T, T)> {
    parts.iter().enumerate().map(|(at, part)| {
        let others = parts.iter().enumerate().filter(move |(other, _)| *other != at);
        (part, join_all(others.map(|(_, other)| other)))
    })
}

fn comes_apart<T: Written>(name: &str, state: &T) {
    let parts: Vec<T> = state.parts().collect();
    assert_eq!(join_all(parts.iter()), *state, "{name}: parts join back");
    assert_eq!(parts.is_empty(), state.is_bottom(), "{name}: only the bottom has no parts");
    for (part, others) in without_each(&parts) {
        assert!(!part.leq(&others), "{name}: {part:?} is redundant in {state:?}");
        assert!(part.parts().eq([part.clone()]), "{name}: {part:?} is reducible");
    }
}

fn differs_least<T: Written>(name: &str, state: &T, seen: &T) {
    let joined = seen.clone().joined(state.clone());
    let diff = state.diff(seen);
    let mut absorbing = seen.clone();
    let news = absorbing.absorb(state.clone());
    assert_eq!(absorbing, joined, "{name}: absorbing joins");
    let (Some(diff), Some(news)) = (&diff, &news) else {
        assert_eq!((diff, news), (None, None), "{name}: {state:?}, to {seen:?}");
        assert_eq!(joined, *seen, "{name}: nothing was missing");
        return;
    };
    assert!(diff.leq(state), "{name}: nothing is made up");
    assert_eq!(seen.clone().joined(diff.clone()), joined, "{name}: a difference is enough");
    if joined.conflict().is_some() {
        assert_eq!(seen.clone().joined(news.clone()), joined, "{name}: so is what was absorbed");
        return;
    }
    assert_eq!(diff, news, "{name}: {state:?} absorbed by {seen:?}");
    let parts: Vec<T> = diff.parts().collect();
    for (part, others) in without_each(&parts) {
        assert_ne!(seen.clone().joined(others), joined, "{name}: {part:?} is not needed by {seen:?}");
    }
}

struct Decomposition;

impl Visitor for Decomposition {
    fn visit<T: Written>(&mut self, name: &'static str) {
        for seed in 0..6 {
            let chance = &mut Chance::new(seed);
            let mut states = vec![T::bottom()];
            states.extend(Seen::at_random(chance, 4 * seed as usize).into_states());
            // Of the same writers, whose further writes the others lack.
            let mut ahead = states[1].clone();
            for n in 0..4 {
                ahead.join(states[1].write(lattice_core::WriterId(10 + n), chance));
            }
            states.push(ahead);
            states.iter().for_each(|state| comes_apart(name, state));
            for state in &states {
                states.iter().for_each(|seen| differs_least(name, state, seen));
            }
        }
    }
}

#[test]
fn every_type_comes_apart_into_its_parts_and_least_differences() {
    for_each_type(&mut Decomposition);
}
