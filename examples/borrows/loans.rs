//! Which loans something alive still refers to: a flow of two relations, which are one lattice because the second follows the first.

use std::{collections::BTreeSet, error::Error};

use lvars::{DenseSet, prelude::*};

use super::{
    facts::{AtPoints, Function, Loan, Origin, lists},
    flow::flow,
};

/// What is known of origins at a point.
#[derive(Lattice, Clone, Debug, PartialEq)]
struct Origins {
    /// What is in the first is in the second.
    subset: BTreeSet<(Origin, Origin)>,
    /// A reference of this origin may stem from this loan.
    contains: BTreeSet<(Origin, Loan)>,
}

impl Origins {
    /// With what follows from it at this point: what is in a part of a part is in the whole.
    fn closed(&self) -> Self {
        let wholes = |part| self.subset.range((part, 0)..=(part, Origin::MAX)).map(|(_, whole)| *whole);
        let mut closed = self.clone();
        let parts: BTreeSet<Origin> = self.subset.iter().map(|(part, _)| *part).collect();
        for part in parts {
            let mut above: Vec<Origin> = wholes(part).collect();
            let mut next = 0;
            while let Some(whole) = above.get(next) {
                let more: Vec<Origin> = wholes(*whole).filter(|more| !above.contains(more)).collect();
                above.extend(more);
                next += 1;
            }
            let loans = self.contains.range((part, 0)..=(part, Loan::MAX));
            closed.contains.extend(loans.flat_map(|(_, loan)| above.iter().map(|whole| (*whole, *loan))));
            closed.subset.extend(above.into_iter().map(|whole| (part, whole)));
        }
        closed
    }

    fn loans(&self, alive: &DenseSet<Origin>) -> DenseSet<Loan> {
        self.contains.iter().filter(|(origin, _)| alive.contains(*origin)).map(|(_, loan)| *loan).collect()
    }
}

/// The loans that are live, given the origins that are.
///
/// # Errors
///
/// If the run fails, which it does on no schedule: no two facts are in conflict.
pub(super) fn live_loans(function: &Function, alive: &AtPoints) -> Result<AtPoints, Box<dyn Error>> {
    let after = lists(function.points.len(), function.cfg_edge.iter().copied());
    let killed = function.at_points(function.loan_killed_at.iter().copied());
    let mut start = vec![Origins::bottom(); after.len()];
    for (part, whole, point) in &function.subset {
        start[*point as usize].subset.insert((*part, *whole));
    }
    for (origin, loan, point) in &function.loan_issued_at {
        start[*point as usize].contains.insert((*origin, *loan));
    }
    let origins = flow(&after, (0..).zip(start), |origins, from, to| {
        let (alive, killed) = (&alive[to as usize], &killed[from as usize]);
        let mut carried = origins.closed();
        carried.subset.retain(|(part, whole)| alive.contains(*part) && alive.contains(*whole));
        carried.contains.retain(|(origin, loan)| alive.contains(*origin) && !killed.contains(*loan));
        carried
    })?;
    Ok(origins.iter().zip(alive).map(|(origins, alive)| origins.closed().loans(alive)).collect())
}
