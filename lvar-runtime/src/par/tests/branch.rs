//! Joins: both closures are computed, side by side where a worker is free, and their answers come back.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{
        Barrier,
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    },
    thread,
};

use crate::{
    LVar, LVarType, Put,
    par::{self, Branch, ForEach, RunError},
};

fn fib(p: &Branch<'_, '_, '_>, n: u32) -> u64 {
    if n < 2 {
        return n.into();
    }
    let (left, right) = p.join(|p| fib(p, n - 1), move |p| fib(p, n - 2));
    left + right
}

fn fork<'scope>(p: &Branch<'_, 'scope, '_>, n_forks: usize, n_run: &'scope AtomicUsize) {
    for _ in 0..n_forks {
        p.fork(|_| _ = n_run.fetch_add(1, Relaxed));
    }
}

#[test]
fn a_tree_of_joins_answers_the_same_with_every_number_of_workers() {
    for n_workers in 1..=8 {
        assert_eq!(par::run_on(n_workers, async |p| fib(&p.branch(), 18)), Ok(2584));
    }
}

#[test]
fn joins_go_on_in_tasks_and_closures_at_once() {
    let sums = LVar::<BTreeSet<u64>>::new();
    let answers = par::run_on(3, async |p| {
        let tasks: Vec<_> = (8..16)
            .map(|n| {
                let q = p.clone();
                p.spawn(async move { fib(&q.branch(), n) })
            })
            .collect();
        for n in 8..16 {
            let sums = &sums;
            p.fork(move |p| sums.insert(fib(&p.branch(), n)));
        }
        let mut answers = BTreeSet::new();
        for task in tasks {
            answers.insert(task.await);
        }
        answers
    });
    let expected = BTreeSet::from([21, 34, 55, 89, 144, 233, 377, 610]);
    assert_eq!((answers, sums.into_value()), (Ok(expected.clone()), Ok(expected)));
}

#[test]
fn the_second_closure_is_computed_while_the_first_one_is() {
    // Each waits for the other to begin.
    let both = Barrier::new(2);
    let leaders = par::run_on(2, async |p| p.join(|_| both.wait().is_leader(), |_| both.wait().is_leader()));
    let (first, second) = leaders.unwrap();
    assert!(first != second);
}

#[test]
fn joins_around_a_closure_that_takes_long_are_offered_too() {
    // The inner first closure waits until both second ones have begun, so two others must have taken them.
    let all = Barrier::new(3);
    let wait = |_: &Branch<'_, '_, '_>| _ = all.wait();
    par::run_on(3, async |p| p.join(|p| p.join(wait, wait), wait)).unwrap();
}

#[test]
fn a_worker_that_waits_for_the_second_closure_does_other_work() {
    // first (worker 0)   second (worker 1)       job (worker 0, while it waits)
    // begun ───────────▶ begun, forks the job ─▶ taken
    //                    taken  ◀─────────────── taken
    let (begun, taken) = (Barrier::new(2), Barrier::new(2));
    par::run_on(2, async |p| {
        p.join(
            |_| _ = begun.wait(),
            |p| {
                begun.wait();
                p.fork(|_| _ = taken.wait());
                taken.wait();
            },
        );
    })
    .unwrap();
}

#[test]
fn what_the_first_closure_forks_does_not_hide_the_second() {
    for n_workers in 1..=4 {
        let n_run = AtomicUsize::new(0);
        let answer =
            par::run_on(n_workers, async |p| p.join(|p| p.join(|p| fork(p, 100, &n_run), |_| 8), |_| 9));
        assert_eq!((answer, n_run.into_inner()), (Ok((((), 8), 9)), 100));
    }
}

#[test]
fn a_long_chain_of_joins_needs_no_more_than_its_own_stack() {
    fn chain(p: &Branch<'_, '_, '_>, length: u32) -> u32 {
        if length == 0 {
            return 0;
        }
        let (left, right) = p.join(|p| chain(p, length - 1), |_| 1);
        left + right
    }
    for n_workers in [1, 2, 5] {
        assert_eq!(par::run_on(n_workers, async |p| chain(&p.branch(), 1000)), Ok(1000));
    }
}

#[test]
fn the_first_closure_borrows_from_the_caller() {
    let sum = par::run(async |p| {
        let mut own = vec![1, 2, 3];
        p.join(|_| own.push(4), |_| ());
        own.iter().sum::<u32>()
    });
    assert_eq!(sum, Ok(10));
}

