//! Lattices that are made of others, and those of one value.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    rc::Rc,
    sync::Arc,
};

use lattice_core::{
    Antichain, Bounded, Common, Dag, Dual, Flat, Grow, Handled, Lex, LexPartial, Max, PartialOrder,
    PnCounter, Prefix, WithTop, WriterId,
};

use super::{
    fragile::{Fragile, Frail},
    joins::{a_panic_leaves_what_is_between, a_panic_loses_nothing, a_panic_loses_nothing_of_all},
};

fn set(elements: impl IntoIterator<Item = u8>) -> BTreeSet<Fragile> {
    elements.into_iter().map(Fragile).collect()
}

#[test]
fn in_one_value() {
    a_panic_loses_nothing_of_all([
        Flat::Bottom,
        Flat::Value(Fragile(1)),
        Flat::Value(Fragile(2)),
        Flat::Conflict,
    ]);
    a_panic_loses_nothing_of_all([0, 1, 2].map(|n| Max(Fragile(n))));
    let values = [&[][..], &[1], &[1, 2, 3], &[1, 4], &[1, 4, 5]];
    a_panic_loses_nothing_of_all(
        values.map(|values| Prefix::from(Vec::from_iter(values.iter().map(|n| Fragile(*n))))),
    );
    #[cfg(feature = "smallvec")]
    a_panic_loses_nothing_of_all(
        [1, 2, 3].map(|n| Flat::Value(smallvec::SmallVec::<[Fragile; 2]>::from_iter((0..n).map(Fragile)))),
    );
}

#[test]
fn under_a_key_that_decides() {
    a_panic_loses_nothing_of_all((0..3).flat_map(|key| {
        [0, 1, 5].map(|n| Lex { key: Max(Fragile(key)), value: set((key..key + n).map(|n| 2 * n)) })
    }));
}

/// A value stays with its key or is forgotten with it: under a key of half of the writes it would say what nobody wrote.
#[test]
fn under_a_key_that_decides_in_part() {
    // Two fields, which can be joined one without the other.
    let key = |(first, second): (&[u8], &[u8])| (set(first.iter().copied()), set(second.iter().copied()));
    let keys: [(&[u8], &[u8]); 6] =
        [(&[], &[]), (&[1], &[]), (&[], &[2]), (&[1], &[2]), (&[3], &[4]), (&[3], &[2, 6])];
    a_panic_loses_nothing_of_all(
        keys.into_iter()
            .flat_map(|at| [0, 1, 4].map(|n| LexPartial { key: key(at), value: set((0..n).map(|n| 2 * n)) })),
    );
    let states =
        keys.map(|at| Dual(LexPartial { key: key(at), value: WithTop::Value(set([at.0.len() as u8])) }));
    for here in &states {
        states.iter().for_each(|there| a_panic_leaves_what_is_between(here, there));
    }
}

#[test]
fn within_a_bound() {
    let ranges = [0..0, 0..4, 2..7, 10..12, 3..9, 0..11];
    a_panic_loses_nothing_of_all(ranges.clone().map(|range| Bounded::<_, 6>::from(set(range))));
    a_panic_loses_nothing_of_all(
        ranges.clone().map(|range| Bounded::<_, 6>::from(HashSet::<Fragile>::from_iter(range.map(Fragile)))),
    );
    a_panic_loses_nothing_of_all(ranges.map(|range| {
        Bounded::<_, 6>::from(BTreeMap::from_iter(
            range.clone().map(|key| (Fragile(key), Frail(Fragile(range.end)))),
        ))
    }));
}

#[test]
fn under_a_pointer_an_option_and_a_top() {
    a_panic_loses_nothing(|_: &Option<BTreeSet<Fragile>>, _, n| Some(set([n])));
    a_panic_loses_nothing(|_: &Arc<BTreeSet<Fragile>>, _, n| Arc::new(set([n])));
    a_panic_loses_nothing(|_: &Rc<HashSet<Fragile>>, _, n| Rc::new(HashSet::from([Fragile(n)])));
    type Boxed = Box<BTreeMap<Fragile, Option<Frail>>>;
    a_panic_loses_nothing(|_: &Boxed, _, n| {
        Box::new(BTreeMap::from([(Fragile(n), (n % 3 > 0).then_some(Frail(Fragile(n))))]))
    });
    a_panic_loses_nothing(|_: &WithTop<BTreeSet<Fragile>>, writer, n| match (writer, n) {
        (WriterId(2), 9) => WithTop::Top,
        _ => WithTop::Value(set([n])),
    });
}

