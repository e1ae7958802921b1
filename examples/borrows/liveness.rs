//! What is needed later: two flows backwards, and the origins of the references that they keep alive.

use std::error::Error;

use lvars::{Delta, DenseSet, Lattice};

use super::{
    facts::{AtPoints, Function, lists},
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
    let used = function.at_points(function.var_used_at.iter().copied());
    let live =
        flow(&before, used, |variables, _, to| variables.diff(&defined[to as usize]).unwrap_or_default())?;

    let all: DenseSet<u32> = (0..function.variables.len() as u32).collect();
    let not_dropped: AtPoints = initialized
        .iter()
        .zip(&defined)
        .map(|(initialized, defined)| all.diff(initialized).unwrap_or_default().joined(defined.clone()))
        .collect();
    let enters = |point: usize, variable: u32| {
        before[point].iter().any(|from| initialized[*from as usize].contains(variable))
    };
    let dropped = function.var_dropped_at.iter().filter(|(variable, at)| enters(*at as usize, *variable));
    let dropped = function.at_points(dropped.copied());
    let drop_live = flow(&before, dropped, |variables, _, to| {
        variables.diff(&not_dropped[to as usize]).unwrap_or_default()
    })?;

    // No drop in these functions looks behind a reference; one that did would keep origins alive as a use does.
    let origins_of = lists(function.variables.len(), function.use_of_var_derefs_origin.iter().copied());
    let origins = |variables: &DenseSet<u32>| {
        let used = variables.iter().flat_map(|variable| &origins_of[variable as usize]);
        used.chain(&function.universal_region).copied().collect()
    };
    Ok(Liveness { origins: live.iter().map(origins).collect(), live, drop_live })
}
