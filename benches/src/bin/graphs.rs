//! Fixpoints over graphs by LVars and handlers, beside rayon, a Datalog engine and one thread. Our side is the code of the examples.
//!
//! Wall time, as in `par`. With `--workers 1,2,4` it prints how the time falls with the workers instead.

#[path = "../../../examples/graphs/by_lvars.rs"]
mod by_lvars;
#[path = "graphs/components.rs"]
mod components;
#[path = "graphs/distances.rs"]
mod distances;
#[path = "../../../examples/graphs/graph.rs"]
mod graph;
#[path = "graphs/kcfa.rs"]
mod kcfa;
#[path = "graphs/levels.rs"]
mod levels;
#[path = "graphs/reachability.rs"]
mod reachability;
#[path = "graphs/rounds.rs"]
mod rounds;
#[path = "graphs/scaling.rs"]
mod scaling;
#[path = "../../../examples/graphs/sequential.rs"]
mod sequential;
#[expect(dead_code, reason = "one thread is a row of `par`")]
#[path = "par/traverse.rs"]
mod traverse;

use std::{
    env,
    hint::black_box,
    thread,
    time::{Duration, Instant},
};

use graph::{Graph, Node};
use lvars_benches::is_short;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--workers") {
        let list = arguments.get(at + 1).map_or("1,2", String::as_str);
        let n_workers = list.split(',').map(|n| n.parse().expect("`--workers` takes numbers: 1,2,4"));
        return scaling::curves(&n_workers.collect::<Vec<_>>());
    }
    let n_workers = thread::available_parallelism().map_or(2, |n| n.get().max(2));
    rayon::ThreadPoolBuilder::new().num_threads(n_workers).build_global().expect("the only pool");
    println!("{n_workers} workers on each side");
    let wants = |row: &str| {
        let mut named = arguments.iter().filter(|argument| !argument.starts_with("--")).peekable();
        named.peek().is_none() || named.any(|name| name == row)
    };
    if wants("kcfa") {
        kcfa::contest(n_workers);
    }
    let (scale, n_edges) = (20, 10_000_000);
    let uniform = || graph::uniform(1_000_000, n_edges, 1);
    let rmat = || graph::rmat(scale, n_edges, 1);
    let graphs: [(&str, u32, &dyn Fn() -> Vec<_>); 2] =
        [("uniform", 1_000_000, &uniform), ("R-MAT", 1 << scale, &rmat)];
    let rows: [(&str, Row); 4] = [
        ("reachability", |n_nodes, edges, name, n_workers| {
            reachability::contest(&Graph::from_edges(n_nodes, edges), name, n_workers);
        }),
        ("levels", |n_nodes, edges, name, n_workers| {
            levels::contest(&Graph::from_edges(n_nodes, edges), name, n_workers);
        }),
        ("distances", |n_nodes, edges, name, n_workers| {
            distances::contest(&Graph::from_edges(n_nodes, edges), name, n_workers);
        }),
        // As many edges, each of which leads both ways.
        ("components", |n_nodes, edges, name, n_workers| {
            components::contest(&Graph::both_ways(n_nodes, &edges[..edges.len() / 2]), name, n_workers);
        }),
    ];
    for (name, n_nodes, generate) in graphs {
        let name = format!("{name}, {n_nodes} nodes, {n_edges} edges");
        let wanted: Vec<_> = rows.iter().filter(|(row, _)| wants(row)).collect();
        if !wanted.is_empty() {
            let edges = generate();
            wanted.iter().for_each(|(_, row)| row(n_nodes, &edges, &name, n_workers));
        }
    }
}

/// A row of the table, for a graph of this name.
type Row = fn(n_nodes: u32, edges: &[(Node, Node)], name: &str, n_workers: usize);

fn n_rounds() -> usize {
    if is_short() { 3 } else { 11 }
}

/// How long the work takes, and its answer, which the caller drops outside the measured time.
fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let answer = black_box(work());
    (start.elapsed(), answer)
}
