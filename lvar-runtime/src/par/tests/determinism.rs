//! Runs with LVars: whatever the schedule and the number of workers, the answer is the same, or the error is.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
};

use lattice_core::{Flat, GCounter, Max, Min};

use crate::{
    Bump, LVar, LVarType, Put,
    error::PutError,
    par::{self, ForEach, Par, RunError},
};

/// A graph: the successors of each node.
type Graph = Vec<Vec<usize>>;

/// A graph by a small generator of random numbers; `seed` must not be 0.
fn random_graph(seed: u64, n_nodes: usize, n_edges: usize) -> Graph {
    let mut state = seed;
    let mut below = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % n as u64).unwrap()
    };
    let mut graph = vec![Vec::new(); n_nodes];
    for _ in 0..n_edges {
        let (from, to) = (below(n_nodes), below(n_nodes));
        graph[from].push(to);
    }
    graph
}

/// What is reachable from node 0, without any of what is under test.
fn reachable_sequentially(graph: &Graph) -> BTreeSet<usize> {
    let mut seen = BTreeSet::from([0]);
    let mut to_visit = vec![0];
    while let Some(node) = to_visit.pop() {
        to_visit.extend(graph[node].iter().filter(|next| seen.insert(**next)));
    }
    seen
}

#[test]
fn a_fixpoint_of_a_set_and_a_handler_is_what_a_sequential_search_finds() {
    for seed in 1..=60 {
        let graph = random_graph(seed, 400, 500);
        let expected = reachable_sequentially(&graph);
        let n_workers = 1 + usize::try_from(seed).unwrap() % 8;
        let seen = LVar::<BTreeSet<usize>>::new();
        let result = par::run_on(n_workers, async |p| {
            seen.for_each(&p.pool(), |_, &node| graph[node].iter().try_for_each(|&next| seen.insert(next)));
            seen.insert(0)
        });
        assert_eq!(result, Ok(Ok(())));
        assert_eq!(seen.into_value().unwrap(), expected, "seed {seed}, {n_workers} workers");
    }
}

#[test]
fn run_then_freeze_answers_the_exact_value() {
    let graph = random_graph(7, 400, 600);
    let reached = par::run_then_freeze(LVar::<BTreeSet<usize>>::new(), async |p, seen| {
        seen.for_each(&p.pool(), |_, &node| graph[node].iter().try_for_each(|&next| seen.insert(next)));
        seen.insert(0)
    });
    assert_eq!(reached, Ok(reachable_sequentially(&graph)));
}

#[test]
fn after_a_quiesce_the_handlers_have_seen_all_that_the_task_put() {
    for round in 0..300 {
        let seen = LVar::<BTreeSet<usize>>::new();
        let handled: Vec<_> = (0..=40).map(|_| AtomicBool::new(false)).collect();
        let result = par::run_on(1 + round % 8, async |p| {
            let pool = p.pool();
            seen.for_each(&pool, |_, &n| handled[n].store(true, Relaxed));
            let tasks: Vec<_> = (1..=40)
                .map(|own| {
                    let (pool, seen, handled) = (pool.clone(), &seen, &handled);
                    p.spawn(async move {
                        // All put 0 as well, and all but one find it there, rung or not.
                        for n in [0, own] {
                            seen.insert(n).unwrap();
                            pool.quiesce().await;
                            assert!(handled[n].load(Relaxed), "{n} in round {round}");
                        }
                    })
                })
                .collect();
            for task in tasks {
                task.await;
            }
        });
        assert_eq!(result, Ok(()));
    }
}

/// A program with puts, waiting tasks, handlers, children and a quiesce, whose answer hangs on all of them.
async fn mixed<'scope>(p: &Par<'scope, '_>, lvars: &'scope Mixed) {
    let pool = p.pool();
    lvars.seen.for_each(&pool, move |p, &n| {
        p.fork(move |_| lvars.greatest.put(Max(n)));
        lvars.by_last_digit.key(&(n % 10)).put(Max(n))
    });
    let waits = p.spawn(async { lvars.greatest.at_least(40).await.map(|()| lvars.seen.insert(100)) });
    for n in 0..=50 {
        p.fork(move |_| lvars.seen.insert(n));
    }
    assert_eq!(waits.await, Ok(Ok(())));
    lvars.greatest.at_least(100).await.unwrap();
    pool.quiesce().await;
}

struct Mixed {
    seen: LVar<BTreeSet<u64>>,
    greatest: LVar<Max<u64>>,
    by_last_digit: LVar<BTreeMap<u64, Max<u64>>>,
}

#[test]
fn a_thousand_runs_on_one_to_eight_workers_answer_the_same() {
    let expected: BTreeMap<_, _> =
        (0..10).map(|digit| (digit, Max(if digit == 0 { 100 } else { digit + 40 }))).collect();
    for run in 0..1000 {
        for n_workers in 1..=8 {
            let lvars =
                Mixed { seen: LVarType::new(), greatest: LVarType::new(), by_last_digit: LVarType::new() };
            let result = par::run_on(n_workers, async |p| mixed(p, &lvars).await);
            assert_eq!(result, Ok(()), "run {run}, {n_workers} workers");
            assert_eq!(lvars.seen.into_value().unwrap().len(), 52, "run {run}, {n_workers} workers");
            let by_last_digit = lvars.by_last_digit.into_value().unwrap();
            assert_eq!(by_last_digit, expected, "run {run}, {n_workers} workers");
        }
    }
}

