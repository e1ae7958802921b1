//! What large collections cost to join and to take apart, counted rather than timed.

use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::{Hash, Hasher};

use lattice_core::{AddWinsSet, Causal, Dag, Delta, Lattice, Max, MvRegister, OrMap, WriterId};

thread_local! {
    static N_COMPARISONS: Cell<usize> = const { Cell::new(0) };
    static N_HASHES: Cell<usize> = const { Cell::new(0) };
    static N_CLONES: Cell<usize> = const { Cell::new(0) };
}

/// A number that counts how often numbers are compared, hashed, and cloned.
#[derive(Debug, PartialEq, Eq)]
struct Counted(u32);

impl Clone for Counted {
    fn clone(&self) -> Self {
        N_CLONES.set(N_CLONES.get() + 1);
        Self(self.0)
    }
}

impl Ord for Counted {
    fn cmp(&self, other: &Self) -> Ordering {
        N_COMPARISONS.set(N_COMPARISONS.get() + 1);
        self.0.cmp(&other.0)
    }
}

impl PartialOrd for Counted {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Counted {
    fn hash<H: Hasher>(&self, state: &mut H) {
        N_HASHES.set(N_HASHES.get() + 1);
        self.0.hash(state);
    }
}

const N: u32 = 1 << 14;

/// How many comparisons an element costs when the odd numbers are joined into the even ones.
fn comparisons<L: Lattice>(
    collect: impl Fn(&mut dyn Iterator<Item = Counted>) -> L,
    join: impl Fn(&mut L, L),
) -> f64 {
    let mut even = collect(&mut (0..N).map(|n| Counted(2 * n)));
    let odd = collect(&mut (0..N).map(|n| Counted(2 * n + 1)));
    N_COMPARISONS.set(0);
    join(&mut even, odd);
    N_COMPARISONS.get() as f64 / f64::from(2 * N)
}

#[test]
fn a_large_ordered_union_is_linear() {
    let set = |numbers: &mut dyn Iterator<Item = Counted>| numbers.collect::<BTreeSet<_>>();
    let map = |numbers: &mut dyn Iterator<Item = Counted>| {
        numbers.map(|n| (n, Max(0_u8))).collect::<BTreeMap<_, _>>()
    };
    let costs = [
        comparisons(set, |even, odd| assert!(even.join(odd))),
        comparisons(set, |even, odd| assert!(even.join_ref(&odd))),
        comparisons(map, |even, odd| assert!(even.join(odd))),
        comparisons(map, |even, odd| assert!(even.join_ref(&odd))),
    ];
    // One by one, an element would cost the depth of the tree, log₂ of 16,384 in each insertion.
    assert!(costs.iter().all(|&cost| cost < 5.0), "{costs:?}");
}

/// How many hashes an element costs when numbers are joined into the even ones.
fn hashes(
    others: impl Iterator<Item = u32>,
    join: impl Fn(&mut HashSet<Counted>, HashSet<Counted>) -> bool,
) -> f64 {
    let mut even: HashSet<Counted> = (0..N).map(|n| Counted(2 * n)).collect();
    let other: HashSet<Counted> = others.map(Counted).collect();
    N_HASHES.set(0);
    join(&mut even, other);
    N_HASHES.get() as f64 / f64::from(N)
}

#[test]
fn an_element_of_a_hashed_set_is_hashed_once_and_moved_at_most_once() {
    let odd = || (0..N).map(|n| 2 * n + 1);
    let even = || (0..N).map(|n| 2 * n);
    // Once for the element, and once for one of the receiver's that moves to a larger table; what is known moves nothing.
    let by_value = [hashes(odd(), |a, b| a.join(b)), hashes(even(), |a, b| a.join(b))];
    let by_reference = [hashes(odd(), |a, b| a.join_ref(&b)), hashes(even(), |a, b| a.join_ref(&b))];
    for [new, known] in [by_value, by_reference] {
        assert!(new < 2.05, "{new} hashes for what is new");
        assert_eq!(known, 1.0, "hashes for what is known");
    }
}

/// How often `act` compares and clones.
fn counted<R>(act: impl FnOnce() -> R) -> (R, usize, usize) {
    N_COMPARISONS.set(0);
    N_CLONES.set(0);
    let answer = act();
    (answer, N_COMPARISONS.get(), N_CLONES.get())
}

#[test]
fn parts_are_made_as_they_are_asked_for() {
    fn first_part_of<T: Delta>(state: &T) {
        let (part, _, n_clones) = counted(|| state.parts().next());
        assert!(part.is_some() && n_clones <= 2, "{n_clones} clones for one part");
    }
    let numbers = || (0..1000).map(Counted);
    first_part_of(&numbers().collect::<BTreeSet<_>>());
    first_part_of(&numbers().collect::<HashSet<_>>());
    first_part_of(&numbers().map(|n| (n, Max(7_u8))).collect::<BTreeMap<_, _>>());
    first_part_of(&(numbers().collect::<BTreeSet<_>>(), Max(1_u8)));
    first_part_of(&set_of(1000));
}

/// By eight writers in turn.
fn set_of(n_elements: u32) -> Causal<AddWinsSet<Counted>> {
    let mut set = Causal::<AddWinsSet<Counted>>::new();
    for n in 0..n_elements {
        set.join(set.write(WriterId(u64::from(n % 8)), |set, dots| set.add(dots, Counted(n))));
    }
    set
}

/// A write and its delta take searches: of twice the elements one more comparison at each level, and no more clones.
#[test]
fn writes_and_deltas_of_a_document_cost_a_few_searches_however_large_it_is() {
    let cost_of = |n_elements| {
        let mut set = set_of(n_elements);
        let writer = WriterId(1);
        // The first removal goes through the set once.
        set.join(set.write(writer, |set, dots| set.remove(dots, &Counted(0))));
        let (added, ..) =
            counted(|| set.write(WriterId(3), |set, dots| set.add(dots, Counted(n_elements / 2))));
        let (removed, ..) =
            counted(|| added.write(WriterId(2), |set, dots| set.remove(dots, &Counted(n_elements / 2))));
        let (_, n_comparisons, n_clones) = counted(|| {
            let delta = set.write(writer, |set, dots| set.add(dots, Counted(n_elements)));
            assert!(set.join_ref(&delta) && !set.join_ref(&delta));
            assert!(set.join_ref(&added) && set.absorb(removed.clone()).is_some());
            let taken = set.write(writer, |set, dots| set.remove(dots, &Counted(n_elements / 3)));
            assert!(set.absorb(taken).is_some() && !set.contains(&Counted(n_elements / 3)));
        });
        (n_comparisons, n_clones)
    };
    let (small, large) = (cost_of(1 << 7), cost_of(1 << 14));
    assert!(large.0 <= 6 * small.0 && large.0 < 500, "{} comparisons, and {}", small.0, large.0);
    assert!(large.1 <= small.1 + 2, "{} clones, and {}", small.1, large.1);
}

#[test]
fn two_documents_of_a_size_are_joined_side_by_side() {
    let join = |n_elements| {
        let (mut here, mut there) = (set_of(n_elements), set_of(n_elements));
        here.join(here.write(WriterId(1), |set, dots| set.add(dots, Counted(n_elements))));
        there.join(there.write(WriterId(2), |set, dots| set.clear(dots)));
        let (_, n_comparisons, _) = counted(|| assert!(here.join(there)));
        f64::from(n_comparisons as u32) / f64::from(n_elements)
    };
    let cost = join(N);
    assert!(cost < 40.0, "{cost} comparisons an element");
}

#[test]
fn a_map_that_is_removed_as_a_whole_names_each_dot_once() {
    let mut map = Causal::<OrMap<Counted, MvRegister<u8>>>::new();
    for n in 0..1000 {
        map.join(map.write(WriterId(1), |map, dots| {
            map.update(dots, Counted(n), |register, dots| register.set(dots, 1))
        }));
    }
    let (cleared, n_comparisons, n_clones) = counted(|| map.write(WriterId(1), |map, dots| map.clear(dots)));
    assert_eq!((cleared.context().n_dots(), n_comparisons, n_clones), (1000, 0, 0));
}

#[test]
fn a_vertex_between_neighbours_costs_searches() {
    let end = Counted(u32::MAX);
    let mut dag = Dag::new();
    dag.join(dag.add(None, Counted(0), None).expect("a beginning"));
    dag.join(dag.add(Some(&Counted(0)), end.clone(), None).expect("an end"));
    let ((), n_comparisons, _) = counted(|| {
        for n in 1..4000 {
            dag.join(
                dag.add(Some(&Counted(n - 1)), Counted(n), Some(&end))
                    .expect("the last one is before the end"),
            );
        }
    });
    assert!(n_comparisons < 4000 * 400, "{n_comparisons} comparisons");
}
