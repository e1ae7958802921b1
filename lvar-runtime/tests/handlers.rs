//! What handlers promise, each promise by its name: of sets and maps by entry, of values by growth.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::{
        Mutex, OnceLock,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    thread,
};

use lattice_core::{Any, Bottom, DenseMap, DenseSet, Flat, GCounter, Lattice, Max, Min, PnCounter};
use lvar_runtime::{
    Bump, HasLVar, LVar, LVarType, LockedLVar, Put, PutError,
    lvar::{FollowedAsOne, OnChange},
    par::{self, ForEach},
};

const N_WORKERS: usize = 3;

/// Puts before the run, and from two tasks while the handler is registered by a third; `number` of an entry is what was put.
fn each_entry_is_seen_once<V: ForEach + LVarType>(
    put: impl Fn(&V, usize) -> Result<(), PutError> + Sync,
    number: impl Fn(&V::Entry) -> usize + Sync,
) {
    for round in 0..100 {
        let lvar = V::new();
        let n_seen: Vec<AtomicUsize> = (0..350).map(|_| AtomicUsize::new(0)).collect();
        (0..100).for_each(|past| put(&lvar, past).unwrap());
        par::run_on(N_WORKERS, async |p| {
            let (pool, lvar, put) = (p.pool(), &lvar, &put);
            for first in [100, 200] {
                p.fork(move |_| (first..first + 150).try_for_each(|n| put(lvar, n)));
            }
            let (n_seen, number) = (&n_seen, &number);
            p.fork(move |_| {
                lvar.for_each(&pool, |_, entry| {
                    n_seen[number(entry)].fetch_add(1, Relaxed);
                });
            });
        })
        .unwrap();
        let wrong: Vec<usize> = (0..350).filter(|n| n_seen[*n].load(Relaxed) != 1).collect();
        assert_eq!(wrong, [], "round {round}");
    }
}

#[test]
fn a_handler_sees_each_entry_exactly_once_past_ones_included_also_when_it_comes_during_puts() {
    each_entry_is_seen_once(|set: &LVar<BTreeSet<usize>>, n| set.insert(n), |n| *n);
    each_entry_is_seen_once(
        |set: &LVar<HashSet<String>>, n| set.insert(n.to_string()),
        |n| n.parse().unwrap(),
    );
    each_entry_is_seen_once(|set: &LVar<DenseSet<usize>>, n| set.insert(n), |n| *n);
    each_entry_is_seen_once(
        |map: &LVar<BTreeMap<usize, Max<u8>>>, n| {
            [1, 2].into_iter().try_for_each(|value| map.key(&n).put(value))
        },
        |(n, _)| *n,
    );
}

/// The last value that a handler of `lvar` sees, while threads put these values.
fn last_seen<V, L>(lvar: &V, values: &[L]) -> Option<L>
where
    V: FollowedAsOne<Lattice = L> + Put,
    L: lattice_core::Lattice + Clone + Send + Sync,
{
    let seen = Mutex::new(None::<L>);
    par::run_on(N_WORKERS, async |p| {
        let pool = p.pool();
        let seen = &seen;
        for value in values {
            p.fork(move |_| lvar.put(value.clone()));
        }
        p.fork(move |_| {
            lvar.on_change(&pool, move |_, value| {
                let mut seen = seen.lock().unwrap();
                *seen = Some(match seen.take() {
                    Some(before) => before.joined(value),
                    None => value,
                });
            });
        });
    })
    .unwrap();
    seen.into_inner().unwrap()
}

