//! The solver beside which the LVars stand: one breadth-first search a package, on one thread, with nothing of this crate in it.

use super::graph::{Graph, Node};

/// How many packages each of `sources` reaches, itself included.
pub(super) fn closure_sizes(graph: &Graph, sources: &[Node]) -> Vec<u32> {
    // Which search has last been at a node: one array for all searches, so that none has to clear it.
    let mut seen_by = vec![Node::MAX; graph.names.len()];
    let mut queue = Vec::new();
    let size_of = |source: &Node| {
        let source = *source;
        queue.clear();
        queue.push(source);
        seen_by[source as usize] = source;
        let mut next = 0;
        while let Some(node) = queue.get(next).copied() {
            next += 1;
            for target in graph.depends_on(node) {
                let seen = &mut seen_by[*target as usize];
                if *seen != source {
                    *seen = source;
                    queue.push(*target);
                }
            }
        }
        queue.len() as u32
    };
    sources.iter().map(size_of).collect()
}
