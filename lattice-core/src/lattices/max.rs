//! The maximum: a total order in which the greatest value wins.

use core::cmp::Ordering;

use crate::{
    lattice::Lattice,
    strategies::{self, ByMax, Strategy, StrategyBottom},
};

/// The greatest of the values written: `Max(a) ⊔ Max(b) = Max(max(a, b))`.
///
/// ```text
///   …
///   │
///   2
///   │
///   1
///   │
///   0      bottom of Max<u64>: the least value of the type
/// ```
///
/// No state is in conflict. A threshold `field >= n` is reached once the value is at least `n`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Max<T>(pub T);

impl<T> From<T> for Max<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: Ord> Strategy<T> for ByMax {
    type Lattice = Max<T>;

    fn wrap(value: T) -> Max<T> {
        Max(value)
    }

    fn unwrap(state: Max<T>) -> T {
        state.0
    }

    fn cmp(left: &T, right: &T) -> Ordering {
        left.cmp(right)
    }
}

/// A type with a least value: what `Max<T>` starts from.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no least value",
    note = "`Max<T>` starts from the least value of `T`; `Option<Max<T>>` starts from `None`"
)]
pub trait LeastValue: Ord {
    /// The least value.
    fn least() -> Self;
}

impl<T: LeastValue> StrategyBottom<T> for ByMax {
    fn bottom() -> T {
        T::least()
    }
}

impl<T: Ord> Lattice for Max<T> {
    fn join(&mut self, other: Self) -> bool {
        strategies::join::<ByMax, T>(&mut self.0, other.0)
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.0.cmp(&other.0))
    }
}
