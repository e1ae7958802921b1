//! How the time falls with the workers: `--workers 1,2,4,8,16`.

use std::{hint::black_box, time::Duration};

use lvars_benches::Contest;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::{
    by_lvars, components,
    graph::{self, Graph},
    kcfa, n_rounds, reachability, timed, traverse,
};

/// A workload: its name, and how long it takes on as many workers, or in a pool of rayon's.
struct Workload<'a> {
    name: &'static str,
    by_lvars: Box<dyn Fn(usize) -> Duration + 'a>,
    by_rayon: Option<Box<dyn Fn() -> Duration + Send + Sync + 'a>>,
}

/// Prints a curve for each workload.
pub(super) fn curves(n_workers: &[usize]) {
    let (n_nodes, n_edges) = (1_000_000, 10_000_000);
    let edges = graph::uniform(n_nodes, n_edges, 1);
    let graph = Graph::from_edges(n_nodes, &edges);
    let both_ways = Graph::both_ways(n_nodes, &edges[..edges.len() / 2]);
    let nested = traverse::graph();
    let (start, program) = (graph.hub(), kcfa::worst());
    let workloads = [
        Workload {
            name: "reachability",
            by_lvars: Box::new(|n| time(|| by_lvars::reached(&graph, start, n).is_ok())),
            by_rayon: Some(Box::new(|| time(|| reachability::by_rayon(&graph, start)))),
        },
        Workload {
            name: "components",
            by_lvars: Box::new(|n| time(|| by_lvars::components(&both_ways, n).is_ok())),
            by_rayon: Some(Box::new(|| time(|| components::by_rayon(&both_ways)))),
        },
        Workload {
            name: "1-CFA of worst 12",
            by_lvars: Box::new(|n| time(|| kcfa::by_lvars(&program, 1, n))),
            by_rayon: None,
        },
        Workload {
            name: "traverse, with work at each node",
            by_lvars: Box::new(|n| time(|| traverse::by_dense_set(&nested, n))),
            by_rayon: Some(Box::new(|| time(|| traverse::by_rayon(&nested)))),
        },
    ];
    let pools: Vec<ThreadPool> = n_workers.iter().map(|n| pool(*n)).collect();
    for workload in &workloads {
        workload.curve(n_workers, &pools);
    }
}

impl Workload<'_> {
    fn curve(&self, n_workers: &[usize], pools: &[ThreadPool]) {
        println!("\n{}", self.name);
        println!("{:>8} {:>12} {:>9} {:>12} {:>9}", "workers", "LVars", "speed-up", "rayon", "speed-up");
        let ours = n_workers
            .iter()
            .fold(Contest::new("", 1), |contest, n| contest.side("LVars", || (self.by_lvars)(*n)));
        let ours = self.by_rayon.iter().fold(ours, |contest, by_rayon| {
            pools.iter().fold(contest, |contest, pool| contest.side("rayon", || pool.install(&**by_rayon)))
        });
        let table = ours.measure(n_rounds());
        let (ours, theirs) = table.split_at(n_workers.len());
        for (at, n) in n_workers.iter().enumerate() {
            print!("{n:>8}");
            for side in [ours, theirs].iter().filter(|side| !side.is_empty()) {
                print!(" {:>9.1} ms {:>9.2}", side[at].median / 1e6, side[0].median / side[at].median);
            }
            println!();
        }
    }
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    timed(|| black_box(work())).0
}

fn pool(n_threads: usize) -> ThreadPool {
    ThreadPoolBuilder::new().num_threads(n_threads).build().expect("the system grants threads")
}
