//! A plain set that only shrinks: `#[lattice(intersect)]`. As an `Option` it has a bottom, `None`: nobody has said anything yet.

use core::cmp::Ordering;

use super::{ByIntersect, Strategy, StrategyBottom, Union, Wraps};
use crate::{
    lattice::{Lattice, Meet},
    lattices::Common,
    threshold::{AtLeast, Points},
};

impl<S> Wraps<S> for Common<S> {
    fn wrap(value: S) -> Self {
        Self(value)
    }

    fn unwrap(self) -> S {
        self.0
    }
}

impl<S> Wraps<Option<S>> for Option<Common<S>> {
    fn wrap(value: Option<S>) -> Self {
        value.map(Common)
    }

    fn unwrap(self) -> Option<S> {
        self.map(|common| common.0)
    }
}

#[diagnostic::do_not_recommend]
impl<S: Union + Meet + Clone> Strategy<S> for ByIntersect
where
    Common<S>: Lattice,
{
    type Lattice = Common<S>;
    const NAME: &'static str = "Common";

    fn join(value: &mut S, other: S) -> bool {
        value.meet(other)
    }

    fn join_ref(value: &mut S, other: &S) -> bool {
        value.meet_ref(other)
    }

    fn cmp(left: &S, right: &S) -> Option<Ordering> {
        right.lattice_cmp(left)
    }

    fn leq(left: &S, right: &S) -> bool {
        right.leq(left)
    }
}

#[diagnostic::do_not_recommend]
impl<S: Union + Meet + Clone> Strategy<Option<S>> for ByIntersect
where
    Common<S>: Lattice + Clone,
{
    type Lattice = Option<Common<S>>;
    const NAME: &'static str = "Common";

    fn join(value: &mut Option<S>, other: Option<S>) -> bool {
        match (value, other) {
            (_, None) => false,
            (Some(value), Some(other)) => value.meet(other),
            (value, other) => {
                *value = other;
                true
            }
        }
    }

    fn cmp(left: &Option<S>, right: &Option<S>) -> Option<Ordering> {
        match (left, right) {
            (Some(left), Some(right)) => right.lattice_cmp(left),
            _ => Some(left.is_some().cmp(&right.is_some())),
        }
    }
}

impl<S: Union + Meet + Clone> StrategyBottom<Option<S>> for ByIntersect
where
    Common<S>: Lattice + Clone,
{
    fn bottom() -> Option<S> {
        None
    }

    fn is_bottom(value: &Option<S>) -> bool {
        value.is_none()
    }
}

impl<S, W: ?Sized> AtLeast<Option<Common<S>>, W> for Option<S>
where
    S: AtLeast<Common<S>, W>,
    Common<S>: Points + Clone,
{
    fn at_least(&self, point: &<Common<S> as Points>::Point, watch: &mut W) -> bool {
        self.as_ref().is_some_and(|set| set.at_least(point, watch))
    }
}
