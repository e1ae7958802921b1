//! The minimum: a total order in which the least value wins.

use core::cmp::Ordering;

use crate::strategies::{ByMin, Strategy, StrategyBottom, join_chain, join_chain_ref, wrapper};

/// The least of the values written: `Min(a) ⊔ Min(b) = Min(min(a, b))`. The lattice order is std's upside down.
///
/// ```text
///   0
///   │
///   1
///   │
///   2
///   │
///   …      bottom of Min<u64>: u64::MAX
/// ```
///
/// No state is in conflict. A threshold `field >= n` speaks of the lattice order too: it is reached once the value is at *most* `n`.
/// A join is one comparison.
///
/// ```
/// use lvars::{Bottom, Lattice, Min};
///
/// assert_eq!(Min(2).joined(Min(5)), Min(2));
/// assert_eq!(Min::<u8>::bottom(), Min(255));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct Min<T>(pub T);

#[diagnostic::do_not_recommend]
impl<T: Ord> Strategy<T> for ByMin {
    type Lattice = Min<T>;
    const NAME: &'static str = "Min";

    #[inline]
    fn join(value: &mut T, other: T) -> bool {
        join_chain::<Self, T>(value, other)
    }

    #[inline]
    fn join_ref(value: &mut T, other: &T) -> bool
    where
        T: Clone,
    {
        join_chain_ref::<Self, T>(value, other)
    }

    #[inline]
    fn cmp(left: &T, right: &T) -> Option<Ordering> {
        Some(right.cmp(left))
    }
}

impl<T: GreatestValue> StrategyBottom<T> for ByMin {
    fn bottom() -> T {
        T::greatest()
    }
}

wrapper!([T: Ord, GreatestValue] Min<T>, "Min", T, ByMin, join = "the smaller of the two");

/// A type with a greatest value: what `Min<T>` starts from.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no greatest value",
    note = "`Min<T>` starts from the greatest value of `T`; `Option<Min<T>>` starts from `None`"
)]
pub trait GreatestValue: Ord {
    /// The greatest value.
    fn greatest() -> Self;
}

macro_rules! greatest_values {
    ($($type:ty = $greatest:expr),+ $(,)?) => {$(
        impl GreatestValue for $type {
            fn greatest() -> Self {
                $greatest
            }
        }
    )+};
}

greatest_values! {
    u8 = Self::MAX, u16 = Self::MAX, u32 = Self::MAX, u64 = Self::MAX, u128 = Self::MAX, usize = Self::MAX,
    i8 = Self::MAX, i16 = Self::MAX, i32 = Self::MAX, i64 = Self::MAX, i128 = Self::MAX, isize = Self::MAX,
    bool = true, char = Self::MAX, core::time::Duration = Self::MAX,
}

macro_rules! greatest_tuples {
    ($(($($factor:ident),+))+) => {$(
        impl<$($factor: GreatestValue),+> GreatestValue for ($($factor,)+) {
            fn greatest() -> Self {
                ($($factor::greatest(),)+)
            }
        }
    )+};
}

greatest_tuples!((A)(A, B)(A, B, C));

impl<T: GreatestValue> GreatestValue for Option<T> {
    fn greatest() -> Self {
        Some(T::greatest())
    }
}

crate::laws!(Min<i8>, [127, 1, 0, -128].map(Min));
crate::laws!(tuple: Min<(u8, Option<bool>)>, [(255, Some(true)), (255, None), (1, None), (0, Some(false))].map(Min));
