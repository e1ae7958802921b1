//! Connected components by the least node of each: an LVar a node and one handler beside `fetch_min` and barriers.

use std::sync::atomic::{
    AtomicBool, AtomicU32,
    Ordering::{AcqRel, Relaxed},
};

use ascent::{Dual, ascent_run_par};
use lvars_benches::{Contest, Goal};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::{
    by_lvars,
    graph::{Graph, Node},
    n_rounds, sequential, timed,
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
    let labels: Vec<AtomicU32> = (0..graph.n_nodes()).map(AtomicU32::new).collect();
    let queued: Vec<AtomicBool> = labels.iter().map(|_| AtomicBool::new(true)).collect();
    // AcqRel: between the two swaps of one flag: who clears what another has set sees the label that the other put there before.
    let lowers = |node: Node, label: Node| {
        let at = node as usize;
        labels[at].load(Relaxed) > label
            && labels[at].fetch_min(label, Relaxed) > label
            && !queued[at].swap(true, AcqRel)
    };
    let mut level: Vec<Node> = (0..graph.n_nodes()).collect();
    while !level.is_empty() {
        let next = |node: &Node| {
            queued[*node as usize].swap(false, AcqRel);
            let label = labels[*node as usize].load(Relaxed);
            graph.next(*node).iter().copied().filter(move |next| lowers(*next, label))
        };
        level = level.par_iter().flat_map_iter(next).collect();
    }
    labels
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
