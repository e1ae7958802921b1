//! Joins: ours, hydro's `lattices`, `ascent_base`, `crdts`, and what one would write with std alone.
//!
//! One line a row: the same join by every side that has the type, in interleaved rounds. Copies are made, and results freed, outside the
//! measured time; freeing the argument of a join by value is part of that join.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hint::black_box;
use std::time::Duration;

use ascent_base::Lattice as _;
use ascent_base::lattice::{Product, set::Set};
use crdts::{CvRDT, GSet, VClock};
use lattice_core::{Lattice, Max};
use lattices::map_union::{MapUnionBTreeMap, MapUnionHashMap};
use lattices::set_union::{SetUnionBTreeSet, SetUnionHashSet};
use lattices::{Merge, Pair};
use lvars_benches::{Contest, Goal, clock, is_short};

/// The design's bounds, in nanoseconds: an element of a join by reference that brings nothing, and the join of a large set
/// into a small one, which must not depend on the large one's size.
const NOTHING_NEW: Goal = Goal { must: 15.0, stretch: 12.0 };
const MANY_INTO_ONE: Goal = Goal { must: 10_000.0, stretch: 5_000.0 };

/// What the argument holds that the receiver does not.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Case {
    Disjoint,
    Half,
    Equal,
    OneIntoMany,
    ManyIntoOne,
}

fn main() {
    scalars();
    let sizes: &[u64] = if is_short() { &[10_000, 100_000] } else { &[10_000, 100_000, 1_000_000] };
    for &n in sizes {
        for case in [Case::Disjoint, Case::Half, Case::Equal, Case::OneIntoMany, Case::ManyIntoOne] {
            let row = Row { case, n };
            row.hashed_sets();
            row.ordered_sets();
            row.hashed_maps();
            row.ordered_maps();
        }
    }
    if is_short() {
        Row { case: Case::ManyIntoOne, n: 1_000_000 }.hashed_sets();
    }
}

#[derive(Clone, Copy)]
struct Row {
    case: Case,
    n: u64,
}

impl Row {
    fn hashed_sets(self) {
        let [start, other] = self.keys().map(HashSet::<u64>::from_iter);
        let [hydro, hydro_other] = [&start, &other].map(|set| SetUnionHashSet::new(set.clone()));
        let ours = self.run(
            "hashed set",
            Contest::new("by value", self.n_operations())
                .side("ours", by_value(&start, &other, |set, other| set.join(other)))
                .side("hydro", by_value(&hydro, &hydro_other, |set, other| set.merge(other)))
                .side("std", by_value(&start, &other, |set, other| set.extend(other))),
        );
        if self.case == Case::ManyIntoOne && self.n == 1_000_000 {
            MANY_INTO_ONE.judge(ours, "ns for 1,000,000 into 1");
        }
        let ours = self.run(
            "hashed set",
            Contest::new("by reference", self.n_operations())
                .side("ours", by_reference(&start, &other, |set, other| set.join_ref(other)))
                .side("hydro", by_reference(&hydro, &hydro_other, |set, other| set.merge(other.clone())))
                .side("std", by_reference(&start, &other, |set, other| set.extend(other))),
        );
        if self.case == Case::Equal {
            NOTHING_NEW.judge(ours, "ns an element of an equal set");
        }
    }

    fn ordered_sets(self) {
        // Copied, as the peers' are: the nodes of a copy lie side by side.
        let [start, other] = self.keys().map(|keys| grown::<BTreeSet<u64>, _>(keys).clone());
        let [hydro, hydro_other] = [&start, &other].map(|set| SetUnionBTreeSet::new(set.clone()));
        let [ascent, ascent_other] = [&start, &other].map(|set| Set(set.clone()));
        let [crdts, crdts_other] = [&start, &other].map(|set| {
            let mut grow_only = GSet::new();
            set.iter().for_each(|&key| grow_only.insert(key));
            grow_only
        });
        self.run(
            "ordered set",
            Contest::new("by value", self.n_operations())
                .side("ours", by_value(&start, &other, |set, other| set.join(other)))
                .side("hydro", by_value(&hydro, &hydro_other, |set, other| set.merge(other)))
                .side("ascent", by_value(&ascent, &ascent_other, |set, other| set.join_mut(other)))
                .side("crdts", by_value(&crdts, &crdts_other, |set, other| set.merge(other)))
                .side("std", by_value(&start, &other, |set, mut other| set.append(&mut other))),
        );
        self.run(
            "ordered set",
            Contest::new("by reference", self.n_operations())
                .side("ours", by_reference(&start, &other, |set, other| set.join_ref(other)))
                .side("hydro", by_reference(&hydro, &hydro_other, |set, other| set.merge(other.clone())))
                .side(
                    "ascent",
                    by_reference(&ascent, &ascent_other, |set, other| set.join_mut(other.clone())),
                )
                .side("std", by_reference(&start, &other, |set, other| set.extend(other))),
        );
    }

