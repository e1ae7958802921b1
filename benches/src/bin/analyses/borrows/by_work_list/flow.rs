//! What `flow` of the example is, without an LVar.

use std::{collections::VecDeque, error::Error};

use lvars::kinds::Lockable;

use super::facts::Point;

pub(super) fn flow<L: Lockable>(
    edges: &[Vec<Point>],
    start: impl IntoIterator<Item = (Point, L)>,
    carry: impl Fn(&L, Point, Point) -> L,
) -> Result<Vec<L>, Box<dyn Error>> {
    let mut states = vec![L::bottom(); edges.len()];
    let mut work = VecDeque::new();
    for (point, state) in start {
        states[point as usize] = state;
        work.push_back(point);
    }
    let mut is_due = vec![true; edges.len()];
    while let Some(from) = work.pop_front() {
        is_due[from as usize] = false;
        for to in &edges[from as usize] {
            let carried = carry(&states[from as usize], from, *to);
            if states[*to as usize].join(carried) && !is_due[*to as usize] {
                is_due[*to as usize] = true;
                work.push_back(*to);
            }
        }
    }
    Ok(states)
}
