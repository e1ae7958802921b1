//! How long the shortest way to each node is: an LVar a node and one handler beside rounds with barriers, and Dijkstra's algorithm.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use ascent::{Dual, ascent_run_par};
use lvars_benches::Contest;

use super::{
    by_lvars,
    graph::{self, Graph, Node},
    n_rounds, rounds, sequential, timed,
};

pub(super) fn contest(graph: &Graph, name: &str, n_workers: usize) {
    let start = graph.hub();
    let expected = sequential::distances(graph, start);
    let n_reached = expected.iter().filter(|distance| **distance < u32::MAX).count();
    Contest::new(format!("distances, {name}: time an edge"), graph.n_edges())
        .side("words and handler", || {
            let (time, distances) =
                timed(|| by_lvars::distances(graph, start, n_workers).expect("nothing conflicts"));
            assert!(distances.iter().all(|(node, distance)| distance.0 == expected[node as usize]));
            time
        })
        .side("rayon, fetch_min", || {
            let (time, distances) = timed(|| by_rayon(graph, start));
            assert!(distances.iter().map(|distance| distance.load(Relaxed)).eq(expected.iter().copied()));
            time
        })
        .side("ascent_par", || {
            let (time, n_distances) = timed(|| by_ascent(graph, start));
            assert_eq!(n_distances, n_reached);
            time
        })
        .side("one thread", || timed(|| sequential::distances(graph, start)).0)
        .run(n_rounds());
}

fn by_rayon(graph: &Graph, start: Node) -> Vec<AtomicU32> {
    let distances: Vec<_> = (0..graph.n_nodes()).map(|_| AtomicU32::new(u32::MAX)).collect();
    distances[start as usize].store(0, Relaxed);
    rounds::lower(graph, distances, vec![start], graph::length)
}

fn by_ascent(graph: &Graph, start: Node) -> usize {
    let program = ascent_run_par! {
        lattice distance(Node, Dual<u32>);
        distance(start, Dual(0));
        distance(*next, Dual(least.0 + graph::length(*node, *next))) <-- distance(node, least), for next in graph.next(*node);
    };
    program.distance.len()
}
