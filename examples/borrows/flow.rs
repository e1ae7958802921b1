//! A flow of facts along the edges of a graph: an LVar for each point, and one handler that carries what has become known on.
//!
//! ```text
//!   state(point)  ⊒  start(point)
//!   state(to)     ⊒  carry(state(from), from, to)      for every edge
//! ```
//!
//! The least states that do this exist, and are found in whatever order the handler meets the points, if `carry` is monotone: of a greater
//! state it carries as much or more.

use std::{error::Error, sync::Arc};

use lvars::{DenseMap, kinds::Lockable, prelude::*};

use super::facts::Point;

/// What is known at each point.
///
/// # Errors
///
/// If states that meet are in conflict.
pub(super) fn flow<L: Lockable>(
    edges: &[Vec<Point>],
    start: impl IntoIterator<Item = L, IntoIter: Send>,
    carry: impl Fn(&L, Point, Point) -> L + Sync,
) -> Result<Vec<L>, Box<dyn Error>> {
    let start = start.into_iter();
    let states = par::run_then_freeze(LVar::<DenseMap<Point, Arc<L>>>::new(), async |p, states| {
        states.on_change(&p.pool(), |_, from, state| {
            let mut targets = edges[from as usize].iter();
            targets.try_for_each(|to| states.key(*to).put(Arc::new(carry(&state, from, *to))))
        });
        (0..).zip(start).try_for_each(|(point, state)| states.key(point).put(Arc::new(state)))
    })?;
    let mut at_points = vec![L::bottom(); edges.len()];
    for (point, state) in states {
        at_points[point as usize] = Arc::unwrap_or_clone(state);
    }
    Ok(at_points)
}
