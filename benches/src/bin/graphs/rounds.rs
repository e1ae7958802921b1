//! The least value of each node along the edges, by rounds with barriers between them: `fetch_min`, and a flag for those that are queued.

use std::sync::atomic::{
    AtomicBool, AtomicU32,
    Ordering::{AcqRel, Relaxed},
};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::graph::{Graph, Node};

/// Lowers the values until each is at most that of every node before it and what the edge adds; `first` are the nodes to begin with.
pub(super) fn lower(
    graph: &Graph,
    values: Vec<AtomicU32>,
    first: Vec<Node>,
    adds: impl Fn(Node, Node) -> u32 + Sync,
) -> Vec<AtomicU32> {
    let queued: Vec<AtomicBool> = values.iter().map(|_| AtomicBool::new(false)).collect();
    first.iter().for_each(|node| queued[*node as usize].store(true, Relaxed));
    // AcqRel: between the two swaps of one flag: who clears what another has set sees the value that the other put there before.
    let lowers = |node: Node, value: u32| {
        let at = node as usize;
        values[at].load(Relaxed) > value
            && values[at].fetch_min(value, Relaxed) > value
            && !queued[at].swap(true, AcqRel)
    };
    let mut round = first;
    while !round.is_empty() {
        let next = |node: &Node| {
            let node = *node;
            queued[node as usize].swap(false, AcqRel);
            let value = values[node as usize].load(Relaxed);
            graph.next(node).iter().copied().filter({
                let (lowers, adds) = (&lowers, &adds);
                move |next| lowers(*next, value + adds(node, *next))
            })
        };
        round = round.par_iter().flat_map_iter(next).collect();
    }
    values
}
