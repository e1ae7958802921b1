//! The join of a field by functions of the user's: what `#[lattice(with = module)]` means.
//!
//! The derive hands the functions over as an impl for the type with the field ([`ByHand`]), and names the strategy as
//! [`With<Order, 0>`](With): so the derives need not agree on the name of a type that one of them would have to write.

use alloc::{boxed::Box, vec::Vec};
use core::{cmp::Ordering, marker::PhantomData};

use super::{By, Strategy, StrategyBottom, StrategyDelta};
use crate::laws::{Check, assert_lawful};

/// As the functions say that `Owner` gives for its field number `FIELD`.
#[derive(Clone, Copy, Debug)]
pub struct With<Owner, const FIELD: usize>(PhantomData<fn() -> Owner>);

/// The functions `join` and `cmp` for the field at a position; of an enum, the fields of all variants are counted through.
pub trait ByHand<const FIELD: usize> {
    /// What the field holds.
    type Value: Clone;
    /// [`Strategy::join`].
    fn join(value: &mut Self::Value, other: Self::Value) -> bool;
    /// [`Strategy::cmp`].
    fn cmp(left: &Self::Value, right: &Self::Value) -> Option<Ordering>;
}

/// The function `bottom`.
pub trait ByHandBottom<const FIELD: usize>: ByHand<FIELD> {
    /// [`StrategyBottom::bottom`].
    fn bottom() -> Self::Value;
}

/// The functions `diff` and `parts`.
pub trait ByHandDelta<const FIELD: usize>: ByHandBottom<FIELD> {
    /// [`StrategyDelta::diff`].
    fn diff(value: &Self::Value, seen: &Self::Value) -> Option<Self::Value>;
    /// [`StrategyDelta::parts`].
    fn parts(value: &Self::Value) -> Box<dyn Iterator<Item = Self::Value> + '_>;
}

/// Tries laws of the functions on samples: the test that `with` comes with.
///
/// # Panics
///
/// If a law does not hold, or if there is nothing to try it on.
pub fn assert_by_hand<Owner: ByHand<FIELD>, const FIELD: usize>(
    samples: impl IntoIterator<Item = Owner::Value>,
    check: Check<By<With<Owner, FIELD>, Owner::Value>>,
) {
    let samples: Vec<_> = samples.into_iter().map(By::new).collect();
    assert!(samples.len() > 1, "`samples` gives fewer than two values, and no law says much of those");
    assert_lawful(check(&samples));
}

impl<Owner: ByHand<FIELD, Value = T>, T: Clone, const FIELD: usize> Strategy<T> for With<Owner, FIELD> {
    type Lattice = By<Self, T>;

    fn join(value: &mut T, other: T) -> bool {
        Owner::join(value, other)
    }

    fn cmp(left: &T, right: &T) -> Option<Ordering> {
        Owner::cmp(left, right)
    }
}

impl<Owner, T: Clone, const FIELD: usize> StrategyBottom<T> for With<Owner, FIELD>
where
    Owner: ByHandBottom<FIELD> + ByHand<FIELD, Value = T>,
{
    fn bottom() -> T {
        Owner::bottom()
    }
}

impl<Owner, T: Clone, const FIELD: usize> StrategyDelta<T> for With<Owner, FIELD>
where
    Owner: ByHandDelta<FIELD> + ByHand<FIELD, Value = T>,
{
    fn absorb(value: &mut T, delta: T) -> Option<T> {
        let news = Owner::diff(&delta, value);
        Owner::join(value, delta);
        news
    }

    fn diff(value: &T, seen: &T) -> Option<T> {
        Owner::diff(value, seen)
    }

    fn parts(value: &T) -> Box<dyn Iterator<Item = T> + '_> {
        Owner::parts(value)
    }
}
