//! `laws!`: the checks as tests, one for each law.

use core::ops::Deref;

use crate::{
    codec::Codec,
    delta::Delta,
    lattice::{Bottom, Chain, Meet, Top},
    laws::{Sample, Violation, bottom, chain, codec, delta, meet, top},
};

/// Expands to one test for each law of a lattice.
///
/// ```
/// use lvars::{Any, Flat, Max, laws};
///
/// laws!(Max<u8>, [Max(0), Max(1), Max(7)]);
/// // In a module of the given name, for a second use in one module:
/// laws!(option: Option<Any>, [None, Some(Any(false)), Some(Any(true))]);
/// ```
///
/// What stands behind the type is either samples, which is whatever can be iterated, small ones first and conflicts among them; or,
/// with the feature `proptest`, a strategy, whose random states are shrunk ([`laws::random`](mod@crate::laws)):
///
/// ```
/// use lvars::laws;
/// # #[cfg(test)]
/// use {lvars::Flat, proptest::prelude::*};
///
/// laws!(Flat<u8>, any::<u8>().prop_map(Flat::Value));
/// ```
///
/// For a [`Finite`](crate::Finite) type, `laws!(Status)` takes all its states.
///
/// The laws of `Bottom`, `Top`, `Meet`, `Chain`, `Delta` and `Codec` are checked for the types that implement them. The tests stand in a module, `laws` if
/// none is named, and the expression in one inside it; it sees what the invocation sees.
#[macro_export]
macro_rules! laws {
    (@tests $type:ty, $states:expr) => {
        // In a module of its own, where no test's name hides one that the expression uses, such as a function `order`.
        mod states {
            use super::super::*;

            pub(super) fn __check(
                check: fn(&[$type]) -> ::core::result::Result<(), $crate::laws::Violation>,
            ) {
                $crate::laws::assert_lawful($crate::laws::Given::<$type, _>::new($states).check(check));
            }
        }

        $crate::laws!(@test associative commutative idempotent grew order by_reference conflict incompatible);
        $crate::laws!(@probe bottom top meet chain delta codec);
    };
    (@test $($law:ident)+) => {$(
        #[test]
        fn $law() {
            states::__check($crate::laws::$law);
        }
    )+};
    // The laws of a trait that the type may not implement.
    (@probe $($laws:ident)+) => {$(
        #[test]
        fn $laws() {
            states::__check(|samples| $crate::laws::Probe(samples).$laws());
        }
    )+};
    ($name:ident: $type:ty, $states:expr $(,)?) => {
        #[cfg(test)]
        mod $name {
            $crate::laws!(@tests $type, $states);
        }
    };
    ($name:ident: $type:ty $(,)?) => {
        $crate::laws!($name: $type, $crate::laws::exhaustive::<$type>());
    };
    ($type:ty, $states:expr $(,)?) => {
        $crate::laws!(laws: $type, $states);
    };
    ($type:ty $(,)?) => {
        $crate::laws!(laws: $type);
    };
}

/// Samples of a type of which it is not known whether it has a bottom, a meet, deltas or a canonical form. A method of `Probe` whose bounds
/// do not hold is passed over for the one of [`Otherwise`]: so each method checks, or has nothing to check.
#[derive(Debug)]
pub struct Probe<'a, T>(pub &'a [T]);

impl<T: Sample + Bottom> Probe<'_, T> {
    /// The laws of the bottom.
    ///
    /// # Errors
    ///
    /// If one does not hold.
    pub fn bottom(&self) -> Result<(), Violation> {
        bottom(self.0)
    }
}

impl<T: Sample + Top> Probe<'_, T> {
    /// The laws of the top.
    ///
    /// # Errors
    ///
    /// If one does not hold.
    pub fn top(&self) -> Result<(), Violation> {
        top(self.0)
    }
}

impl<T: Sample + Meet> Probe<'_, T> {
    /// The laws of the meet.
    ///
    /// # Errors
    ///
    /// If one does not hold.
    pub fn meet(&self) -> Result<(), Violation> {
        meet(self.0)
    }
}

impl<T: Sample + Chain> Probe<'_, T> {
    /// The laws of a chain.
    ///
    /// # Errors
    ///
    /// If one does not hold.
    pub fn chain(&self) -> Result<(), Violation> {
        chain(self.0)
    }
}

impl<T: Sample + Delta> Probe<'_, T> {
    /// The laws of deltas.
    ///
    /// # Errors
    ///
    /// If one does not hold.
    pub fn delta(&self) -> Result<(), Violation> {
        delta(self.0)
    }
}

impl<T: Sample + Codec> Probe<'_, T> {
    /// The laws of the canonical form.
    ///
    /// # Errors
    ///
    /// If one does not hold.
    pub fn codec(&self) -> Result<(), Violation> {
        codec(self.0)
    }
}

/// Nothing to check.
#[derive(Debug)]
pub struct Otherwise;

impl<T> Deref for Probe<'_, T> {
    type Target = Otherwise;

    fn deref(&self) -> &Otherwise {
        &Otherwise
    }
}

impl Otherwise {
    /// No bottom, no laws.
    ///
    /// # Errors
    ///
    /// Never.
    pub fn bottom(&self) -> Result<(), Violation> {
        Ok(())
    }

    /// No top, no laws.
    ///
    /// # Errors
    ///
    /// Never.
    pub fn top(&self) -> Result<(), Violation> {
        Ok(())
    }

    /// No meet, no laws.
    ///
    /// # Errors
    ///
    /// Never.
    pub fn meet(&self) -> Result<(), Violation> {
        Ok(())
    }

    /// No chain, no laws.
    ///
    /// # Errors
    ///
    /// Never.
    pub fn chain(&self) -> Result<(), Violation> {
        Ok(())
    }

    /// No deltas, no laws.
    ///
    /// # Errors
    ///
    /// Never.
    pub fn delta(&self) -> Result<(), Violation> {
        Ok(())
    }

    /// No canonical form, no laws.
    ///
    /// # Errors
    ///
    /// Never.
    pub fn codec(&self) -> Result<(), Violation> {
        Ok(())
    }
}
