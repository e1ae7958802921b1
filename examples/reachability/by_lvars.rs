//! Reachability as a fixpoint: one set LVar of facts, one handler that derives a fact from a fact.
//!
//! ```text
//!   (source, source)                               for every source
//!   (source, node), node depends on target    ⟹    (source, target)
//! ```
//!
//! The set only grows and a put of a known fact does nothing, so the order in which the handler meets the facts, on however many
//! threads, cannot change the least set that is closed under the rule; and the run ends exactly when it is reached.

use std::collections::HashSet;

use lvars::{
    par::{self, ForEach, RunError},
    prelude::*,
};

use super::graph::{Graph, Node};

/// The facts: a source, and a package that it reaches.
pub(super) type Reached = HashSet<(Node, Node)>;

/// All that `sources` reach, themselves included.
///
/// # Errors
///
/// If the run fails, which it does on no schedule: no two facts are in conflict.
pub(super) fn reached(graph: &Graph, sources: &[Node]) -> Result<Reached, RunError> {
    par::run_then_freeze(LVar::<Reached>::new(), async |p, reached| {
        reached.for_each(&p.pool(), |_, &(source, node)| {
            graph.depends_on(node).iter().try_for_each(|target| reached.insert((source, *target)))
        });
        sources.iter().try_for_each(|source| reached.insert((*source, *source)))
    })
}

/// How many packages each of `sources` reaches.
pub(super) fn sizes(reached: &Reached, sources: &[Node], graph: &Graph) -> Vec<u32> {
    let mut sizes = vec![0_u32; graph.names.len()];
    for (source, _) in reached {
        sizes[*source as usize] += 1;
    }
    sources.iter().map(|source| sizes[*source as usize]).collect()
}

/// What `source` reaches.
pub(super) fn from(reached: &Reached, source: Node) -> impl Iterator<Item = Node> {
    reached.iter().filter(move |(from, _)| *from == source).map(|(_, node)| *node)
}
