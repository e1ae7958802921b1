//! A flow of facts along the edges of a graph: an LVar for each point, and one handler that carries what has become known on.
//!
//! ```text
//!   state(point)  ⊒  start(point)
//!   state(to)     ⊒  carry(state(from), from, to)      for every edge
//! ```
//!
//! The least states that do this exist, and are found in whatever order the handler meets the points, if `carry` is monotone: of a greater
//! state it carries as much or more. What the order decides is how often it carries. It is that of the growth; so every point grows once at
//! the start, from `None`, which is below the least state, and meets what comes from the points before it on its first turn. Without this
//! what begins at each point goes its own way through the graph: ten times as many turns in the example.

use std::{error::Error, sync::Arc};

use lvars::{DenseMap, kinds::Lockable, prelude::*};

use super::facts::Point;

/// What is known at each point, given what is at the start: best in the order of the flow.
///
/// # Errors
///
/// If states that meet are in conflict.
pub(super) fn flow<L: Lockable>(
    edges: &[Vec<Point>],
    start: impl IntoIterator<Item = (Point, L), IntoIter: Send>,
    carry: impl Fn(&L, Point, Point) -> L + Sync,
) -> Result<Vec<L>, Box<dyn Error>> {
    let mut start = start.into_iter();
    let states = LVar::<DenseMap<Point, Option<Arc<L>>>>::new();
    let states = par::run_then_freeze(states, async |p, states| {
        states.on_change(&p.pool(), |_, from, state| {
            let Some(state) = state else { return Ok(()) };
            let mut targets = edges[from as usize].iter();
            targets.try_for_each(|to| states.key(*to).put(Some(Arc::new(carry(&state, from, *to)))))
        });
        start.try_for_each(|(point, state)| states.key(point).put(Some(Arc::new(state))))
    })?;
    let mut at_points = vec![L::bottom(); edges.len()];
    for (point, state) in states {
        at_points[point as usize] = state.map_or_else(L::bottom, Arc::unwrap_or_clone);
    }
    Ok(at_points)
}
