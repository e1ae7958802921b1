//! The maximum: a total order in which the greatest value wins.

use core::cmp::Ordering;

use crate::strategies::{ByMax, Strategy, StrategyBottom, join_chain, join_chain_ref, wrapper};

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
/// No state is in conflict. A threshold `field >= n` is reached once the value is at least `n`. A join is one comparison.
///
/// ```
/// use lvars::{Bottom, Lattice, Max};
///
/// assert_eq!(Max(2).joined(Max(5)), Max(5));
/// assert_eq!(Max::<i8>::bottom(), Max(-128));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct Max<T>(pub T);

#[diagnostic::do_not_recommend]
impl<T: Ord> Strategy<T> for ByMax {
    type Lattice = Max<T>;
    const NAME: &'static str = "Max";

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
        Some(left.cmp(right))
    }
}

impl<T: LeastValue> StrategyBottom<T> for ByMax {
    fn bottom() -> T {
        T::least()
    }
}

wrapper!([T: Ord, LeastValue] Max<T>, "Max", T, ByMax, join = "the greater of the two");

/// A type with a least value: what `Max<T>` starts from.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no least value",
    note = "`Max<T>` starts from the least value of `T`; `Option<Max<T>>` starts from `None`"
)]
pub trait LeastValue: Ord {
    /// The least value.
    fn least() -> Self;
}

macro_rules! least_values {
    ($($type:ty = $least:expr),+ $(,)?) => {$(
        impl LeastValue for $type {
            fn least() -> Self {
                $least
            }
        }
    )+};
}

least_values! {
    u8 = 0, u16 = 0, u32 = 0, u64 = 0, u128 = 0, usize = 0,
    i8 = Self::MIN, i16 = Self::MIN, i32 = Self::MIN, i64 = Self::MIN, i128 = Self::MIN, isize = Self::MIN,
    bool = false, char = '\0', core::time::Duration = Self::ZERO, alloc::string::String = Self::new(),
}

/// Tuples are compared position by position, so that a later one breaks a tie of those before it.
macro_rules! least_tuples {
    ($(($($factor:ident),+))+) => {$(
        impl<$($factor: LeastValue),+> LeastValue for ($($factor,)+) {
            fn least() -> Self {
                ($($factor::least(),)+)
            }
        }
    )+};
}

least_tuples!((A)(A, B)(A, B, C));

impl<T: Ord> LeastValue for Option<T> {
    fn least() -> Self {
        None
    }
}

crate::laws!(Max<u8>, [0, 1, 2, 255].map(Max));
crate::laws!(tuple: Max<(u8, Option<bool>)>, [(0, None), (0, Some(true)), (1, None), (1, Some(false))].map(Max));
