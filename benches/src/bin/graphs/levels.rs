//! How far away each node is: an LVar a node and one handler beside levels with barriers between them.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use ascent::{Dual, ascent_run_par};
use lvars_benches::Contest;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::{
    by_lvars,
    graph::{Graph, Node},
    n_rounds, sequential, timed,
};

pub(super) fn contest(graph: &Graph, name: &str, n_workers: usize) {
    let start = graph.hub();
    let expected = sequential::levels(graph, start);
    let n_reached = expected.iter().filter(|level| **level < u32::MAX).count();
    Contest::new(format!("levels, {name}: time an edge"), graph.n_edges())
        .side("words and handler", || {
            let (time, levels) =
                timed(|| by_lvars::levels(graph, start, n_workers).expect("nothing conflicts"));
            assert!(levels.iter().all(|(node, level)| level.0 == expected[node as usize]));
            time
        })
        .side("rayon, level by level", || {
            let (time, levels) = timed(|| by_rayon(graph, start));
            assert!(levels.iter().map(|level| level.load(Relaxed)).eq(expected.iter().copied()));
            time
        })
        .side("ascent_par", || {
            let (time, n_levels) = timed(|| by_ascent(graph, start));
            assert_eq!(n_levels, n_reached);
            time
        })
        .side("one thread", || timed(|| sequential::levels(graph, start)).0)
        .run(n_rounds());
}

fn by_rayon(graph: &Graph, start: Node) -> Vec<AtomicU32> {
    let levels: Vec<AtomicU32> = (0..graph.n_nodes()).map(|_| AtomicU32::new(u32::MAX)).collect();
    levels[start as usize].store(0, Relaxed);
    let (mut at, mut level) = (0, vec![start]);
    while !level.is_empty() {
        at += 1;
        // Relaxed: whoever writes it visits the node; between two levels is a barrier.
        let is_new = |node: Node| {
            let level = &levels[node as usize];
            level.load(Relaxed) == u32::MAX && level.compare_exchange(u32::MAX, at, Relaxed, Relaxed).is_ok()
        };
        let next = |node: &Node| graph.next(*node).iter().copied().filter(|next| is_new(*next));
        level = level.par_iter().flat_map_iter(next).collect();
    }
    levels
}

fn by_ascent(graph: &Graph, start: Node) -> usize {
    let program = ascent_run_par! {
        lattice level(Node, Dual<u32>);
        level(start, Dual(0));
        level(*next, Dual(least.0 + 1)) <-- level(node, least), for next in graph.next(*node);
    };
    program.level.len()
}
