//! Transitive closure as one set of pairs, by hash: nothing is known of the nodes but that they can be compared.

use std::{collections::BTreeSet, error::Error};

use lvars::{par::ForEachBatch, prelude::*};

use super::graph::{Graph, Node};

/// Which nodes lead to which, by one edge or more.
///
/// # Errors
///
/// If the run fails, which it does on no schedule: no two facts are in conflict.
pub(super) fn closure(graph: &Graph) -> Result<BTreeSet<(Node, Node)>, Box<dyn Error>> {
    let leads_to = LVar::<BTreeSet<(Node, Node)>>::new();
    let closure = par::run_then_freeze(leads_to, async |p, leads_to| {
        leads_to.for_each_batch(&p.pool(), |_, pairs| {
            leads_to.insert_all(
                pairs.iter().flat_map(|&&(from, over)| graph.after(over).iter().map(move |to| (from, *to))),
            )
        });
        leads_to.insert_all(graph.edges())
    })?;
    Ok(closure)
}
