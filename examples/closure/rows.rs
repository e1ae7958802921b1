//! Transitive closure as a set for each node, where nodes are small numbers: a set is bits, and 64 pairs are derived at once.

use std::{error::Error, sync::Arc};

use lvars::{DenseMap, DenseSet, prelude::*};

use super::graph::{Graph, Node};

/// For each node, those to which it leads. Shared, so that to hand one on is to count a reference.
pub(super) type Rows = DenseMap<Node, Arc<DenseSet<Node>>>;

/// Which nodes lead to which, by one edge or more.
///
/// # Errors
///
/// If the run fails, which it does on no schedule: no two facts are in conflict.
pub(super) fn closure(graph: &Graph) -> Result<Rows, Box<dyn Error>> {
    let rows = par::run_then_freeze(LVar::<Rows>::new(), async |p, rows| {
        rows.on_change(&p.pool(), |_, node, row| {
            graph.before(node).iter().try_for_each(|from| rows.key(*from).put(Arc::clone(&row)))
        });
        graph.edges().try_for_each(|(from, to)| rows.key(from).put(Arc::new(DenseSet::from([to]))))
    })?;
    Ok(rows)
}
