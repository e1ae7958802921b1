//! The scheduler of `par` beside rayon, tokio and a plain loop: what it costs to fork, to spawn, to wait and to end.
//!
//! Wall time, since that is what threads are for: the machine should be quiet, or the spread says that it was not.

#[path = "par/traverse.rs"]
mod traverse;

use std::{
    collections::BTreeSet,
    future::Future,
    hint::black_box,
    pin::Pin,
    sync::Arc,
    time::{Duration, Instant},
};

use lattice_core::Max;
use lvar_runtime::{
    LVar, LVarType, Put,
    par::{self, Branch, ForEach, Par},
};
use lvars_benches::{Contest, Figures, Goal, is_short};
use tokio::{runtime::Runtime, sync::SetOnce};

fn main() {
    // As many threads for everyone as `par::run` takes.
    let n_workers = std::thread::available_parallelism().map_or(2, |n| n.get().max(2));
    rayon::ThreadPoolBuilder::new().num_threads(n_workers).build_global().expect("the only pool");
    let tokio =
        tokio::runtime::Builder::new_multi_thread().worker_threads(n_workers).build().expect("a runtime");
    println!("{n_workers} workers on each side");
    let only: Vec<_> = std::env::args().skip(1).filter(|argument| argument != "--short").collect();
    let rows: [(&str, &dyn Fn()); 9] = [
        ("empty", &empty),
        ("fork", &fork),
        ("join", &join),
        ("spawn", &|| spawn(&tokio)),
        ("wake", &|| block_and_wake(&tokio)),
        ("hop", &|| hop(&tokio)),
        ("quiesce", &quiesce),
        ("sort", &sort),
        ("traverse", &traverse),
    ];
    for (name, row) in rows {
        if only.is_empty() || only.iter().any(|wanted| wanted == name) {
            row();
        }
    }
}

fn n_rounds(full: usize) -> usize {
    if is_short() { full.div_ceil(3) } else { full }
}

