//! The closure with nothing of this crate in it: a search from each node.

use super::graph::{Graph, Node};

/// Which nodes lead to which, in order.
pub(super) fn closure(graph: &Graph) -> Vec<(Node, Node)> {
    let mut pairs = Vec::new();
    for from in 0..graph.n_nodes() {
        let mut is_seen = vec![false; graph.n_nodes() as usize];
        let mut work = graph.after(from).to_vec();
        while let Some(node) = work.pop() {
            if !std::mem::replace(&mut is_seen[node as usize], true) {
                work.extend(graph.after(node));
            }
        }
        pairs.extend((0..).zip(is_seen).filter(|(_, is_seen)| *is_seen).map(|(to, _)| (from, to)));
    }
    pairs
}