#[test]
fn a_handler_of_a_value_sees_the_last_growth() {
    for _ in 0..200 {
        assert_eq!(last_seen(&LVar::<Max<u64>>::new(), &[Max(3), Max(9), Max(5)]), Some(Max(9)));
        assert_eq!(last_seen(&LVar::<Min<i8>>::new(), &[Min(3), Min(-9), Min(5)]), Some(Min(-9)));
        assert_eq!(last_seen(&LVar::<Any>::new(), &[Any(false), Any(true)]), Some(Any(true)));
        assert_eq!(
            last_seen(&LVar::<Flat<u8>>::new(), &[Flat::Bottom, Flat::Value(7)]),
            Some(Flat::Value(7))
        );
        let names = ["a", "c", "b"].map(|name| Some(Max(name.to_owned())));
        assert_eq!(last_seen(&LVar::<Option<Max<String>>>::new(), &names), Some(names[1].clone()));
    }
}

#[test]
fn a_handler_of_a_value_is_told_of_what_was_there() {
    let lvar = LVar::<Max<u8>>::new();
    lvar.put(4).unwrap();
    assert_eq!(last_seen(&lvar, &[]), Some(Max(4)));
    assert_eq!(last_seen(&lvar, &[Max(2)]), Some(Max(4)), "also in a second run");
}

#[test]
fn two_handlers_of_a_value_both_see_the_last_growth() {
    for _ in 0..200 {
        let lvar = LVar::<Max<u64>>::new();
        let copies = [(); 2].map(|()| LVar::<Max<u64>>::new());
        par::run_on(N_WORKERS, async |p| {
            for copy in &copies {
                let lvar = &lvar;
                lvar.on_change(&p.pool(), move |_, value| copy.put(value));
                p.fork(move |_| (0..50).try_for_each(|n| lvar.put(n)));
            }
        })
        .unwrap();
        assert_eq!(copies.map(|copy| copy.into_value().unwrap()), [Max(49), Max(49)]);
    }
}

#[test]
fn quiesce_waits_for_the_handlers_of_values() {
    for _ in 0..200 {
        let (lvar, copy) = (LVar::<Max<u64>>::new(), LVar::<Max<u64>>::new());
        let frozen = par::run_quasi(async |p, quasi| {
            let pool = p.pool();
            lvar.on_change(&pool, |_, value| copy.put(value));
            lvar.put(7)?;
            pool.quiesce().await;
            Ok::<_, PutError>(copy.freeze(quasi))
        });
        assert_eq!(frozen, Ok(Ok(Ok(Max(7)))));
    }
}

/// Chaotic iteration over a graph of 60 nodes: the fixpoint of shortest ways, whatever the schedule.
#[test]
fn a_fixpoint_over_a_map_from_variables_to_values_is_one_handler() {
    let next = |node: u32| [((node * 7 + 1) % 60, node % 5 + 1), ((node * 11 + 3) % 60, node % 3 + 2)];
    let mut expected = BTreeMap::from([(0, 0)]);
    loop {
        let before = expected.clone();
        for (node, distance) in &before {
            for (to, length) in next(*node) {
                let through = distance + length;
                expected.entry(to).and_modify(|known| *known = through.min(*known)).or_insert(through);
            }
        }
        if before == expected {
            break;
        }
    }
    let expected: BTreeMap<u32, Min<u32>> = expected.into_iter().map(|(node, d)| (node, Min(d))).collect();
    for n_workers in 1..=4 {
        for round in 0..20 {
            let distances = LVar::<BTreeMap<u32, Min<u32>>>::new();
            par::run_on(n_workers, async |p| {
                distances.on_change(&p.pool(), |_, node, Min(distance)| {
                    next(*node)
                        .into_iter()
                        .try_for_each(|(to, length)| distances.key(&to).put(distance + length))
                });
                distances.key(&0).put(0)
            })
            .unwrap()
            .unwrap();
            assert_eq!(distances.into_value().as_ref(), Ok(&expected), "{n_workers} workers, round {round}");
        }
    }
}

#[test]
fn reads_and_handlers_of_one_value_do_not_disturb_each_other() {
    for _ in 0..50 {
        let (lvar, copy) = (LVar::<Max<u64>>::new(), LVar::<Max<u64>>::new());
        thread::scope(|threads| {
            let reader = threads.spawn(|| (1..=40).try_for_each(|point| lvar.at_least(point).wait()));
            par::run_on(N_WORKERS, async |p| {
                lvar.on_change(&p.pool(), |_, value| copy.put(value));
                (1..=40).try_for_each(|n| lvar.put(n))
            })
            .unwrap()
            .unwrap();
            reader.join().unwrap().unwrap();
        });
        assert_eq!(copy.into_value(), Ok(Max(40)));
    }
}

