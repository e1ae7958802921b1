//! Joins of sets: ours, hydro's `lattices`, and what one would write with std alone.

use std::collections::HashSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

use lattice_core::Lattice;
use lattices::Merge;
use lattices::set_union::SetUnionHashSet;
use lvars_benches::Contest;

fn main() {
    for n in [1_000, 100_000] {
        equal_sets(n);
    }
    one_into_many(1_000_000);
    many_into_one(1_000_000);
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

/// The common case of replication: what arrives is known already. Hydro's merge takes its argument by value, so a caller who
/// keeps the other set pays for a copy; the copy is shown apart.
fn equal_sets(n: u32) {
    let mut ours: HashSet<u64> = (0..u64::from(n)).collect();
    let other = ours.clone();
    let mut cloning = SetUnionHashSet::new(ours.clone());
    let mut moving = cloning.clone();
    let theirs = cloning.clone();
    let mut extended = ours.clone();
    Contest::new(format!("by reference, two equal sets of {n}: time an element"), n)
        .side("join_ref", || time(|| assert!(!ours.join_ref(black_box(&other)))))
        .side("hydro: clone, merge", || time(|| assert!(!cloning.merge(black_box(&theirs).clone()))))
        .side("hydro: merge of a copy made before", || {
            let copy = theirs.clone();
            time(|| assert!(!moving.merge(copy)))
        })
        .side("std: extend", || time(|| extended.extend(black_box(&other))))
        .run(rounds(n));
}

/// One new element at a time into a large set, a thousand times.
fn one_into_many(n: u32) {
    const TIMES: u32 = 1_000;
    let large: HashSet<u64> = (0..u64::from(n)).collect();
    let news = move || (n..n + TIMES).map(|element| HashSet::from([u64::from(element)])).collect::<Vec<_>>();
    Contest::new(format!("1 into {n}: time a join"), TIMES)
        .side("join", || {
            let (mut set, news) = (large.clone(), news());
            time(|| news.into_iter().for_each(|new| assert!(set.join(new))))
        })
        .side("hydro: merge", || {
            let mut set = SetUnionHashSet::new(large.clone());
            let news: Vec<_> = news().into_iter().map(SetUnionHashSet::new).collect();
            time(|| news.into_iter().for_each(|new| assert!(set.merge(new))))
        })
        .side("std: extend", || {
            let (mut set, news) = (large.clone(), news());
            time(|| news.into_iter().for_each(|new| set.extend(new)))
        })
        .run(rounds(n));
}

/// A large set into a small one: whoever drains the smaller side does not notice.
fn many_into_one(n: u32) {
    let large: HashSet<u64> = (0..u64::from(n)).collect();
    let small = HashSet::from([u64::from(n)]);
    Contest::new(format!("{n} into 1: time a join"), 1)
        .side("join", || {
            let (mut set, other) = (small.clone(), large.clone());
            // The result is dropped outside: freeing a million elements is nobody's join.
            let elapsed = time(|| assert!(set.join(other)));
            drop(black_box(set));
            elapsed
        })
        .side("hydro: merge", || {
            let (mut set, other) = (SetUnionHashSet::new(small.clone()), SetUnionHashSet::new(large.clone()));
            let elapsed = time(|| assert!(set.merge(other)));
            drop(black_box(set));
            elapsed
        })
        .side("std: extend", || {
            let (mut set, other) = (small.clone(), large.clone());
            let elapsed = time(|| set.extend(other));
            drop(black_box(set));
            elapsed
        })
        .run(rounds(n));
}

/// Enough rounds for a steady median, few enough for a table in seconds.
fn rounds(n: u32) -> usize {
    match n {
        0..10_000 => 501,
        10_000..1_000_000 => 51,
        _ => 15,
    }
}
