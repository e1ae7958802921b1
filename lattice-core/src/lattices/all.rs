//! The flag that is lowered once and stays down.

use core::cmp::Ordering;

use crate::strategies::{ByAll, Strategy, StrategyBottom, join_chain, wrapper};

/// Whether all writes said true: `All(a) ⊔ All(b) = All(a && b)`.
///
/// ```text
///   false
///    │
///   true     bottom
/// ```
///
/// No state is in conflict. A threshold `field >= false` is reached once one write said false.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct All(pub bool);

impl Strategy<bool> for ByAll {
    type Lattice = All;
    const NAME: &'static str = "All";

    #[inline]
    fn join(value: &mut bool, other: bool) -> bool {
        join_chain::<Self, bool>(value, other)
    }

    #[inline]
    fn cmp(left: &bool, right: &bool) -> Option<Ordering> {
        Some(right.cmp(left))
    }
}

impl StrategyBottom<bool> for ByAll {
    fn bottom() -> bool {
        true
    }
}

wrapper!([] All, "All", bool, ByAll, join = "false if either is");

crate::laws!(All, [true, false].map(All));