/// Judges our median as a multiple of that of the side called `peer`.
fn judge(table: &[Figures<'_>], peer: &str, goal: Goal) {
    if let Some(figures) = table.iter().find(|figures| figures.name == peer) {
        goal.judge(table[0].median / figures.median, &format!("of {peer}"));
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

/// A run in which nothing is forked.
fn empty() {
    Contest::new("a run that does nothing: time a run", 1)
        .side("par::run", || timed(|| par::run(async |_| black_box(1))))
        .side("one scoped thread", || {
            timed(|| std::thread::scope(|threads| threads.spawn(|| black_box(1)).join().is_ok()))
        })
        .run(n_rounds(301));
}

/// Levels of the binary tree of forks.
const DEPTH: u32 = 17;
const N_FORKS: u32 = (1 << (DEPTH + 1)) - 2;

/// Closures that fork two more each, and are forgotten.
fn fork() {
    let table = Contest::new("a tree of closures, forked and forgotten: time a fork", N_FORKS)
        .side("Par::fork", || timed(|| par::run(async |p| fork_tree(p, DEPTH))))
        .side("rayon::scope", || timed(|| rayon::scope(|scope| rayon_tree(scope, DEPTH))))
        .side("recursion", || timed(|| plain_tree(black_box(DEPTH))))
        .run(n_rounds(31));
    judge(&table, "rayon::scope", Goal { must: 0.5, stretch: 0.25 });
}

fn fork_tree(p: &Par<'_, '_>, depth: u32) {
    if depth > 0 {
        p.fork(move |p| fork_tree(p, depth - 1));
        p.fork(move |p| fork_tree(p, depth - 1));
    }
}

fn rayon_tree(scope: &rayon::Scope<'_>, depth: u32) {
    if depth > 0 {
        scope.spawn(move |scope| rayon_tree(scope, depth - 1));
        scope.spawn(move |scope| rayon_tree(scope, depth - 1));
    }
}

#[inline(never)]
fn plain_tree(depth: u32) -> u32 {
    if depth == 0 { 1 } else { plain_tree(black_box(depth - 1)) + plain_tree(black_box(depth - 1)) }
}

/// The Fibonacci number that is computed the slow way, and the number of its calls that have a second half.
const FIB: u32 = 23;
const N_FIB_FORKS: u32 = 46_367;

/// The same with so many joins that starting the threads, which rayon has already, is next to nothing of it.
const LONG_FIB: u32 = 30;
const N_LONG_FIB_FORKS: u32 = 1_346_268;

/// One half is forked, the other computed, then the forked one's result is needed.
fn join() {
    for (n, n_forks, full) in [(FIB, N_FIB_FORKS, 61), (LONG_FIB, N_LONG_FIB_FORKS, 15)] {
        let title = format!("fork one half, compute the other, get the result, {n_forks} times: time a fork");
        let table = Contest::new(title, n_forks)
            .side("Par::join", || timed(|| par::run(async |p| branch_fib(&p.branch(), black_box(n)))))
            .side("rayon::join", || timed(|| rayon_fib(black_box(n))))
            .side("recursion", || timed(|| plain_fib(black_box(n))))
            .run(n_rounds(full));
        judge(&table, "rayon::join", Goal { must: 2.0, stretch: 1.2 });
    }
}

fn branch_fib(p: &Branch<'_, '_, '_>, n: u32) -> u64 {
    if n < 2 {
        return n.into();
    }
    let (left, right) = p.join(|p| branch_fib(p, n - 1), move |p| branch_fib(p, n - 2));
    left + right
}

fn rayon_fib(n: u32) -> u64 {
    if n < 2 {
        return n.into();
    }
    let (left, right) = rayon::join(|| rayon_fib(n - 1), || rayon_fib(n - 2));
    left + right
}

#[inline(never)]
fn plain_fib(n: u32) -> u64 {
    if n < 2 { n.into() } else { plain_fib(n - 1) + plain_fib(n - 2) }
}

/// A future behind a pointer, as recursion needs it.
type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// As the row before, with tasks that could wait.
fn spawn(tokio: &Runtime) {
    let table = Contest::new("spawn one half, compute the other, await the first: time a task", N_FIB_FORKS)
        .side("Par::spawn", || timed(|| par::run(async |p| par_fib(p.clone(), black_box(FIB)).await)))
        .side("tokio::spawn", || timed(|| tokio.block_on(async { tokio::spawn(tokio_fib(FIB)).await })))
        .side("boxed futures, no tasks", || timed(|| tokio.block_on(async { boxed_fib(FIB).await })))
        .run(n_rounds(31));
    judge(&table, "tokio::spawn", Goal { must: 0.15, stretch: 0.06 });
}

fn par_fib<'scope>(p: Par<'scope, '_>, n: u32) -> Boxed<'scope, u64> {
    Box::pin(async move {
        if n < 2 {
            return n.into();
        }
        let left = p.spawn(par_fib(p.clone(), n - 1));
        let right = par_fib(p, n - 2).await;
        left.await + right
    })
}

fn tokio_fib(n: u32) -> Boxed<'static, u64> {
    Box::pin(async move {
        if n < 2 {
            return n.into();
        }
        let left = tokio::spawn(tokio_fib(n - 1));
        let right = tokio_fib(n - 2).await;
        left.await.expect("no task panics") + right
    })
}

fn boxed_fib(n: u32) -> Boxed<'static, u64> {
    Box::pin(async move { if n < 2 { n.into() } else { boxed_fib(n - 1).await + boxed_fib(n - 2).await } })
}

const N_WAITERS: u32 = 200_000;

/// Many tasks wait for one value, which then comes.
fn block_and_wake(tokio: &Runtime) {
    let table = Contest::new("tasks that wait for one value, which is then put: time a task", N_WAITERS)
        .side("at_least", || {
            timed(|| {
                let step = LVar::<Max<u64>>::new();
                par::run(async |p| {
                    let step = &step;
                    let wait = |_| p.spawn(async move { step.at_least(1).await.is_ok() });
                    let tasks: Vec<_> = (0..N_WAITERS).map(wait).collect();
                    step.put(1).expect("nothing conflicts");
                    for task in tasks {
                        task.await;
                    }
                })
            })
        })
        .side("tokio SetOnce", || {
            timed(|| {
                tokio.block_on(async {
                    let step = Arc::new(SetOnce::new());
                    let wait = |_| {
                        let step = Arc::clone(&step);
                        tokio::spawn(async move { *step.wait().await == 1 })
                    };
                    let tasks: Vec<_> = (0..N_WAITERS).map(wait).collect();
                    step.set(1).expect("it is set once");
                    for task in tasks {
                        task.await.expect("no task panics");
                    }
                })
            })
        })
        .run(n_rounds(15));
    judge(&table, "tokio SetOnce", Goal { must: 0.4, stretch: 0.25 });
}

const N_HOPS: u32 = 20_000;

/// Two tasks that answer each other.
fn hop(tokio: &Runtime) {
    let table = Contest::new("two tasks answer each other: time a hop", N_HOPS)
        .side("at_least", || {
            timed(|| {
                let steps = [(); 2].map(|()| LVar::<Max<u64>>::new());
                par::run(async |p| {
                    let tasks = [0, 1].map(|side| {
                        let [mine, other] = [&steps[side], &steps[1 - side]];
                        p.spawn(async move {
                            for hop in 1..=u64::from(N_HOPS / 2) {
                                if side == 1 {
                                    other.at_least(hop).await.expect("nothing conflicts");
                                }
                                mine.put(hop).expect("nothing conflicts");
                                if side == 0 {
                                    other.at_least(hop).await.expect("nothing conflicts");
                                }
                            }
                        })
                    });
                    for task in tasks {
                        task.await;
                    }
                })
            })
        })
        .side("tokio watch", || {
            timed(|| {
                tokio.block_on(async {
                    let (put_0, mut get_0) = tokio::sync::watch::channel(0);
                    let (put_1, mut get_1) = tokio::sync::watch::channel(0);
                    let first = tokio::spawn(async move {
                        for hop in 1..=N_HOPS / 2 {
                            put_0.send(hop).expect("it is received");
                            get_1.wait_for(|&seen| seen >= hop).await.expect("it is sent");
                        }
                    });
                    let second = tokio::spawn(async move {
                        for hop in 1..=N_HOPS / 2 {
                            get_0.wait_for(|&seen| seen >= hop).await.expect("it is sent");
                            // The last answer may find that the other has left.
                            _ = put_1.send(hop);
                        }
                    });
                    first.await.expect("no task panics");
                    second.await.expect("no task panics");
                })
            })
        })
        .run(n_rounds(15));
    judge(&table, "tokio watch", Goal { must: 1.0, stretch: 0.7 });
}

/// The tree of forks, once as work of a pool that is then awaited.
fn quiesce() {
    let table = Contest::new("the same tree as work of a pool: time a fork", N_FORKS)
        .side("quiesce", || {
            timed(|| {
                // Work becomes a pool's through a handler.
                let roots = LVar::<BTreeSet<u32>>::new();
                par::run(async |p| {
                    let pool = p.pool();
                    roots.for_each(&pool, |p, &depth| fork_tree(p, depth));
                    roots.insert(DEPTH).expect("nothing conflicts");
                    pool.quiesce().await;
                })
            })
        })
        .side("without a pool", || timed(|| par::run(async |p| fork_tree(p, DEPTH))))
        .run(n_rounds(31));
    judge(&table, "without a pool", Goal { must: 1.1, stretch: 1.02 });
}

const N_KEYS: usize = 1 << 20;
/// How often the numbers are halved before a piece is sorted by one thread.
const HALVINGS: u32 = 4;

/// Pieces of a slice are sorted each by itself, then merged by twos.
fn sort() {
    let keys: Vec<u64> =
        (0..N_KEYS as u64).map(|i| i.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)).collect();
    let on_copy = |sort: &dyn Fn(&mut [u64], &mut [u64])| {
        let (mut keys, mut room) = (keys.clone(), vec![0; N_KEYS]);
        let time = timed(|| sort(&mut keys, &mut room));
        assert!(keys.is_sorted());
        time
    };
    let table = Contest::new("merge sort of a million numbers: time a sort", 1)
        .side("a run a level", || on_copy(&|keys, room| par_sort(keys, room)))
        .side("rayon::join", || on_copy(&|keys, room| rayon_sort(keys, room, HALVINGS)))
        .side("one thread", || on_copy(&|keys, room| plain_sort(keys, room, HALVINGS)))
        .run(n_rounds(15));
    judge(&table, "rayon::join", Goal { must: 1.1, stretch: 1.0 });
}

