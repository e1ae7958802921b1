//! Three questions about a graph as fixpoints of LVars: each is a rule, given as a handler, and where to begin.
//!
//! ```text
//!   reached     node ∈ seen, node → next        ⟹    next ∈ seen
//!   levels      level(node) ≤ n, node → next    ⟹    level(next) ≤ n + 1
//!   components  label(node) ≤ n, node → next    ⟹    label(next) ≤ n
//! ```
//!
//! What the LVars hold only grows, so the order in which handlers meet it, on however many threads, cannot change where it ends.

use std::error::Error;

use lvars::{DenseMap, DenseSet, prelude::*};

use super::graph::{Graph, Node};

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
        let rule = |_: &_, node: &Node| graph.next(*node).iter().try_for_each(|next| seen.insert(*next));
        seen.for_each(&p.pool(), rule);
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
    let levels = LVar::<DenseMap<Node, Min<u32>>>::new();
    par::run_on(n_workers, async |p| {
        levels.on_change(&p.pool(), |_, node, Min(level)| {
            graph.next(node).iter().try_for_each(|next| levels.key(*next).put(level + 1))
        });
        levels.key(start).put(0)
    })??;
    Ok(levels.into_value()?)
}

/// The least node of the component of each node, in a graph whose edges lead both ways.
pub(crate) fn components(
    graph: &Graph,
    n_workers: usize,
) -> Result<DenseMap<Node, Min<Node>>, Box<dyn Error>> {
    let labels = LVar::<DenseMap<Node, Min<Node>>>::new();
    par::run_on(n_workers, async |p| {
        labels.on_change(&p.pool(), |_, node, Min(label)| {
            graph.next(node).iter().try_for_each(|next| labels.key(*next).put(label))
        });
        (0..graph.n_nodes()).try_for_each(|node| labels.key(node).put(node))
    })??;
    Ok(labels.into_value()?)
}
