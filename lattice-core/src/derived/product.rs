//! A lattice by its fields: a struct, or a tuple, as the tuple of its factors.

use core::cmp::Ordering;

use super::{BottomBy, Derived, Factors, FactorsBottom, FactorsLattice, LatticeBy, parts_of};
use crate::conflict::Conflict;

/// A struct seen as the tuple of its fields, in the order of their declaration.
pub trait Product: Sized {
    /// How each field joins.
    type Factors: Factors;

    /// The fields by value.
    fn into_values(self) -> <Self::Factors as Factors>::Values;
    /// The struct with these fields.
    fn from_values(values: <Self::Factors as Factors>::Values) -> Self;
    /// The fields by reference.
    fn values(&self) -> <Self::Factors as Factors>::Refs<'_>;
    /// The fields by mutable reference.
    fn values_mut(&mut self) -> <Self::Factors as Factors>::Muts<'_>;
}

/// Field by field.
#[derive(Clone, Copy, Debug)]
pub struct ByFields;

impl<P: Derived + Product<Factors: FactorsLattice>> LatticeBy<P> for ByFields {
    #[inline]
    fn join(state: &mut P, other: P) -> bool {
        P::Factors::join(state.values_mut(), other.into_values())
    }

    #[inline]
    fn join_ref(state: &mut P, other: &P) -> bool {
        P::Factors::join_ref(state.values_mut(), other.values())
    }

    #[inline]
    fn cmp(left: &P, right: &P) -> Option<Ordering> {
        P::Factors::cmp(left.values(), right.values())
    }

    #[inline]
    fn leq(left: &P, right: &P) -> bool {
        P::Factors::leq(left.values(), right.values())
    }

    #[inline]
    fn conflict(state: &P) -> Option<Conflict> {
        P::Factors::conflict(state.values(), parts_of::<P>())
    }

    #[inline]
    fn incompatible(left: &P, right: &P) -> Option<Conflict> {
        P::Factors::incompatible(left.values(), right.values(), parts_of::<P>())
    }
}

impl<P: Derived + Product<Factors: FactorsBottom>> BottomBy<P> for ByFields {
    #[inline]
    fn bottom() -> P {
        P::from_values(P::Factors::bottom())
    }

    #[inline]
    fn is_bottom(state: &P) -> bool {
        P::Factors::is_bottom(state.values())
    }
}
