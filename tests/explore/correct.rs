//! Programs of LVars, handlers and thresholds that are deterministic: the explorer finds no two schedules that disagree, and their answer is the right
//! one.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
};

use lvars::{
    LVar,
    par::{Par, RunError},
    prelude::*,
};

use crate::n_schedules;

/// What the program answers on every schedule.
#[track_caller]
pub(crate) fn explored<R: PartialEq + Debug>(
    program: impl Fn() -> Result<R, RunError>,
) -> Result<R, RunError> {
    par::explore(0..n_schedules(), program)
}

#[test]
fn a_fixpoint_of_a_set_and_a_handler() {
    let successors = |n: u32| [2 * n, 3 * n].into_iter().filter(|n| *n <= 20);
    let reached = explored(|| {
        par::run_then_freeze(LVar::<BTreeSet<u32>>::new(), async |p, seen| {
            seen.for_each(&p.pool(), move |_, &n| successors(n).try_for_each(|next| seen.insert(next)));
            seen.insert(1)
        })
    });
    assert_eq!(reached, Ok(BTreeSet::from([1, 2, 3, 4, 6, 8, 9, 12, 16, 18])));
}

#[test]
fn a_transitive_closure_by_two_handlers() {
    let closure = explored(|| {
        let successors = LVar::<BTreeMap<u32, BTreeSet<u32>>>::new();
        par::run_then_freeze(LVar::<BTreeSet<(u32, u32)>>::new(), async |p, paths| {
            let (pool, successors) = (p.pool(), &successors);
            let inner = pool.clone();
            // Whoever comes second, the edge or the path, finds the other one by a handler.
            paths.for_each(&pool, move |_, &(from, to)| {
                let next = successors.key(&to).or_bottom()?;
                next.for_each(&inner, move |_, &end| paths.insert((from, end)));
                Ok(())
            });
            for (from, to) in [(1, 2), (2, 3), (3, 1), (3, 4)] {
                p.fork(move |_| successors.key(&from).put([to]));
                p.fork(move |_| paths.insert((from, to)));
            }
        })
    });
    let expected = (1..=3).flat_map(|from| (1..=4).map(move |to| (from, to))).collect();
    assert_eq!(closure, Ok(expected));
}

#[test]
fn a_line_of_tasks_each_of_which_waits_for_the_one_before() {
    let answer = explored(|| {
        let steps: Vec<LVar<Max<u64>>> = (0..6).map(|_| LVarType::new()).collect();
        par::run(async |p| {
            for pair in steps.windows(2).rev() {
                drop(p.spawn(async { pair[0].at_least(1).await.map(|()| pair[1].put(1)) }));
            }
            p.fork(|_| steps[0].put(1));
            steps[5].at_least(1).await
        })
    });
    assert_eq!(answer, Ok(Ok(())));
}

#[test]
fn counts_of_words_in_a_map_of_counters() {
    let counts = explored(|| {
        let counts = LVar::<BTreeMap<&str, GCounter>>::new();
        par::run(async |p| {
            p.par_for(&["to", "be", "or", "not", "to", "be"][..], |word| counts.key(word).bump(1)).await;
            counts.key(&"be").at_least(2).await
        })?
        .expect("neither in conflict nor frozen");
        let counts = counts.into_value().expect("no conflict");
        Ok(counts.into_iter().map(|(word, count)| (word, count.value())).collect::<Vec<_>>())
    });
    assert_eq!(counts, Ok(vec![("be", 2), ("not", 1), ("or", 1), ("to", 2)]));
}

#[test]
fn a_handler_of_a_map_that_spawns_what_waits_for_the_value() {
    let big = explored(|| {
        let counts = LVar::<BTreeMap<u32, Max<u64>>>::new();
        par::run_then_freeze(LVar::<BTreeSet<u32>>::new(), async |p, big| {
            counts.for_each(&p.pool(), move |p, (key, count)| {
                drop(p.spawn(async move { count.at_least(30).await.map(|()| big.insert(*key)) }));
            });
            for key in 0..4_u32 {
                let counts = &counts;
                p.fork(move |_| counts.key(&key).put(1));
                p.fork(move |_| counts.key(&key).put(30));
            }
        })
    });
    assert_eq!(big, Ok(BTreeSet::from([0, 1, 2, 3])));
}

#[test]
fn a_quiesce_before_a_freeze() {
    let squares = explored(|| {
        let (seen, squares) = (LVar::<BTreeSet<u32>>::new(), LVar::<BTreeSet<u32>>::new());
        par::run_quasi(async |p, quasi| {
            let pool = p.pool();
            seen.for_each(&pool, |p, &n| {
                let squares = &squares;
                p.fork(move |_| squares.insert(n * n));
            });
            p.par_for(0..5, |n| seen.insert(n)).await;
            pool.quiesce().await;
            squares.freeze(quasi)
        })
    });
    assert_eq!(squares, Ok(Ok(BTreeSet::from([0, 1, 4, 9, 16]))));
}