#[test]
fn a_put_wakes_the_task_that_waits_for_it_wherever_it_runs() {
    for round in 0..300 {
        let steps: Vec<LVar<Max<u64>>> = (0..20).map(|_| LVarType::new()).collect();
        let result = par::run_on(1 + round % 8, async |p| {
            // Each task waits for the one before it; the last one is spawned first.
            for pair in steps.windows(2).rev() {
                drop(p.spawn(async {
                    pair[0].at_least(1).await.unwrap();
                    pair[1].put(Max(1)).unwrap();
                }));
            }
            p.fork(|_| steps[0].put(Max(1)));
            steps[19].at_least(1).await
        });
        assert_eq!(result, Ok(Ok(())), "round {round}");
    }
}

#[test]
fn a_conflict_that_a_task_swallows_fails_the_run() {
    for n_workers in 1..=8 {
        let lvar = LVar::<Flat<u32>>::new();
        let result = par::run_on(n_workers, async |p| {
            p.fork(|_| _ = lvar.put(Flat::Value(2)));
            p.fork(|_| _ = lvar.put(Flat::Value(3)));
            7
        });
        let Err(RunError::Put(PutError::Conflict(conflict))) = result else { panic!("{result:?}") };
        assert_eq!(conflict.values(), Some(("2", "3")));
    }
}

#[test]
fn a_blocked_run_tells_of_each_read_its_task_place_threshold_lvar_state_and_distance() {
    let votes = LVar::<Max<u64>>::named("votes");
    let best = LVar::<Min<i32>>::named("best");
    let book = LVar::<BTreeMap<&str, Flat<u32>>>::new();
    let hits = LVar::<GCounter>::named("hits");
    let line = line!();
    let error = par::run(async |p| {
        drop(p.spawn(async { votes.at_least(5).await }));
        drop(p.spawn(async { book.key("dune").decided().await }));
        drop(p.spawn(async { hits.at_least(9).await }));
        p.fork(|_| votes.put(Max(3)));
        p.fork(|_| hits.bump(2));
        best.at_least(-4).await
    })
    .unwrap_err();
    let RunError::Blocked(blocked) = &error else { panic!("{error}") };
    let spawned = |line: u32| format!("the task spawned at {}:{line}:16", file!());
    let told: Vec<_> = blocked
        .waiters()
        .iter()
        .map(|read| (read.at.line() - line, read.task.clone(), &*read.threshold, &*read.lacks[0]))
        .collect();
    let least = "2147483647, waiting for at most -4 (2147483651 less)";
    assert_eq!(
        told,
        [
            (2, spawned(line + 2), "at least Max(5)", "votes: 3, waiting for at least 5 (2 more)"),
            (3, spawned(line + 3), r#"a decision under "dune""#, r#"["dune"]: absent, waiting for the key"#),
            (4, spawned(line + 4), "at least 9", "hits: 2, waiting for at least 9 (7 more)"),
            (7, "the main task".to_owned(), "at least Min(-4)", &format!("best: {least}")),
        ]
    );
    assert!(blocked.cycles().is_empty(), "they wait for LVars, not for each other");
    let first = format!(
        "\n  {} waits for at least Max(5) at {}:{}:36: votes: 3, waiting for at least 5 (2 more)\n",
        spawned(line + 2),
        file!(),
        line + 2
    );
    assert!(error.to_string().contains(&first), "{error}");
}

#[test]
fn a_blocked_run_reports_the_same_on_every_schedule() {
    let reports: BTreeSet<String> = (0..200)
        .map(|round| {
            let votes: Vec<LVar<Max<u64>>> = (0..10).map(|_| LVarType::new()).collect();
            let result = par::run_on(1 + round % 8, async |p| {
                for (n, votes) in (0..).zip(&votes) {
                    drop(p.spawn(async move { votes.at_least(n + 1).await }));
                    p.fork(move |_| votes.put(Max(n)));
                }
            });
            result.unwrap_err().to_string()
        })
        .collect();
    assert_eq!(reports.len(), 1, "{reports:#?}");
}

#[test]
fn a_handler_of_a_map_gets_each_key_once_with_its_lvar() {
    for round in 0..100 {
        let counts = LVar::<BTreeMap<u32, Max<u64>>>::new();
        let (keys, big) = (LVar::<BTreeSet<u32>>::new(), LVar::<BTreeSet<u32>>::new());
        let n_calls = AtomicUsize::new(0);
        par::run_on(1 + round % 8, async |p| {
            counts.for_each(&p.pool(), |p, (key, count)| {
                n_calls.fetch_add(1, Relaxed);
                let big = &big;
                drop(p.spawn(async move {
                    count.at_least(30).await.unwrap();
                    big.insert(*key).unwrap();
                }));
                keys.insert(*key)
            });
            for key in 0..30_u32 {
                let counts = &counts;
                p.fork(move |_| counts.key(&key).put(1));
                p.fork(move |_| counts.key(&key).put(30));
            }
        })
        .unwrap();
        assert_eq!(n_calls.into_inner(), 30);
        assert_eq!(keys.into_value(), Ok((0..30).collect()));
        assert_eq!(big.into_value(), Ok((0..30).collect()));
    }
}
