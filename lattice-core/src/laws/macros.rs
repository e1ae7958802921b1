//! `laws!`: the checks as tests, one for each law.

use crate::{
    codec::Codec,
    delta::Delta,
    lattice::{Bottom, Chain, Meet, Top},
    laws::{Sample, Violation, bottom, chain, codec, delta, meet, top},
};

/// Expands to one test for each law of a lattice.
///
/// ```
/// use lattice_core::{Any, Flat, Max, laws};
///
/// laws!(Max<u8>, [Max(0), Max(1), Max(7)]);
/// // In a module of the given name, for a second use in one module:
/// laws!(option: Option<Any>, [None, Some(Any(false)), Some(Any(true))]);
/// ```
///
/// Give small samples first, and conflicts among them. For a [`Finite`](crate::Finite) type, `laws!(Status)` takes all its states.
///
/// The laws of `Bottom`, `Top`, `Meet`, `Chain`, `Delta` and `Codec` are checked for the types that implement them. The tests stand in a module, `laws` if
/// none is named, which sees what the invocation sees.
#[macro_export]
macro_rules! laws {
    (@tests $type:ty, $samples:expr) => {
        use $crate::laws::Otherwise as _;

        fn samples() -> $crate::__private::Vec<$type> {
            ::core::iter::IntoIterator::into_iter($samples).collect()
        }

        $crate::laws!(@test associative commutative idempotent grew order by_reference conflict incompatible);

        #[test]
        fn bottom() {
            $crate::laws::assert_lawful($crate::laws::Probe(&samples()).with_otherwise().bottom());
        }

        #[test]
        fn top() {
            $crate::laws::assert_lawful($crate::laws::Probe(&samples()).with_otherwise().top());
        }

        #[test]
        fn meet() {
            $crate::laws::assert_lawful($crate::laws::Probe(&samples()).with_otherwise().meet());
        }

        #[test]
        fn chain() {
            $crate::laws::assert_lawful($crate::laws::Probe(&samples()).with_otherwise().chain());
        }

        #[test]
        fn delta() {
            $crate::laws::assert_lawful($crate::laws::Probe(&samples()).with_otherwise().delta());
        }

        #[test]
        fn codec() {
            $crate::laws::assert_lawful($crate::laws::Probe(&samples()).with_otherwise().codec());
        }
    };
    (@test $($law:ident)+) => {$(
        #[test]
        fn $law() {
            $crate::laws::assert_lawful($crate::laws::$law(&samples()));
        }
    )+};
    ($name:ident: $type:ty, $samples:expr $(,)?) => {
        #[cfg(test)]
        mod $name {
            use super::*;

            $crate::laws!(@tests $type, $samples);
        }
    };
    ($name:ident: $type:ty $(,)?) => {
        $crate::laws!($name: $type, $crate::laws::exhaustive::<$type>());
    };
    ($type:ty, $samples:expr $(,)?) => {
        $crate::laws!(laws: $type, $samples);
    };
    ($type:ty $(,)?) => {
        $crate::laws!(laws: $type);
    };
}

/// Samples of a type of which it is not known whether it has a bottom, a meet, deltas or a canonical form. An inherent method wins over
/// one of [`Otherwise`], if its bounds hold: so each method checks, or has nothing to check.
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
pub trait Otherwise {
    /// The same samples; a use of this trait even where inherent methods win all others.
    fn with_otherwise(&self) -> &Self {
        self
    }

    /// No bottom, no laws.
    ///
    /// # Errors
    ///
    /// Never.
    fn bottom(&self) -> Result<(), Violation> {
        Ok(())
    }

    /// No top, no laws.
    ///
    /// # Errors
    ///
    /// Never.
    fn top(&self) -> Result<(), Violation> {
        Ok(())
    }

    /// No meet, no laws.
    ///
    /// # Errors
    ///
    /// Never.
    fn meet(&self) -> Result<(), Violation> {
        Ok(())
    }

    /// No chain, no laws.
    ///
    /// # Errors
    ///
    /// Never.
    fn chain(&self) -> Result<(), Violation> {
        Ok(())
    }

    /// No deltas, no laws.
    ///
    /// # Errors
    ///
    /// Never.
    fn delta(&self) -> Result<(), Violation> {
        Ok(())
    }

    /// No canonical form, no laws.
    ///
    /// # Errors
    ///
    /// Never.
    fn codec(&self) -> Result<(), Violation> {
        Ok(())
    }
}

impl<T> Otherwise for Probe<'_, T> {}
