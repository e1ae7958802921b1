//! The flag in which enabling wins over a disabling that has not seen it.

use crate::causal::{DotSet, Dots, wraps};

/// An enable-wins flag: enabled while one of its enablings has not been taken back.
///
/// ```text
///   state: set of dots      (s, c) ⋈ (s′, c′) = (s ∩ s′) ∪ (s ∖ c′) ∪ (s′ ∖ c)      is enabled  iff  a dot is held
/// ```
///
/// Cost: one dot while it is enabled, more only while concurrent enablings have not seen each other; nothing while it is not.
///
/// Whether it is enabled is not monotone, so there is no threshold on it: wait for the document's `version`.
///
/// Traps: enabling what is enabled is a write, and outlasts a concurrent disabling. It begins disabled, and a removal of its key in an
/// [`OrMap`](crate::OrMap) disables it.
///
/// The flag of Almeida, Shoker, Baquero, *Delta state replicated data types* (2018), figure 8; it is not in INRIA RR-7506.
///
/// ```
/// use lvars::{Causal, EnableWinsFlag, Lattice, WriterId};
///
/// let alice = WriterId(1);
/// let mut shown = Causal::<EnableWinsFlag>::new();
/// shown.join(shown.write(alice, |shown, dots| shown.enable(dots)));
/// assert!(shown.is_enabled());
/// shown.join(shown.write(alice, |shown, dots| shown.disable(dots)));
/// assert!(!shown.is_enabled());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EnableWinsFlag(DotSet);

wraps!([] EnableWinsFlag, "EnableWinsFlag", DotSet);

impl EnableWinsFlag {
    /// Enables it.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn enable(&self, dots: &mut Dots) -> Self {
        dots.name_all(&self.0);
        Self(DotSet::one(dots.fresh(), ()))
    }

    /// Disables it: takes back the enablings that are seen here.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn disable(&self, dots: &mut Dots) -> Self {
        dots.name_all(&self.0);
        Self::default()
    }

    /// Whether it is enabled.
    pub fn is_enabled(&self) -> bool {
        !self.0.is_empty()
    }
}