    fn hashed_maps(self) {
        let [start, other] = self.keys().map(|keys| entries(keys, Max).collect::<HashMap<_, _>>());
        let [hydro, hydro_other] =
            self.keys().map(|keys| MapUnionHashMap::new(entries(keys, lattices::Max::new).collect()));
        let [plain, plain_other] = self.keys().map(|keys| entries(keys, |n| n).collect::<HashMap<_, _>>());
        self.run(
            "hashed map",
            Contest::new("by value", self.n_operations())
                .side("ours", by_value(&start, &other, |map, other| map.join(other)))
                .side("hydro", by_value(&hydro, &hydro_other, |map, other| map.merge(other)))
                .side(
                    "std",
                    by_value(&plain, &plain_other, |map, other| {
                        for (key, value) in other {
                            map.entry(key).and_modify(|here| *here = value.max(*here)).or_insert(value);
                        }
                    }),
                ),
        );
        self.run(
            "hashed map",
            Contest::new("by reference", self.n_operations())
                .side("ours", by_reference(&start, &other, |map, other| map.join_ref(other)))
                .side("hydro", by_reference(&hydro, &hydro_other, |map, other| map.merge(other.clone()))),
        );
    }

    fn ordered_maps(self) {
        let [start, other] = self.keys().map(|keys| grown::<BTreeMap<_, _>, _>(entries(keys, Max)));
        let [hydro, hydro_other] =
            self.keys().map(|keys| MapUnionBTreeMap::new(grown(entries(keys, lattices::Max::new))));
        let [crdts, crdts_other] = self
            .keys()
            .map(|keys| entries(keys, |n| n).map(|(key, n)| crdts::Dot::new(key, n)).collect::<VClock<_>>());
        let [plain, plain_other] = self.keys().map(|keys| grown::<BTreeMap<_, _>, _>(entries(keys, |n| n)));
        self.run(
            "ordered map",
            Contest::new("by value", self.n_operations())
                .side("ours", by_value(&start, &other, |map, other| map.join(other)))
                .side("hydro", by_value(&hydro, &hydro_other, |map, other| map.merge(other)))
                .side("crdts", by_value(&crdts, &crdts_other, |map, other| map.merge(other)))
                .side(
                    "std",
                    by_value(&plain, &plain_other, |map, other| {
                        for (key, value) in other {
                            map.entry(key).and_modify(|here| *here = value.max(*here)).or_insert(value);
                        }
                    }),
                ),
        );
        self.run(
            "ordered map",
            Contest::new("by reference", self.n_operations())
                .side("ours", by_reference(&start, &other, |map, other| map.join_ref(other)))
                .side("hydro", by_reference(&hydro, &hydro_other, |map, other| map.merge(other.clone()))),
        );
    }

    /// The keys of the receiver and of the argument.
    fn keys(self) -> [Vec<u64>; 2] {
        let n = self.n;
        let [start, other] = match self.case {
            Case::Disjoint => [0..n, n..2 * n],
            Case::Half => [0..n, n / 2..n + n / 2],
            Case::Equal => [0..n, 0..n],
            Case::OneIntoMany => [0..n, n..n + 1],
            Case::ManyIntoOne => [n..n + 1, 0..n],
        };
        // Spread, so that neither a hasher nor a tree profits from the order of insertion.
        [start, other].map(|range| range.map(|i| i.wrapping_mul(0x9E37_79B9_7F4A_7C15)).collect())
    }

    /// What the time of a join is divided by: nothing, where the point is that it does not depend on the size.
    fn n_operations(self) -> u32 {
        match self.case {
            Case::Disjoint | Case::Half | Case::Equal => self.n as u32,
            Case::OneIntoMany | Case::ManyIntoOne => 1,
        }
    }

    /// Prints the row and answers our median.
    fn run(self, what: &str, contest: Contest<'_>) -> f64 {
        let n_rounds = match (self.n, is_short()) {
            (..=10_000, false) => 41,
            (..=100_000, false) => 11,
            (_, false) => 3,
            (..=10_000, true) => 15,
            (_, true) => 3,
        };
        contest.line(&format!("{what}, {:?}, {}", self.case, self.n), n_rounds)[0].median
    }
}

/// Filled one by one, as the collections of `crdts` must be: a tree that is collected has full nodes, which the first insertion splits.
fn grown<C: Default + Extend<T>, T>(elements: impl IntoIterator<Item = T>) -> C {
    let mut collection = C::default();
    collection.extend(elements);
    collection
}

fn entries<V>(keys: Vec<u64>, value: impl Fn(u64) -> V) -> impl Iterator<Item = (u64, V)> {
    keys.into_iter().map(move |key| (key, value(key | 1)))
}