#[test]
fn a_handler_of_a_counter_sees_the_whole_count() {
    for n_workers in 1..=4 {
        let (hits, words) = (LVar::<GCounter>::new(), LVar::<BTreeMap<u8, GCounter>>::new());
        let (most, each) = (LVar::<Max<u128>>::new(), LVar::<BTreeMap<u8, Max<u128>>>::new());
        hits.bump(1).unwrap();
        par::run_on(n_workers, async |p| {
            let pool = p.pool();
            hits.on_change(&pool, |_, hits| most.put(hits.value()));
            words.on_change(&pool, |_, word, count| each.key(word).put(count.value()));
            p.par_for(0..100_u64, |n| {
                hits.bump(n)?;
                words.key(&((n % 3) as u8)).bump(1)
            })
            .await;
            pool.quiesce().await;
            hits.bump(0)
        })
        .unwrap()
        .unwrap();
        assert_eq!(most.into_value(), Ok(Max(1 + 99 * 100 / 2)), "{n_workers} workers");
        let counts = BTreeMap::from([(0, Max(34)), (1, Max(33)), (2, Max(33))]);
        assert_eq!(each.into_value(), Ok(counts), "{n_workers} workers");
    }
}

/// Two numbers, and between them what raises both of them whenever it is looked at: first the first one.
type Parts = (Max<u64>, (Meddler, Max<u64>));

static PARTS: OnceLock<LVar<Parts>> = OnceLock::new();

#[derive(Debug, PartialEq)]
struct Meddler;

impl Clone for Meddler {
    fn clone(&self) -> Self {
        static N_LOOKS: AtomicUsize = AtomicUsize::new(1);
        let n = N_LOOKS.fetch_add(1, Relaxed).min(9) as u64;
        if let Some(parts) = PARTS.get() {
            parts.0.put(n).unwrap();
            parts.1.1.put(n).unwrap();
        }
        Self
    }
}

impl Lattice for Meddler {
    fn join(&mut self, _: Self) -> bool {
        false
    }

    fn lattice_cmp(&self, _: &Self) -> Option<Ordering> {
        Some(Ordering::Equal)
    }
}

impl Bottom for Meddler {
    fn bottom() -> Self {
        Self
    }

    fn is_bottom(&self) -> bool {
        true
    }
}

impl HasLVar for Meddler {
    type LVar = LockedLVar<Self>;
}

/// At no moment is the second number ahead of the first, although it is when they are looked at one after the other.
#[test]
fn a_handler_of_several_parts_is_told_of_states_that_they_were_in_at_one_moment() {
    let parts = PARTS.get_or_init(LVar::<Parts>::new);
    let seen = Mutex::new(Vec::new());
    par::run_on(1, async |p| {
        parts.on_change(&p.pool(), |_, (Max(first), (_, Max(second)))| {
            seen.lock().unwrap().push((first, second))
        });
        parts.0.put(1)
    })
    .unwrap()
    .unwrap();
    let seen = seen.into_inner().unwrap();
    assert!(seen.iter().all(|(first, second)| second <= first), "{seen:?}");
    assert_eq!(seen.last(), Some(&(9, 9)));
}