/// Each run owns its pieces of one slice; after it, the next may read them as one.
fn par_sort<'a>(keys: &'a mut [u64], room: &'a mut [u64]) {
    let mut width = N_KEYS >> HALVINGS;
    let sorted = par::run(async |p| keys.chunks_mut(width).for_each(|piece| p.fork(move |_| piece.sort())));
    sorted.expect("nothing is put");
    let (mut from, mut to) = (keys, room);
    while width < N_KEYS {
        let pairs = from.chunks(2 * width).zip(to.chunks_mut(2 * width));
        let merged = par::run(async |p| {
            pairs.for_each(|(from, to)| p.fork(move |_| merge(from.split_at(width), to)));
        });
        merged.expect("nothing is put");
        (from, to) = (to, from);
        width *= 2;
    }
}

/// Sorts `keys`: their halves into the halves of `room`, which are then merged back.
fn rayon_sort(keys: &mut [u64], room: &mut [u64], n_halvings: u32) {
    if n_halvings == 0 {
        return keys.sort();
    }
    let middle = keys.len() / 2;
    let (left, right) = keys.split_at_mut(middle);
    let (left_room, right_room) = room.split_at_mut(middle);
    let half = |keys: &mut [u64], room: &mut [u64]| {
        room.copy_from_slice(keys);
        rayon_sort(room, keys, n_halvings - 1);
    };
    rayon::join(|| half(left, left_room), || half(right, right_room));
    merge(room.split_at(middle), keys);
}

