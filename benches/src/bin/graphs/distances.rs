//! How long the shortest way to each node is: an LVar a node and one handler beside rounds with barriers, and Dijkstra's algorithm.

use std::sync::atomic::{
    AtomicBool, AtomicU32,
    Ordering::{AcqRel, Relaxed},
};

use ascent::{Dual, ascent_run_par};
use lvars_benches::Contest;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::{
    by_lvars,
    graph::{self, Graph, Node},
    n_rounds, sequential, timed,
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
    let distances: Vec<AtomicU32> = (0..graph.n_nodes()).map(|_| AtomicU32::new(u32::MAX)).collect();
    let queued: Vec<AtomicBool> = distances.iter().map(|_| AtomicBool::new(false)).collect();
    distances[start as usize].store(0, Relaxed);
    // AcqRel: between the two swaps of one flag: who clears what another has set sees the distance that the other put there before.
    let lowers = |node: Node, distance: u32| {
        let at = node as usize;
        distances[at].load(Relaxed) > distance
            && distances[at].fetch_min(distance, Relaxed) > distance
            && !queued[at].swap(true, AcqRel)
    };
    let mut round = vec![start];
    while !round.is_empty() {
        let next = |node: &Node| {
            let node = *node;
            queued[node as usize].swap(false, AcqRel);
            let distance = distances[node as usize].load(Relaxed);
            let lowered = move |next: &Node| lowers(*next, distance + graph::length(node, *next));
            graph.next(node).iter().copied().filter(lowered)
        };
        round = round.par_iter().flat_map_iter(next).collect();
    }
    distances
}

fn by_ascent(graph: &Graph, start: Node) -> usize {
    let program = ascent_run_par! {
        lattice distance(Node, Dual<u32>);
        distance(start, Dual(0));
        distance(*next, Dual(least.0 + graph::length(*node, *next))) <-- distance(node, least), for next in graph.next(*node);
    };
    program.distance.len()
}