#[test]
fn a_part_and_the_whole_are_followed_side_by_side_past_growth_included() {
    for round in 0..100 {
        let whole = LVar::<((Max<u8>, Flat<u8>), Any)>::new();
        let inner = LVar::<(Max<u8>, Flat<u8>)>::new();
        let (copy, number) = (LVar::<((Max<u8>, Flat<u8>), Any)>::new(), LVar::<Max<u8>>::new());
        whole.0.0.put(3).unwrap();
        par::run_on(1 + round % 4, async |p| {
            let pool = p.pool();
            let (whole, inner) = (&whole, &inner);
            p.fork(|_| whole.0.put((Max(7), Flat::Value(1))));
            whole.on_change(&pool, |_, value| copy.put(value));
            whole.0.on_change(&pool, |_, value| inner.put(value));
            p.fork(move |_| whole.1.put(true));
            whole.0.0.on_change(&pool, |_, value| number.put(value));
        })
        .unwrap();
        assert_eq!(copy.into_value(), Ok(((Max(7), Flat::Value(1)), Any(true))), "round {round}");
        assert_eq!(inner.into_value(), Ok((Max(7), Flat::Value(1))), "round {round}");
        assert_eq!(number.into_value(), Ok(Max(7)), "round {round}");
    }
}

#[test]
fn quiesce_waits_for_the_handlers_of_several_parts() {
    for round in 0..100 {
        let pair = LVar::<(Max<u64>, Max<u64>)>::new();
        let copy = LVar::<(Max<u64>, Max<u64>)>::new();
        let reached = par::run_quasi(async |p, quasi| {
            let pool = p.pool();
            pair.on_change(&pool, |_, (first, _)| copy.0.put(first));
            // Grows the other part meanwhile, so that looks differ.
            p.fork(|_| (0..100).try_for_each(|n| pair.1.put(n)));
            pair.0.put(7)?;
            pool.quiesce().await;
            Ok::<_, PutError>(copy.0.freeze(quasi))
        });
        assert_eq!(reached, Ok(Ok(Ok(Max(7)))), "round {round}");
    }
}

/// Each variable has a range, and hands it on, moved by one: a fixpoint in ranges of at most 20.
#[test]
fn a_fixpoint_over_a_map_from_variables_to_structs_is_one_handler() {
    type Range = (Min<i32>, Max<i32>);
    let hand_on =
        |Min(low): Min<i32>, Max(high): Max<i32>| (Min((low - 1).max(-20)), Max((high + 1).min(20)));
    for n_workers in 1..=4 {
        let (ranges, dense) = (LVar::<BTreeMap<u32, Range>>::new(), LVar::<DenseMap<u32, Range>>::new());
        par::run_on(n_workers, async |p| {
            ranges.on_change(&p.pool(), |_, n, (low, high)| {
                ranges.key(&((n * 3 + 1) % 7)).put(hand_on(low, high))
            });
            dense
                .on_change(&p.pool(), |_, n, (low, high)| dense.key((n * 3 + 1) % 7).put(hand_on(low, high)));
            p.fork(|_| dense.key(0).put((Min(0), Max(0))));
            ranges.key(&0).put((Min(0), Max(0)))
        })
        .unwrap()
        .unwrap();
        // 0, 1, 4, 6, 5, 2, 0: a circle, and 3, which is alone.
        let expected: Vec<_> = [0, 1, 2, 4, 5, 6].map(|n| (n, (Min(-20), Max(20)))).into();
        assert_eq!(ranges.into_value(), Ok(expected.iter().copied().collect()), "{n_workers} workers");
        assert_eq!(dense.into_value(), Ok(expected.into_iter().collect()), "{n_workers} workers");
    }
}

#[test]
fn a_handler_of_a_counter_up_and_down_sees_both_counts() {
    let (stock, seen) = (LVar::<PnCounter>::new(), LVar::<(Max<u128>, Max<u128>)>::new());
    stock.bump(5).unwrap();
    par::run_on(N_WORKERS, async |p| {
        stock.on_change(&p.pool(), |_, stock| {
            seen.put((Max(stock.increments().value()), Max(stock.decrements().value())))
        });
        p.par_for(0..100_i64, |n| stock.bump(if n % 3 == 0 { -1 } else { 2 })).await;
    })
    .unwrap();
    assert_eq!(seen.into_value(), Ok((Max(5 + 2 * 66), Max(34))));
}
