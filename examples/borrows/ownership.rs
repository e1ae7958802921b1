//! What may hold a value, and what may not: flows forwards. What is used although it may not is a mistake.

use std::error::Error;

use lvars::{Delta, DenseSet};

use super::{
    facts::{AtPoints, Function, MovePath, Point, lists},
    flow::flow,
};

pub(super) struct Ownership {
    /// Paths that may hold a value when a point is left.
    pub(super) maybe_initialized: AtPoints,
    /// Variables of which a part may.
    pub(super) maybe_partly_initialized: AtPoints,
    /// Paths that are used although they may have been moved away.
    pub(super) move_errors: AtPoints,
}

/// Follows values.
///
/// # Errors
///
/// If a run fails, which it does on no schedule: no two facts are in conflict.
pub(super) fn ownership(function: &Function) -> Result<Ownership, Box<dyn Error>> {
    let after = lists(function.points.len(), function.cfg_edge.iter().copied());
    let families = Families::of(function);
    let assigned = function.at_points(families.with_children(&function.path_assigned_at));
    let moved = function.at_points(families.with_children(&function.path_moved_at));
    let accessed = function.at_points(families.with_children(&function.path_accessed_at));

    // What begins goes on until it ends. The two flows have the same edges, so they are one, of pairs.
    let begins = assigned.iter().cloned().zip(moved.iter().cloned());
    let flows = flow(&after, (0..).zip(begins), |(maybe, maybe_not), _, to| {
        let (assigned, moved) = (&assigned[to as usize], &moved[to as usize]);
        (maybe.diff(moved).unwrap_or_default(), maybe_not.diff(assigned).unwrap_or_default())
    })?;
    let (maybe_initialized, maybe_not): (AtPoints, AtPoints) = flows.into_iter().unzip();

    let variables = maybe_initialized.iter().map(|paths| families.variables_of(paths)).collect();
    let mut move_errors = vec![DenseSet::new(); after.len()];
    for (from, to) in &function.cfg_edge {
        let accessed = &accessed[*to as usize];
        let fine = accessed.diff(&maybe_not[*from as usize]).unwrap_or_default();
        move_errors[*to as usize].extend(accessed.diff(&fine).iter().flat_map(DenseSet::iter));
    }
    Ok(Ownership { maybe_initialized, maybe_partly_initialized: variables, move_errors })
}

/// Which path is a part of which, and of which variable.
struct Families {
    /// Each path, then those that are parts of it.
    members: Vec<Vec<MovePath>>,
    /// The variable of which a path is a part, or which it is.
    variable: Vec<Option<u32>>,
}

impl Families {
    fn of(function: &Function) -> Self {
        let n_paths = function.paths.len();
        let children = lists(n_paths, function.child_path.iter().map(|(child, parent)| (*parent, *child)));
        let mut members: Vec<Vec<MovePath>> = (0..n_paths as MovePath).map(|path| vec![path]).collect();
        for family in &mut members {
            let mut next = 0;
            while let Some(path) = family.get(next) {
                family.extend(&children[*path as usize]);
                next += 1;
            }
        }
        let mut variable = vec![None; n_paths];
        for (path, of) in &function.path_is_var {
            members[*path as usize].iter().for_each(|member| variable[*member as usize] = Some(*of));
        }
        Self { members, variable }
    }

    /// What happens to a path happens to its parts.
    fn with_children(&self, facts: &[(MovePath, Point)]) -> impl Iterator<Item = (MovePath, Point)> {
        let members = |path: MovePath| self.members[path as usize].iter();
        facts.iter().flat_map(move |(path, point)| members(*path).map(|member| (*member, *point)))
    }

    fn variables_of(&self, paths: &DenseSet<MovePath>) -> DenseSet<u32> {
        paths.iter().filter_map(|path| self.variable[path as usize]).collect()
    }
}
