//! What has to be proved of a threshold set: each element of one outcome excludes each element of every other outcome.
//!
//! A single outcome needs no proof, and two elements of one outcome need not exclude each other: the answer is the same. Whether a
//! proof succeeds depends on the points, and those only the compiler can compare; `expand/threshold/proofs.rs` has it do so.

#[cfg(test)]
mod tests;

use super::{Bound, Condition, Outcome, PathId};

/// That two elements exclude each other, and the paths on which they might.
pub(crate) struct Proof<'a> {
    pub(crate) left: (&'a Outcome, &'a Condition),
    pub(crate) right: (&'a Outcome, &'a Condition),
    pub(crate) common: Vec<Common<'a>>,
}

/// A path that both elements name.
pub(crate) struct Common<'a> {
    pub(crate) path: PathId,
    pub(crate) left: Claim<'a>,
    pub(crate) right: Claim<'a>,
}

/// What an element says of a path.
#[derive(Clone, Copy)]
pub(crate) enum Claim<'a> {
    AtLeast(&'a Bound),
    Binds,
}

/// What becomes of two claims about one path.
pub(crate) enum Clash<'a> {
    /// They exclude each other iff the join of the two points is a conflict.
    OfPoints(&'a Bound, &'a Bound),
    /// A bound path is decided with any value, so also with the one that the other waits for; `None` if that is any value, too.
    Shared(Option<&'a Bound>),
}

impl<'a> Common<'a> {
    pub(crate) fn clash(&self) -> Clash<'a> {
        match (self.left, self.right) {
            (Claim::AtLeast(left), Claim::AtLeast(right)) => Clash::OfPoints(left, right),
            (Claim::AtLeast(point), Claim::Binds) | (Claim::Binds, Claim::AtLeast(point)) => {
                Clash::Shared(Some(point))
            }
            (Claim::Binds, Claim::Binds) => Clash::Shared(None),
        }
    }
}

/// Everything that has to be proved.
pub(crate) fn proofs(outcomes: &[Outcome]) -> Vec<Proof<'_>> {
    let mut proofs = Vec::new();
    for (at, right) in outcomes.iter().enumerate() {
        for left in &outcomes[..at] {
            for left_when in conditions(left) {
                for right_when in conditions(right) {
                    proofs.push(proof((left, left_when), (right, right_when)));
                }
            }
        }
    }
    proofs
}

fn conditions(outcome: &Outcome) -> impl Iterator<Item = &Condition> {
    outcome.elements.iter().filter_map(|element| element.condition.as_ref())
}

fn proof<'a>(left: (&'a Outcome, &'a Condition), right: (&'a Outcome, &'a Condition)) -> Proof<'a> {
    let mut common = Vec::new();
    for (path, left) in claims(left.1) {
        let of_right = claims(right.1).filter(|(other, _)| *other == path);
        common.extend(of_right.map(|(_, right)| Common { path, left, right }));
    }
    Proof { left, right, common }
}

fn claims(condition: &Condition) -> impl Iterator<Item = (PathId, Claim<'_>)> {
    let bounds = condition.bounds.iter().map(|bound| (bound.path, Claim::AtLeast(bound)));
    bounds.chain(condition.binds.iter().map(|bind| (bind.path, Claim::Binds)))
}