#[test]
fn two_pools_one_after_the_other() {
    let answer = explored(|| {
        let (seen, squares) = (LVar::<BTreeSet<u32>>::new(), LVar::<BTreeSet<u32>>::new());
        let sum = LVar::<GCounter>::new();
        par::run_quasi(async |p, quasi| {
            let (first, second) = (p.pool(), p.pool());
            seen.for_each(&first, |_, &n| squares.insert(n * n));
            squares.for_each(&second, |_, &n| sum.bump(n.into()));
            seen.put(BTreeSet::from([1, 2, 3, 4]))?;
            first.quiesce().await;
            second.quiesce().await;
            Ok::<_, lvars::PutError>(sum.freeze(quasi)?.value())
        })
    });
    assert_eq!(answer, Ok(Ok(30)));
}

#[test]
fn a_put_without_news_into_what_is_frozen() {
    let answer = explored(|| {
        let votes = LVar::<Max<u32>>::new();
        par::run_quasi(async |p, quasi| {
            votes.put(3).expect("nothing is frozen yet");
            p.fork(|_| votes.put(2));
            p.fork(|_| votes.put(3));
            votes.freeze(quasi)
        })
    });
    assert_eq!(answer, Ok(Ok(Max(3))));
}

#[test]
fn a_conflict_that_every_task_swallows() {
    let answer = explored(|| {
        let price = LVar::<Flat<u32>>::new();
        par::run(async |p| {
            p.fork(|_| _ = price.put(2));
            p.fork(|_| _ = price.put(3));
            price.decided().await.is_ok()
        })
    });
    assert!(matches!(answer, Err(RunError::Put(_))), "{answer:?}");
}

#[test]
fn a_read_that_nobody_answers() {
    let answer = explored(|| {
        let votes = LVar::<Max<u32>>::new();
        par::run(async |p| {
            p.par_for(0..5, |n| votes.put(n)).await;
            votes.at_least(5).await
        })
    });
    assert!(matches!(answer, Err(RunError::Blocked(_))), "{answer:?}");
}

#[test]
fn a_run_in_a_task() {
    let answer = explored(|| {
        let votes = LVar::<Max<u64>>::new();
        par::run(async |p| {
            let sums = p.par_map(1..4_u64, |n| {
                par::run(async |p| p.par_reduce(0..n, |m| m, |left, right| left + right).await.unwrap_or(0))
            });
            p.fork(|_| votes.put(7));
            let sums: Vec<u64> = sums.await.into_iter().map(|sum| sum.unwrap_or(u64::MAX)).collect();
            votes.at_least(7).await.map(|()| sums)
        })
    });
    assert_eq!(answer, Ok(Ok(vec![0, 1, 3])));
}

#[derive(Lattice, LVar, Clone, Debug, PartialEq)]
struct Order {
    #[lattice(max)]
    priority: u64,
    price: Flat<u32>,
    paid: Any,
    lines: BTreeMap<&'static str, Max<u32>>,
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Order)]
enum Priced {
    #[when(price)]
    At(u32),
}

#[test]
fn an_annotated_record_that_is_written_field_by_field_and_waited_for() {
    let answer = explored(|| {
        let order = LVar::<Order>::new();
        par::run(async |p| {
            let priced = p.spawn(order.get::<Priced>());
            p.fork(|_| order.priority.put(3));
            p.fork(|_| order.lines.key(&"book").put(2));
            p.fork(|_| order.price.put(30));
            p.fork(|_| order.paid.put(true));
            let paid = order.paid.at_least(true).await;
            (priced.await, paid)
        })
        .map(|read| (read, order.into_value()))
    });
    let lines = BTreeMap::from([("book", Max(2))]);
    let order = Order { priority: 3, price: Flat::Value(30), paid: Any(true), lines };
    assert_eq!(answer, Ok(((Ok(Priced::At(30)), Ok(())), Ok(order))));
}

#[test]
fn a_tree_of_tasks() {
    fn grow<'scope>(p: &Par<'scope, '_>, depth: u32, leaves: &'scope LVar<GCounter>) {
        if depth == 0 {
            return drop(leaves.bump(1));
        }
        p.fork(move |p| grow(p, depth - 1, leaves));
        p.fork(move |p| grow(p, depth - 1, leaves));
    }
    let n_leaves = explored(|| {
        let n_leaves = par::run_then_freeze(LVar::<GCounter>::new(), async |p, leaves| grow(p, 4, leaves))?;
        Ok(n_leaves.value())
    });
    assert_eq!(n_leaves, Ok(16));
}

#[test]
fn counts_at_a_replica_that_a_quasi_deterministic_run_writes() {
    let views = explored(|| {
        let views = Replica::<GCounter>::open();
        par::run_quasi(async |p, quasi| {
            for n in 1..=3 {
                let views = &views;
                p.fork(move |_| {
                    // What it is made from is nothing but what this replica's own writer has written; what was new is not looked at.
                    views.update(quasi, |views, writer| views.increment(writer, n))?;
                    Ok(())
                });
            }
        })?;
        Ok(views.query(Outside::here()).value())
    });
    assert_eq!(views, Ok(6));
}