fn by_value<'a, L: Clone, R>(
    start: &'a L,
    other: &'a L,
    join: fn(&mut L, L) -> R,
) -> impl FnMut() -> Duration + 'a
where
    R: 'a,
{
    move || {
        let (mut state, other) = (start.clone(), other.clone());
        let (time, _) = clock::timed(|| join(&mut state, other));
        drop(black_box(state));
        time
    }
}

fn by_reference<'a, L: Clone, R>(
    start: &'a L,
    other: &'a L,
    join: fn(&mut L, &L) -> R,
) -> impl FnMut() -> Duration + 'a
where
    R: 'a,
{
    move || {
        let mut state = start.clone();
        let (time, _) = clock::timed(|| join(&mut state, black_box(other)));
        drop(black_box(state));
        time
    }
}

#[derive(lvars::Lattice, Clone, Copy, PartialEq, Eq)]
#[lattice(order(New < Paid < Sent < Broken, New < Cancelled < Broken), conflict = Broken)]
enum Status {
    New,
    Paid,
    Sent,
    Cancelled,
    Broken,
}

const STATUSES: [Status; 5] = [Status::New, Status::Paid, Status::Sent, Status::Cancelled, Status::Broken];

/// The join of [`Status`] as one writes it by hand.
fn join_by_hand(status: &mut Status, other: Status) -> bool {
    use Status::{Broken, Cancelled, New, Paid, Sent};
    let joined = match (*status, other) {
        (New, status) | (status, New) => status,
        (Paid, Paid) => Paid,
        (Paid | Sent, Paid | Sent) => Sent,
        (Cancelled, Cancelled) => Cancelled,
        _ => Broken,
    };
    let grew = joined != *status;
    *status = joined;
    grew
}

#[derive(lvars::Lattice, Clone)]
struct Derived {
    left: Max<u64>,
    right: Max<u64>,
}

/// Many states, each the join of two that the compiler cannot foresee.
fn scalars() {
    const N: u32 = 100_000;
    let n_rounds = if is_short() { 31 } else { 101 };
    let numbers: Vec<u64> = (0..u64::from(N)).map(|i| i.wrapping_mul(0x9E37_79B9_7F4A_7C15)).collect();
    let pairs = || numbers.iter().zip(numbers.iter().rev());
    Contest::new("", N)
        .side("ours", each(pairs().map(|(&a, &b)| (Max(a), Max(b))), |a, b| a.join(b)))
        .side(
            "hydro",
            each(pairs().map(|(&a, &b)| (lattices::Max::new(a), lattices::Max::new(b))), |a, b| a.merge(b)),
        )
        .side("ascent", each(pairs().map(|(&a, &b)| (a, b)), |a, b| a.join_mut(b)))
        .line("Max<u64>", n_rounds);
    let statuses =
        || pairs().map(|(a, b)| (STATUSES[(a >> 40) as usize % 5], STATUSES[(b >> 40) as usize % 5]));
    Contest::new("", N)
        .side("ours", each(statuses(), |a, b| a.join(b)))
        .side("by hand", each(statuses(), join_by_hand))
        .line("enum of five states", n_rounds);
    let twice = |a: u64, b: u64| ((a, b), (b, a));
    let two = |(a, b): (u64, u64)| Pair::new(lattices::Max::new(a), lattices::Max::new(b));
    Contest::new("", N)
        .side("ours", each(pairs().map(|(&a, &b)| ((Max(a), Max(b)), (Max(b), Max(a)))), |a, b| a.join(b)))
        .side(
            "derived",
            each(
                pairs().map(|(&a, &b)| {
                    (Derived { left: Max(a), right: Max(b) }, Derived { left: Max(b), right: Max(a) })
                }),
                |a, b| a.join(b),
            ),
        )
        .side(
            "hydro",
            each(
                pairs().map(|(&a, &b)| {
                    let (x, y) = twice(a, b);
                    (two(x), two(y))
                }),
                |a, b| a.merge(b),
            ),
        )
        .side(
            "ascent",
            each(
                pairs().map(|(&a, &b)| {
                    let (x, y) = twice(a, b);
                    (Product(x), Product(y))
                }),
                |a, b| a.join_mut(b),
            ),
        )
        .line("pair of Max<u64>", n_rounds);
}

/// A side that joins every second state into its first.
fn each<L: Clone>(
    pairs: impl Iterator<Item = (L, L)>,
    join: impl Fn(&mut L, L) -> bool,
) -> impl FnMut() -> Duration {
    let pairs: Vec<(L, L)> = pairs.collect();
    move || {
        let mut states = pairs.clone();
        let (time, n_grew) = clock::timed(|| {
            let mut n_grew = 0_u32;
            for (state, other) in &mut states {
                if join(state, other.clone()) {
                    n_grew += 1;
                }
            }
            n_grew
        });
        black_box((states, n_grew));
        time
    }
}