fn plain_sort(keys: &mut [u64], room: &mut [u64], n_halvings: u32) {
    if n_halvings == 0 {
        return keys.sort();
    }
    let middle = keys.len() / 2;
    room.copy_from_slice(keys);
    for (room, keys) in room.chunks_mut(middle).zip(keys.chunks_mut(middle)) {
        plain_sort(room, keys, n_halvings - 1);
    }
    merge(room.split_at(middle), keys);
}

fn merge((mut left, mut right): (&[u64], &[u64]), to: &mut [u64]) {
    for place in to {
        let from = match (left.first(), right.first()) {
            (Some(a), Some(b)) if a <= b => &mut left,
            (Some(_), None) => &mut left,
            _ => &mut right,
        };
        (*place, *from) = (from[0], &from[1..]);
    }
}

/// What is reachable, breadth first, with work at each node.
fn traverse() {
    let graph = traverse::graph();
    let n_workers = rayon::current_num_threads();
    let table =
        Contest::new("traverse 40,000 nodes and 320,000 edges, with work at each: time a traversal", 1)
            .side("dense set and handler", || timed(|| traverse::by_dense_set(&graph, n_workers)))
            .side("rayon, level by level", || timed(|| traverse::by_rayon(&graph)))
            .side("one thread", || timed(|| traverse::on_one_thread(&graph)))
            .side("hashed set and handler", || timed(|| traverse::by_hashed_set(&graph, n_workers)))
            .run(n_rounds(15));
    judge(&table, "rayon, level by level", Goal { must: 1.0, stretch: 0.8 });
    for figures in [&table[0], &table[1], &table[3]] {
        let efficiency = table[2].median / (n_workers as f64 * figures.median);
        println!("parallel efficiency {:.0}%: {}", 100.0 * efficiency, figures.name);
    }
}
