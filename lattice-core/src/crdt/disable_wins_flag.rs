//! The flag in which disabling wins over an enabling that has not seen it.

use crate::causal::{DotSet, Dots, wraps};

/// A disable-wins flag: enabled if it has been enabled, and no disabling is left that the enabling has not seen.
///
/// ```text
///   state: (enablings, disablings), two sets of dots      each joined as (s, c) ⋈ (s′, c′) = (s ∩ s′) ∪ (s ∖ c′) ∪ (s′ ∖ c)
///
///   is enabled  iff  enablings ≠ ∅ and disablings = ∅
/// ```
///
/// Each write replaces all dots that it has seen, in both sets.
///
/// Cost: one dot once it was written, more only while concurrent writes have not seen each other.
///
/// Whether it is enabled is not monotone, so there is no threshold on it: wait for the document's `version`.
///
/// Traps: it begins disabled, and is so again after a removal of its key in an [`OrMap`](crate::OrMap); the flag of the literature that is one set
/// of disablings begins enabled. A disabled flag holds a dot: where flags are many and mostly off, the enable-wins one costs nothing.
///
/// The dual of [`EnableWinsFlag`](crate::EnableWinsFlag); it is not in INRIA RR-7506.
///
/// ```
/// use lvars::{Causal, DisableWinsFlag, Lattice, WriterId};
///
/// let (alice, bob) = (WriterId(1), WriterId(2));
/// let mut open = Causal::<DisableWinsFlag>::new();
/// open.join(open.write(alice, |open, dots| open.enable(dots)));
///
/// let enabled = open.write(alice, |open, dots| open.enable(dots));
/// open.join(open.write(bob, |open, dots| open.disable(dots)));
/// open.join(enabled);
/// assert!(!open.is_enabled(), "alice has not seen that bob disabled it");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DisableWinsFlag((DotSet, DotSet));

wraps!([] DisableWinsFlag, "DisableWinsFlag", (DotSet, DotSet));

impl DisableWinsFlag {
    /// Enables it, unless a disabling that is not seen here is left.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn enable(&self, dots: &mut Dots) -> Self {
        dots.name_all(&self.0);
        Self((DotSet::one(dots.fresh(), ()), DotSet::new()))
    }

    /// Disables it.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn disable(&self, dots: &mut Dots) -> Self {
        dots.name_all(&self.0);
        Self((DotSet::new(), DotSet::one(dots.fresh(), ())))
    }

    /// Whether it is enabled.
    pub fn is_enabled(&self) -> bool {
        let (enablings, disablings) = &self.0;
        !enablings.is_empty() && disablings.is_empty()
    }
}
