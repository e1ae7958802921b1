//! What is needed later: flows backwards, and the origins of the references that they keep alive.

use std::error::Error;

use lvars::{Delta, DenseSet, Lattice};

use super::{
    facts::{AtPoints, Function, Point, lists},
    flow::flow,
};

pub(super) struct Liveness {
    /// Variables that are used later, before they are assigned anew.
    pub(super) live: AtPoints,
    /// Variables that are dropped later, as far as they hold something.
    pub(super) drop_live: AtPoints,
    /// Origins that something alive refers to.
    pub(super) origins: AtPoints,
}

/// Finds what is alive, given of which variables a part may hold a value when a point is left.
///
/// # Errors
///
/// If a run fails, which it does on no schedule: no two facts are in conflict.
pub(super) fn liveness(function: &Function, initialized: &AtPoints) -> Result<Liveness, Box<dyn Error>> {
    let n_points = function.points.len();
    let before = lists(n_points, function.cfg_edge.iter().map(|(from, to)| (*to, *from)));
    let defined = function.at_points(function.var_defined_at.iter().copied());
    let all: DenseSet<u32> = (0..function.variables.len() as u32).collect();
    let not_dropped: AtPoints = initialized
        .iter()
        .zip(&defined)
        .map(|(initialized, defined)| all.diff(initialized).unwrap_or_default().joined(defined.clone()))
        .collect();
    let enters = |point: usize, variable: u32| {
        before[point].iter().any(|from| initialized[*from as usize].contains(variable))
    };
    let used = function.at_points(function.var_used_at.iter().copied());
    let dropped = function.var_dropped_at.iter().filter(|(variable, at)| enters(*at as usize, *variable));
    let dropped = function.at_points(dropped.copied());
    let ends = (0..n_points as Point).zip(used.into_iter().zip(dropped)).rev();
    let flows = flow(&before, ends, |(used, dropped), _, to| {
        let (defined, not_dropped) = (&defined[to as usize], &not_dropped[to as usize]);
        (used.diff(defined).unwrap_or_default(), dropped.diff(not_dropped).unwrap_or_default())
    })?;
    let (live, drop_live): (AtPoints, AtPoints) = flows.into_iter().unzip();

    // No drop in these functions looks behind a reference; one that did would keep origins alive as a use does.
    let origins_of = lists(function.variables.len(), function.use_of_var_derefs_origin.iter().copied());
    let origins = |variables: &DenseSet<u32>| {
        let used = variables.iter().flat_map(|variable| &origins_of[variable as usize]);
        used.chain(&function.universal_region).copied().collect()
    };
    Ok(Liveness { origins: live.iter().map(origins).collect(), live, drop_live })
}