#[test]
fn pieces_of_a_slice_are_sorted_in_place() {
    fn quicksort<'scope>(p: &Branch<'_, 'scope, '_>, keys: &'scope mut [u32]) {
        let Some((&mut pivot, rest)) = keys.split_first_mut() else { return };
        let mut n_less = 0;
        for at in 0..rest.len() {
            if rest[at] < pivot {
                rest.swap(at, n_less);
                n_less += 1;
            }
        }
        keys.swap(0, n_less);
        let (less, others) = keys.split_at_mut(n_less);
        p.join(|p| quicksort(p, less), |p| quicksort(p, &mut others[1..]));
    }
    let mut keys: Vec<u32> = (0..5000_u32).map(|n| n.wrapping_mul(0x9e37_79b9) >> 12).collect();
    let mut expected = keys.clone();
    expected.sort_unstable();
    par::run(async |p| quicksort(&p.branch(), &mut keys)).unwrap();
    assert_eq!(keys, expected);
}

#[test]
fn what_branches_fork_belongs_to_the_pool_of_the_handle() {
    for n_workers in 1..=4 {
        let (depths, n_run) = (LVar::<BTreeSet<u32>>::new(), AtomicUsize::new(0));
        let n_run_when_quiet = par::run_on(n_workers, async |p| {
            let pool = p.pool();
            let n_run = &n_run;
            depths.for_each(&pool, move |p, _| {
                p.join(
                    |p| p.join(|p| fork(p, 2, n_run), |p| fork(p, 2, n_run)),
                    |p| p.join(|p| fork(p, 2, n_run), |p| fork(p, 2, n_run)),
                );
            });
            depths.insert(1).unwrap();
            pool.quiesce().await;
            n_run.load(Relaxed)
        });
        assert_eq!(n_run_when_quiet, Ok(8));
    }
}

#[test]
fn a_thread_that_is_no_worker_joins_in_place() {
    let answer = par::run(async |p| {
        let p = p.clone();
        thread::scope(|threads| threads.spawn(|| fib(&p.branch(), 10)).join().unwrap())
    });
    assert_eq!(answer, Ok(55));
}

#[test]
fn a_run_inside_of_a_run_joins_with_either_handle() {
    let answers = par::run(async |outer| {
        let outer = outer.clone();
        par::run(async move |inner| (fib(&inner.branch(), 10), fib(&outer.branch(), 10)))
    });
    assert_eq!(answers, Ok(Ok((55, 55))));
}

#[test]
fn a_panic_of_either_closure_resurfaces_once() {
    for n_workers in 1..=4 {
        for panics in [[true, false], [false, true], [true, true]] {
            let result = catch_unwind(AssertUnwindSafe(|| {
                par::run_on(n_workers, async |p| {
                    p.join(
                        |_| {
                            if panics[0] {
                                resume_unwind(Box::new("first"))
                            }
                        },
                        move |_| {
                            if panics[1] {
                                resume_unwind(Box::new("second"))
                            }
                        },
                    );
                })
            }));
            let expected = if panics[0] { "first" } else { "second" };
            assert_eq!(result.unwrap_err().downcast_ref(), Some(&expected));
        }
    }
}

#[test]
fn a_panic_leaves_the_join_when_the_other_closure_has_ended() {
    let (begun, has_ended) = (Barrier::new(2), AtomicBool::new(false));
    let had_ended = par::run_on(2, async |p| {
        let joined = catch_unwind(AssertUnwindSafe(|| {
            p.join(
                |_| -> () {
                    begun.wait();
                    resume_unwind(Box::new("first"))
                },
                |_| {
                    begun.wait();
                    (0..1000).for_each(|_| thread::yield_now());
                    has_ended.store(true, Relaxed);
                },
            )
        }));
        joined.is_err() && has_ended.load(Relaxed)
    });
    assert_eq!(had_ended, Ok(true));
}

#[test]
fn a_conflict_in_a_branch_fails_the_run() {
    for n_workers in 1..=4 {
        let decision = LVar::<lattice_core::Flat<u32>>::new();
        let result = par::run_on(n_workers, async |p| {
            p.join(|_| _ = decision.put(1), |_| _ = decision.put(2));
        });
        assert!(matches!(result, Err(RunError::Put(_))), "{result:?}");
    }
}
