//! Four questions about a graph as fixpoints of LVars: each is a rule, given as a handler, and where to begin.
//!
//! ```text
//!   reached     node ∈ seen, node → next        ⟹    next ∈ seen
//!   levels      level(node) ≤ n, node → next    ⟹    level(next) ≤ n + 1
//!   distances   distance(node) ≤ d, node → next ⟹    distance(next) ≤ d + length(node → next)
//!   components  label(node) ≤ n, node → next    ⟹    label(next) ≤ n
//! ```
//!
//! What the LVars hold only grows, so the order in which handlers meet it, on however many threads, cannot change where it ends.
//!
//! Handlers get what is new in batches, and look up where all of its edges lead before they put: the edges are in no cache, and so the
//! processor waits for those of many nodes at once. One node at a time takes twice as long.

use std::error::Error;

use lvars::{DenseMap, DenseSet, kinds::WordMapLVar, par::ForEachBatch, prelude::*};

use super::graph::{self, Graph, Node};

/// The nodes that can be reached from `start`, itself included.
///
/// # Errors
///
/// On no schedule, as for the others: no two facts are in conflict.
pub(crate) fn reached(
    graph: &Graph,
    start: Node,
    n_workers: usize,
) -> Result<DenseSet<Node>, Box<dyn Error>> {
    let seen = LVar::<DenseSet<Node>>::new();
    par::run_on(n_workers, async |p| {
        seen.for_each_batch(&p.pool(), |_, nodes| {
            let edges: Vec<&[Node]> = nodes.iter().map(|node| graph.next(**node)).collect();
            seen.insert_all(edges.concat())
        });
        seen.insert(start)
    })??;
    Ok(seen.into_value()?)
}

/// How many edges away from `start` each node is that can be reached.
pub(crate) fn levels(
    graph: &Graph,
    start: Node,
    n_workers: usize,
) -> Result<DenseMap<Node, Min<u32>>, Box<dyn Error>> {
    shortest(graph, start, n_workers, |_, _| 1)
}

/// How long the shortest way from `start` to each node is that can be reached.
pub(crate) fn distances(
    graph: &Graph,
    start: Node,
    n_workers: usize,
) -> Result<DenseMap<Node, Min<u32>>, Box<dyn Error>> {
    shortest(graph, start, n_workers, graph::length)
}

/// The same, by whatever length the edges have.
fn shortest(
    graph: &Graph,
    start: Node,
    n_workers: usize,
    length: impl Fn(Node, Node) -> u32 + Sync,
) -> Result<DenseMap<Node, Min<u32>>, Box<dyn Error>> {
    let shortest = WordMapLVar::<Node, Min<u32>>::new();
    par::run_on(n_workers, async |p| {
        shortest.on_change_batch(&p.pool(), |_, changed| {
            let edges: Vec<&[Node]> = changed.iter().map(|(node, _)| graph.next(*node)).collect();
            changed.iter().zip(edges).try_for_each(|((node, Min(way)), edges)| {
                edges.iter().try_for_each(|next| shortest.key(*next).put(way + length(*node, *next)))
            })
        });
        shortest.key(start).put(0)
    })??;
    Ok(shortest.into_value()?)
}

/// The least node of the component of each node, in a graph whose edges lead both ways.
pub(crate) fn components(
    graph: &Graph,
    n_workers: usize,
) -> Result<DenseMap<Node, Min<Node>>, Box<dyn Error>> {
    let labels = WordMapLVar::<Node, Min<Node>>::new();
    par::run_on(n_workers, async |p| {
        p.par_for(0..graph.n_nodes(), |node| labels.key(node).put(node)).await;
        labels.on_change_batch(&p.pool(), |_, changed| {
            let edges: Vec<&[Node]> = changed.iter().map(|(node, _)| graph.next(*node)).collect();
            changed.iter().zip(edges).try_for_each(|((_, label), edges)| {
                edges.iter().try_for_each(|next| labels.key(*next).put(*label))
            })
        });
    })?;
    Ok(labels.into_value()?)
}
