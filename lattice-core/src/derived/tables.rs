//! A lattice by its tables: an enum of unit variants.

use core::cmp::Ordering;

use super::{BottomBy, Derived, LatticeBy, PairBy, PointsBy, WithoutBottom};
use crate::{
    conflict::Conflict,
    finite,
    lattice::Finite,
    lattices::Flat,
    threshold::verdict::{Distinct, Indexed, Of, Verdict, finite_verdict},
};

/// By the tables of a [`Finite`] type.
#[derive(Clone, Copy, Debug)]
pub struct ByTables;

impl<F: Finite> LatticeBy<F> for ByTables {
    #[inline]
    fn join(state: &mut F, other: F) -> bool {
        finite::join(state, other)
    }

    #[inline]
    fn join_ref(state: &mut F, other: &F) -> bool {
        finite::join(state, *other)
    }

    #[inline]
    fn cmp(left: &F, right: &F) -> Option<Ordering> {
        finite::cmp(*left, *right)
    }

    #[inline]
    fn leq(left: &F, right: &F) -> bool {
        finite::leq(*left, *right)
    }

    fn conflict(state: &F) -> Option<Conflict> {
        finite::conflict(*state)
    }

    fn incompatible(left: &F, right: &F) -> Option<Conflict> {
        finite::incompatible(*left, *right)
    }
}

impl<F: Finite> BottomBy<F> for ByTables {
    #[inline]
    fn bottom() -> F {
        finite::bottom()
    }

    #[inline]
    fn is_bottom(state: &F) -> bool {
        Some(state.index()) == F::BOTTOM
    }
}

/// A threshold names a state: `status >= Status::Paid`.
impl<F: Finite + Send + Sync> PointsBy<F> for ByTables {
    type Point = F;

    fn is_at_least(state: &F, point: &F) -> bool {
        finite::leq(*point, *state)
    }
}

impl<F, A, B> PairBy<F, A, B> for ByTables
where
    F: Finite + Send + Sync + Indexed<Of<F, A>> + Indexed<Of<F, B>>,
{
    const VERDICT: Verdict = finite_verdict(
        F::NAMES,
        F::JOIN,
        F::CONFLICT,
        (<F as Indexed<Of<F, A>>>::INDEX, <F as Indexed<Of<F, B>>>::INDEX),
    );
}

/// By tables, with a bottom or without one.
pub trait Tabled {}

impl Tabled for ByTables {}
impl Tabled for WithoutBottom<ByTables> {}

impl<F, A, B> Distinct<A, B> for F
where
    F: Finite + Derived<By: Tabled> + Indexed<Of<Flat<F>, A>> + Indexed<Of<Flat<F>, B>>,
{
    const DISTINCT: bool = <F as Indexed<Of<Flat<F>, A>>>::INDEX != <F as Indexed<Of<Flat<F>, B>>>::INDEX;
}
