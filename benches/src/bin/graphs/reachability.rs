//! What can be reached from a node: a set LVar with a handler beside bits and barriers.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use ascent::ascent_run_par;
use lvars_benches::{Contest, Goal};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::{
    by_lvars,
    graph::{Graph, Node},
    n_rounds, sequential, timed,
};

pub(super) fn contest(graph: &Graph, name: &str, n_workers: usize) {
    let start = graph.hub();
    let n_reached = sequential::reached(graph, start).iter().filter(|is_seen| **is_seen).count();
    Contest::new(format!("reachability, {name}: time an edge"), graph.n_edges())
        .side("set and handler", || {
            let (time, seen) =
                timed(|| by_lvars::reached(graph, start, n_workers).expect("nothing conflicts"));
            assert_eq!(seen.len(), n_reached);
            time
        })
        .side("rayon, level by level", || {
            let (time, seen) = timed(|| by_rayon(graph, start));
            assert_eq!(seen.iter().filter(|is_seen| is_seen.load(Relaxed)).count(), n_reached);
            time
        })
        .side("ascent_par", || {
            let (time, n_seen) = timed(|| by_ascent(graph, start));
            assert_eq!(n_seen, n_reached);
            time
        })
        .side("one thread", || timed(|| sequential::reached(graph, start)).0)
        .judge(
            n_rounds(),
            &[
                ("rayon, level by level", Goal { must: 1.0, stretch: 0.8 }),
                ("ascent_par", Goal { must: 0.2, stretch: 0.1 }),
            ],
        );
}

pub(super) fn by_rayon(graph: &Graph, start: Node) -> Vec<AtomicBool> {
    let seen: Vec<AtomicBool> = (0..graph.n_nodes()).map(|_| AtomicBool::new(false)).collect();
    // Relaxed: whoever sets it visits the node; nothing else is published. Most edges lead to a node that is seen: a look does not
    // take its cache line away from others.
    let is_new = |node: Node| {
        let seen = &seen[node as usize];
        !seen.load(Relaxed) && !seen.swap(true, Relaxed)
    };
    let mut level = vec![start];
    seen[start as usize].store(true, Relaxed);
    while !level.is_empty() {
        let next = |node: &Node| graph.next(*node).iter().copied().filter(|next| is_new(*next));
        level = level.par_iter().flat_map_iter(next).collect();
    }
    seen
}

fn by_ascent(graph: &Graph, start: Node) -> usize {
    let program = ascent_run_par! {
        relation seen(Node);
        seen(start);
        seen(*next) <-- seen(node), for next in graph.next(*node);
    };
    program.seen.len()
}
