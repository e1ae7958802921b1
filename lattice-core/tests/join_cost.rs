//! What joins of large collections cost, counted rather than timed.

use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::{Hash, Hasher};

use lattice_core::{Lattice, Max};

thread_local! {
    static N_COMPARISONS: Cell<usize> = const { Cell::new(0) };
    static N_HASHES: Cell<usize> = const { Cell::new(0) };
}

/// A number that counts how often numbers are compared, and hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Counted(u32);

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