#[test]
fn side_by_side() {
    a_panic_loses_nothing(|_: &(BTreeSet<Fragile>, Grow<Frail>), _, n| {
        (set([n]), Grow::at(usize::from(n % 7), Frail(Fragile(n))))
    });
    a_panic_loses_nothing(|_: &Antichain<(Frail, Max<Fragile>)>, _, n| {
        Antichain::from((Frail(Fragile(n % 4)), Max(Fragile(n % 5))))
    });
}

#[test]
fn in_counts_under_keys() {
    a_panic_loses_nothing(|state: &BTreeMap<Fragile, PnCounter>, writer, n| {
        let counter = state.get(&Fragile(n % 5)).cloned().unwrap_or_default();
        BTreeMap::from([(Fragile(n % 5), counter.add(writer, i64::from(n % 2) * 3 - 1))])
    });
    a_panic_loses_nothing(|state: &Handled<Fragile>, _, n| {
        let next = state.last(&Fragile(n % 5)).map_or(1, |last| last + 1);
        state.accept(Fragile(n % 5), next).expect("it is new")
    });
}

#[test]
fn in_an_order_that_grows() {
    a_panic_loses_nothing(|state: &Dag<Fragile>, _, n| {
        let last = state.in_order().last().cloned();
        state.add(last.as_ref(), Fragile(n), None).unwrap_or_default()
    });
    a_panic_loses_nothing(|state: &PartialOrder<Fragile>, _, n| {
        let last = state.in_order().last().cloned();
        match last {
            Some(last) if n % 4 == 0 => state.remove(last),
            last => state.add(last.as_ref(), Fragile(n), None).unwrap_or_default(),
        }
    });
}

#[test]
fn in_what_all_have_in_common() {
    let sets = [0..0, 0..1, 1..4, 2..9, 0..30];
    for (here, there) in sets.iter().flat_map(|here| sets.iter().map(move |there| (here, there))) {
        let [here, there] = [here, there].map(|range| set(range.clone()));
        a_panic_leaves_what_is_between(&Common(here.clone()), &Common(there.clone()));
        let hashed = [&here, &there].map(|set| Common(HashSet::<Fragile>::from_iter(set.iter().cloned())));
        a_panic_leaves_what_is_between(&hashed[0], &hashed[1]);
        let grown = [&here, &there].map(|keys| Dual(Grow(keys.iter().map(|key| set([key.0, 7])).collect())));
        a_panic_leaves_what_is_between(&grown[0], &grown[1]);
        let mapped = [&here, &there].map(|keys| {
            Dual(BTreeMap::from_iter(keys.iter().map(|key| (Fragile(key.0 % 20), set([key.0, 7])))))
        });
        a_panic_leaves_what_is_between(&mapped[0], &mapped[1]);
    }
}

/// What comes of it without the panics is checked by the laws.
#[cfg(any(feature = "hashbrown", feature = "indexmap"))]
mod hashed_elsewhere {
    use std::hash::RandomState;

    use super::{Fragile, a_panic_loses_nothing};

    #[cfg(feature = "hashbrown")]
    #[test]
    fn in_sets_under_keys_of_hashbrown() {
        type Sets = hashbrown::HashMap<Fragile, hashbrown::HashSet<Fragile, RandomState>, RandomState>;
        a_panic_loses_nothing(|_: &Sets, _, n| {
            Sets::from_iter([(Fragile(n % 3), FromIterator::from_iter([Fragile(n)]))])
        });
    }

    #[cfg(feature = "indexmap")]
    #[test]
    fn in_sets_under_keys_of_indexmap() {
        type Sets = indexmap::IndexMap<Fragile, indexmap::IndexSet<Fragile, RandomState>, RandomState>;
        a_panic_loses_nothing(|_: &Sets, _, n| {
            Sets::from_iter([(Fragile(n % 3), FromIterator::from_iter([Fragile(n)]))])
        });
    }
}
