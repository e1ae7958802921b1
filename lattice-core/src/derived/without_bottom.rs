//! A lattice that starts nowhere: what `#[lattice(no_bottom)]` makes of the other ways.

use core::{cmp::Ordering, marker::PhantomData};

use super::{LatticeBy, PairBy, PointsBy};
use crate::{conflict::Conflict, threshold::verdict::Verdict};

/// As `B` says, but without a bottom: this is no [`BottomBy`](super::BottomBy), whatever `B` is.
#[derive(Clone, Copy, Debug)]
pub struct WithoutBottom<B>(PhantomData<B>);

impl<T, B: LatticeBy<T>> LatticeBy<T> for WithoutBottom<B> {
    #[inline]
    fn join(state: &mut T, other: T) -> bool {
        B::join(state, other)
    }

    #[inline]
    fn join_ref(state: &mut T, other: &T) -> bool
    where
        T: Clone,
    {
        B::join_ref(state, other)
    }

    #[inline]
    fn cmp(left: &T, right: &T) -> Option<Ordering> {
        B::cmp(left, right)
    }

    #[inline]
    fn leq(left: &T, right: &T) -> bool {
        B::leq(left, right)
    }

    #[inline]
    fn conflict(state: &T) -> Option<Conflict> {
        B::conflict(state)
    }

    #[inline]
    fn incompatible(left: &T, right: &T) -> Option<Conflict> {
        B::incompatible(left, right)
    }
}

impl<T, B: PointsBy<T>> PointsBy<T> for WithoutBottom<B> {
    type Point = B::Point;

    fn is_at_least(state: &T, point: &B::Point) -> bool {
        B::is_at_least(state, point)
    }
}

impl<T, P, Q, B: PairBy<T, P, Q>> PairBy<T, P, Q> for WithoutBottom<B> {
    const VERDICT: Verdict = B::VERDICT;
}
