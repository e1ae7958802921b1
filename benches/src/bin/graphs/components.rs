//! Connected components by the least node of each: an LVar a node and one handler beside `fetch_min` and barriers.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use ascent::{Dual, ascent_run_par};
use lvars_benches::{Contest, Goal};

use super::{
    by_lvars,
    graph::{Graph, Node},
    n_rounds, rounds, sequential, timed,
};

pub(super) fn contest(graph: &Graph, name: &str, n_workers: usize) {
    let expected = sequential::components(graph);
    Contest::new(format!("components, {name}: time an edge"), graph.n_edges())
        .side("words and handler", || {
            let (time, labels) = timed(|| by_lvars::components(graph, n_workers).expect("nothing conflicts"));
            assert!(labels.iter().map(|(_, label)| label.0).eq(expected.iter().copied()));
            time
        })
        .side("rayon, fetch_min", || {
            let (time, labels) = timed(|| by_rayon(graph));
            assert!(labels.iter().map(|label| label.load(Relaxed)).eq(expected.iter().copied()));
            time
        })
        .side("ascent_par", || {
            let (time, n_labels) = timed(|| by_ascent(graph));
            assert_eq!(n_labels, expected.len());
            time
        })
        .side("one thread", || timed(|| sequential::components(graph)).0)
        .judge(
            n_rounds(),
            &[
                ("rayon, fetch_min", Goal { must: 0.6, stretch: 0.4 }),
                ("ascent_par", Goal { must: 0.05, stretch: 0.02 }),
            ],
        );
}

pub(super) fn by_rayon(graph: &Graph) -> Vec<AtomicU32> {
    let labels = (0..graph.n_nodes()).map(AtomicU32::new).collect();
    rounds::lower(graph, labels, (0..graph.n_nodes()).collect(), |_, _| 0)
}

fn by_ascent(graph: &Graph) -> usize {
    let n_nodes = graph.n_nodes();
    let program = ascent_run_par! {
        lattice label(Node, Dual<Node>);
        label(node, Dual(node)) <-- for node in 0..n_nodes;
        label(*next, *least) <-- label(node, least), for next in graph.next(*node);
    };
    program.label.len()
}
