//! What a join leaves when code of a user's panics in it, at the first call, the second, and so on.

use std::fmt::Debug;

use lattice_core::{Delta, Lattice, WriterId, codec::Codec};

use super::fragile::survives_breakdown;

pub(crate) const ALICE: WriterId = WriterId(1);
pub(crate) const BOB: WriterId = WriterId(2);

/// So many elements, so that there is none, one, a few, and more than a node of a map has room for.
const SIZES: [u8; 4] = [0, 1, 3, 20];

type Join<T> = (&'static str, fn(&mut T, T));

/// Joins what two writers wrote, each as often as `SIZES` say, after some writes in common; of `write(state, writer, n)`.
pub(crate) fn a_panic_loses_nothing<T>(write: impl Fn(&T, WriterId, u8) -> T)
where
    T: Delta + Codec + PartialEq + Debug,
{
    let written = |mut state: T, writer, elements: Vec<u8>| {
        elements.into_iter().for_each(|n| _ = state.join(write(&state, writer, n)));
        state
    };
    for n_common in [0, 12] {
        let common = written(T::bottom(), ALICE, (0..n_common).map(|n| 5 * n).collect());
        for (n_here, n_there) in SIZES.into_iter().flat_map(|n| SIZES.map(|m| (n, m))) {
            // Some of them the other has as well, and some it replaces.
            let here = written(common.clone(), ALICE, (0..n_here).map(|n| 2 * n).collect());
            let there = written(common.clone(), BOB, (0..n_there).map(|n| 3 * n).collect());
            a_panic_loses_nothing_of(&here, &there);
        }
    }
}

/// Each with each.
pub(crate) fn a_panic_loses_nothing_of_all<T>(states: impl IntoIterator<Item = T>)
where
    T: Delta + Codec + PartialEq + Debug,
{
    let states: Vec<T> = states.into_iter().collect();
    states.iter().for_each(|here| states.iter().for_each(|there| a_panic_loses_nothing_of(here, there)));
}

/// Of a type with deltas: what a panic leaves is the old state joined with none or some of the parts of the other, and has a canonical form.
fn a_panic_loses_nothing_of<T: Delta + Codec + PartialEq + Debug>(here: &T, there: &T) {
    let joins: [Join<T>; 3] = [
        ("join", |here, there| _ = here.join(there)),
        ("join_ref", |here, there| _ = here.join_ref(&there)),
        ("absorb", |here, there| _ = here.absorb(there)),
    ];
    let parts: Vec<T> = there.parts().collect();
    at_every_call(here, there, &joins, |tried| {
        let known = parts.iter().filter(|part| part.leq(tried));
        let some = known.fold(here.clone(), |mut state, part| {
            state.join_ref(part);
            state
        });
        some == *tried && T::from_bytes(&tried.to_bytes()).as_ref() == Ok(tried)
    });
}

/// Of a type without: what a panic leaves is the old state, the join, or between the two.
pub(crate) fn a_panic_leaves_what_is_between<T: Lattice + Clone + PartialEq + Debug>(here: &T, there: &T) {
    let joins: [Join<T>; 2] =
        [("join", |here, there| _ = here.join(there)), ("join_ref", |here, there| _ = here.join_ref(&there))];
    let joined = here.clone().joined(there.clone());
    at_every_call(here, there, &joins, |tried| here.leq(tried) && tried.leq(&joined));
}

fn at_every_call<T>(here: &T, there: &T, joins: &[Join<T>], is_sound: impl Fn(&T) -> bool)
where
    T: Lattice + Clone + PartialEq + Debug,
{
    let joined = here.clone().joined(there.clone());
    for (name, join) in joins {
        // After each of the first calls, and then not after each: there are hundreds, and all beginnings are tried.
        let n_each = if cfg!(debug_assertions) { 16 } else { 64 };
        let mut n_calls = 0;
        loop {
            let (mut tried, sent) = (here.clone(), there.clone());
            let is_done = survives_breakdown(n_calls, || join(&mut tried, sent)).is_some();
            if is_done {
                assert_eq!(tried, joined, "{name}");
                break;
            }
            let told = || format!("{name}: a panic at call {n_calls} of {here:?} ⊔ {there:?} left {tried:?}");
            assert!(is_sound(&tried), "{}", told());
            let mut again = tried.clone();
            join(&mut again, there.clone());
            assert_eq!(again, joined, "again: {}", told());
            n_calls += 1 + n_calls / n_each;
        }
    }
}
