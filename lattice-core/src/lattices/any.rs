//! The flag that is raised once and stays up.

use core::cmp::Ordering;

use crate::strategies::{ByAny, Strategy, StrategyBottom, join_chain, wrapper};

/// Whether any write said true: `Any(a) ⊔ Any(b) = Any(a || b)`.
///
/// ```text
///   true
///    │
///   false    bottom
/// ```
///
/// No state is in conflict: `true` is the greatest state, and no error. A threshold `field >= true` is reached once the flag is up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct Any(pub bool);

impl Strategy<bool> for ByAny {
    type Lattice = Any;
    const NAME: &'static str = "Any";

    #[inline]
    fn join(value: &mut bool, other: bool) -> bool {
        join_chain::<Self, bool>(value, other)
    }

    #[inline]
    fn cmp(left: &bool, right: &bool) -> Option<Ordering> {
        Some(left.cmp(right))
    }
}

impl StrategyBottom<bool> for ByAny {
    fn bottom() -> bool {
        false
    }
}

wrapper!([] Any, "Any", bool, ByAny, join = "true if either is");

crate::laws!(Any, [false, true].map(Any));
