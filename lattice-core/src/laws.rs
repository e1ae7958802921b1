//! The laws as checks: what [`Lattice`], [`Bottom`](crate::Bottom), [`Delta`](crate::Delta) and
//! [`Codec`](crate::codec::Codec) promise, tried on samples.
//!
//! A lattice that breaks a law does not crash: it gives answers that depend on the schedule. So each lattice has one line of test:
//!
//! ```
//! # use lattice_core::Max;
//! lattice_core::laws!(max: Max<u8>, [Max(0), Max(1), Max(7)]);
//! ```
//!
//! For a [`Finite`] lattice, `laws!(Status)` tries all states, all pairs and all triples: a proof. For others the checks are only
//! as good as the samples. To search with random ones, call the checks from a property test, such as
//! `laws::lattice(&[a, b, c])?` for three random states.
//!
//! Samples are tried in their order, so the [`Violation`] holds the first samples that violate the law: give the small ones first.

mod delta;
mod lattice;
mod macros;
mod meet;

use alloc::{boxed::Box, format, vec::Vec};
use core::fmt;

use crate::{
    finite,
    lattice::{Finite, Lattice},
};

pub use delta::{absorb, bottom, codec, delta, diff, parts};
pub use lattice::{
    associative, by_reference, commutative, conflict, grew, idempotent, incompatible, lattice, order,
};
#[doc(hidden)]
pub use macros::{Otherwise, Probe};
pub use meet::{chain, meet, top};

/// What a state must be capable of to be a sample: to be copied, compared and shown.
#[diagnostic::on_unimplemented(
    message = "the laws of `{Self}` cannot be checked",
    note = "a sample is a `Lattice` that is also `Clone`, `PartialEq` and `Debug`"
)]
pub trait Sample: Lattice + Clone + PartialEq + fmt::Debug {}

impl<T: Lattice + Clone + PartialEq + fmt::Debug> Sample for T {}

/// A law that does not hold, and the first samples that show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The name of the law: the name of its check in [`laws`](self).
    pub law: &'static str,
    /// The law as an equation.
    pub equation: &'static str,
    /// The first sample.
    pub a: Box<str>,
    /// The second sample, if the law speaks of two.
    pub b: Option<Box<str>>,
    /// The third sample, if the law speaks of three.
    pub c: Option<Box<str>>,
    /// The left side of the equation for these samples.
    pub left: Box<str>,
    /// The right side.
    pub right: Box<str>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "not {}: {}", self.law, self.equation)?;
        let samples = [("a", Some(&self.a)), ("b", self.b.as_ref()), ("c", self.c.as_ref())];
        for (name, sample) in samples {
            if let Some(sample) = sample {
                writeln!(f, "  {name}     = {sample}")?;
            }
        }
        writeln!(f, "  left  = {}", self.left)?;
        write!(f, "  right = {}", self.right)
    }
}

impl core::error::Error for Violation {}

/// All states of a finite lattice: samples that leave nothing out.
pub fn exhaustive<T: Finite>() -> Vec<T> {
    finite::states().collect()
}

/// Panics with the violation, if there is one.
///
/// # Panics
///
/// If a law does not hold.
#[track_caller]
pub fn assert_lawful(checked: Result<(), Violation>) {
    if let Err(violation) = checked {
        panic!("{violation}");
    }
}

/// A law's name and equation.
#[derive(Clone, Copy)]
struct Law(&'static str, &'static str);

impl Law {
    /// Tries the two sides of the law on one choice of samples.
    fn hold<T: fmt::Debug, V: PartialEq + fmt::Debug>(
        self,
        samples: &[&T],
        (left, right): (V, V),
    ) -> Result<(), Violation> {
        if left == right {
            return Ok(());
        }
        let show = |at: usize| samples.get(at).map(|sample| format!("{sample:?}").into());
        let (left, right) = (format!("{left:?}").into(), format!("{right:?}").into());
        let a = show(0).unwrap_or_default();
        Err(Violation { law: self.0, equation: self.1, a, b: show(1), c: show(2), left, right })
    }

    fn of_one<T: fmt::Debug, V: PartialEq + fmt::Debug>(
        self,
        samples: &[T],
        sides: impl Fn(&T) -> (V, V),
    ) -> Result<(), Violation> {
        samples.iter().try_for_each(|a| self.hold(&[a], sides(a)))
    }

    fn of_two<T: fmt::Debug, V: PartialEq + fmt::Debug>(
        self,
        samples: &[T],
        sides: impl Fn(&T, &T) -> (V, V),
    ) -> Result<(), Violation> {
        samples.iter().try_for_each(|a| samples.iter().try_for_each(|b| self.hold(&[a, b], sides(a, b))))
    }

    fn of_three<T: fmt::Debug, V: PartialEq + fmt::Debug>(
        self,
        samples: &[T],
        sides: impl Fn(&T, &T, &T) -> (V, V),
    ) -> Result<(), Violation> {
        samples.iter().try_for_each(|a| {
            samples
                .iter()
                .try_for_each(|b| samples.iter().try_for_each(|c| self.hold(&[a, b, c], sides(a, b, c))))
        })
    }
}
