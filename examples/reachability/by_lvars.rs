//! Reachability as a fixpoint: a set LVar for each source, with a handler that derives a fact from a fact.
//!
//! ```text
//!   source ∈ reached(source)                                      for every source
//!   node ∈ reached(source), node depends on target   ⟹    target ∈ reached(source)
//! ```
//!
//! A set only grows and putting in what it holds does nothing, so the order in which handlers meet the facts, on however many
//! threads, cannot change the least sets that are closed under the rule; and the run ends exactly when they are reached.
//!
//! One set of pairs (source, node) says the same in one line less. It takes about twice as long here: its table outgrows the caches.

use std::{collections::BTreeSet, error::Error};

use lvars::prelude::*;

use super::graph::{Graph, Node};

/// What a source reaches.
pub(super) type Reached = BTreeSet<Node>;

/// What each of `sources` reaches, itself included.
///
/// # Errors
///
/// If the run fails, which it does on no schedule: no two facts are in conflict.
pub(super) fn reached(graph: &Graph, sources: &[Node]) -> Result<Vec<Reached>, Box<dyn Error>> {
    let sets: Vec<LVar<Reached>> = sources.iter().map(|_| LVar::<Reached>::new()).collect();
    par::run(async |p| {
        let pool = p.pool();
        for (source, reached) in sources.iter().zip(&sets) {
            reached.for_each(&pool, |_, node| {
                graph.depends_on(*node).iter().try_for_each(|target| reached.insert(*target))
            });
            p.fork(|_| reached.insert(*source));
        }
    })?;
    Ok(sets.into_iter().map(LVar::<Reached>::into_value).collect::<Result<_, _>>()?)
}
