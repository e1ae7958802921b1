//! The laws as checks: what [`Lattice`], [`Bottom`](crate::Bottom), [`Delta`](crate::Delta) and
//! [`Codec`](crate::codec::Codec) promise, tried on samples.
//!
//! A lattice that breaks a law does not crash: it gives answers that depend on the schedule. So each lattice has one line of test:
//!
//! ```
//! # use lvars::Max;
//! lvars::laws!(max: Max<u8>, [Max(0), Max(1), Max(7)]);
//! ```
//!
//! | samples | line | how good it is |
//! | --- | --- | --- |
//! | all states of a [`Finite`] lattice | `laws!(Status)` | a proof |
//! | those that you list | `laws!(Order, [Order::new(), ..])` | as good as the list: let there be conflicts in it |
//! | random ones, from a strategy of `proptest` | `laws!(Order, orders())`, with the feature `proptest` | a search |
//!
//! What does not hold is told by a [`Violation`], which holds the smallest samples found: the first ones in the order in which they
//! were given (so give the small ones first), and of random ones those at which proptest ends its shrinking.
//!
//! ```
//! use std::{cmp::Ordering, collections::BTreeMap};
//! use lvars::{Lattice, laws};
//!
//! /// What was written last, so they say; but of two prices written at the same time each side keeps its own.
//! #[derive(Clone, Debug, PartialEq)]
//! struct Price { at: u64, pence: u32 }
//!
//! impl Lattice for Price {
//!     fn join(&mut self, other: Self) -> bool {
//!         let is_later = self.at < other.at;
//!         if is_later {
//!             *self = other;
//!         }
//!         is_later
//!     }
//!
//!     fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
//!         Some(self.at.cmp(&other.at))
//!     }
//! }
//!
//! let samples = [5, 7].map(|pence| BTreeMap::from([("book", Price { at: 1, pence })]));
//! let violation = laws::lattice(&samples).unwrap_err();
//! assert_eq!((violation.law, &*violation.path), ("commutative", "[\"book\"].pence"));
//! assert_eq!(
//!     violation.to_string(),
//!     "\
//! not commutative at [\"book\"].pence: a ⊔ b = b ⊔ a
//!   a     = {\"book\": Price { at: 1, pence: 5 }}
//!   b     = {\"book\": Price { at: 1, pence: 7 }}
//!   left  = {\"book\": Price { at: 1, pence: 5 }}
//!   right = {\"book\": Price { at: 1, pence: 7 }}"
//! );
//! ```

mod delta;
mod given;
mod lattice;
mod macros;
mod meet;
mod path;
#[cfg(feature = "proptest")]
mod random;

use alloc::{boxed::Box, format, string::String, vec::Vec};
use core::fmt;

use crate::{
    finite,
    lattice::{Finite, Lattice},
};

pub use delta::{absorb, bottom, codec, delta, diff, parts};
#[doc(hidden)]
pub use given::{Check, Given, States, Unknown, Unlisted};
pub use lattice::{
    associative, by_reference, commutative, conflict, grew, idempotent, incompatible, lattice, order,
};
#[doc(hidden)]
pub use macros::{Otherwise, Probe};
pub use meet::{chain, meet, top};
#[cfg(feature = "proptest")]
pub use random::random;

/// What a state must be capable of to be a sample: to be copied, compared and shown.
#[diagnostic::on_unimplemented(
    message = "the laws of `{Self}` cannot be checked",
    note = "a sample is a `Lattice` that is also `Clone`, `PartialEq` and `Debug`"
)]
pub trait Sample: Lattice + Clone + PartialEq + fmt::Debug {}

impl<T: Lattice + Clone + PartialEq + fmt::Debug> Sample for T {}

/// A law that does not hold, and the smallest samples found that show it.
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
    /// Where the sides first differ, such as `lines["book"].price`, as far as their `Debug` shows it; empty if they differ as a
    /// whole. Where a law compares answers, this is what they are about: the part that grew, or that is in conflict.
    pub path: Box<str>,
    /// What makes proptest find it again: the value of `PROPTEST_RNG_SEED`. `None` if the samples were not random.
    pub seed: Option<u64>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = if self.path.is_empty() { "" } else { " at " };
        writeln!(f, "not {}{at}{}: {}", self.law, self.path, self.equation)?;
        let samples = [("a", Some(&self.a)), ("b", self.b.as_ref()), ("c", self.c.as_ref())];
        for (name, sample) in samples {
            if let Some(sample) = sample {
                writeln!(f, "  {name}     = {sample}")?;
            }
        }
        writeln!(f, "  left  = {}", self.left)?;
        write!(f, "  right = {}", self.right)?;
        self.seed.map_or(Ok(()), |seed| write!(f, "\n  found with PROPTEST_RNG_SEED={seed}"))
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

/// The two sides of a law for one choice of samples.
trait Sides {
    type Side: PartialEq + fmt::Debug;

    fn sides(&self) -> (&Self::Side, &Self::Side);

    /// The path to where they differ, if they do.
    fn path(&self) -> String;
}

/// Two states.
impl<V: PartialEq + fmt::Debug> Sides for (V, V) {
    type Side = V;

    fn sides(&self) -> (&V, &V) {
        (&self.0, &self.1)
    }

    fn path(&self) -> String {
        path::difference(&self.0, &self.1)
    }
}

/// Two answers about states, and the path to what they are about, which is asked for only if they differ.
struct Answers<V, P>(V, V, P);

impl<V: PartialEq + fmt::Debug, P: Fn() -> String> Sides for Answers<V, P> {
    type Side = V;

    fn sides(&self) -> (&V, &V) {
        (&self.0, &self.1)
    }

    fn path(&self) -> String {
        self.2()
    }
}

/// A law's name and equation.
#[derive(Clone, Copy)]
struct Law(&'static str, &'static str);

impl Law {
    /// Tries the two sides of the law on one choice of samples.
    fn hold<T: fmt::Debug>(self, samples: &[&T], both: &impl Sides) -> Result<(), Violation> {
        let (left, right) = both.sides();
        if left == right {
            return Ok(());
        }
        let show = |at: usize| samples.get(at).map(|sample| format!("{sample:?}").into());
        Err(Violation {
            law: self.0,
            equation: self.1,
            a: show(0).unwrap_or_default(),
            b: show(1),
            c: show(2),
            left: format!("{left:?}").into(),
            right: format!("{right:?}").into(),
            path: both.path().into(),
            seed: None,
        })
    }

    fn of_one<'s, T: fmt::Debug, S: Sides>(
        self,
        samples: &'s [T],
        sides: impl Fn(&'s T) -> S,
    ) -> Result<(), Violation> {
        samples.iter().try_for_each(|a| self.hold(&[a], &sides(a)))
    }

    fn of_two<'s, T: fmt::Debug, S: Sides>(
        self,
        samples: &'s [T],
        sides: impl Fn(&'s T, &'s T) -> S,
    ) -> Result<(), Violation> {
        samples.iter().try_for_each(|a| samples.iter().try_for_each(|b| self.hold(&[a, b], &sides(a, b))))
    }

    fn of_three<'s, T: fmt::Debug, S: Sides>(
        self,
        samples: &'s [T],
        sides: impl Fn(&'s T, &'s T, &'s T) -> S,
    ) -> Result<(), Violation> {
        samples.iter().try_for_each(|a| {
            samples
                .iter()
                .try_for_each(|b| samples.iter().try_for_each(|c| self.hold(&[a, b, c], &sides(a, b, c))))
        })
    }
}
