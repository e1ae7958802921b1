//! What stands behind the comma of `laws!(Type, …)`: samples or a strategy, told apart by their type.
//!
//! A method is looked for in a type first and then in what the type dereferences to, and one whose bounds do not hold is passed
//! over. So `check` is that of [`Given`] for what can be iterated, that of [`Unlisted`] for a strategy, and that of [`Unknown`] for
//! the rest: the bound on the method itself never holds, and the compiler says so in our words.

use alloc::vec::Vec;
use core::{marker::PhantomData, ops::Deref};

use crate::laws::Violation;

/// A check of laws.
pub type Check<T> = fn(&[T]) -> Result<(), Violation>;

/// States of `T`, by an expression of type `S`.
#[derive(Debug)]
pub struct Given<T, S>(Unlisted<T, S>);

/// What is no list of samples.
#[derive(Debug)]
pub struct Unlisted<T, S>(Unknown<T, S>);

/// What is no strategy either.
#[derive(Debug)]
pub struct Unknown<T, S> {
    states: S,
    of: PhantomData<fn() -> T>,
}

impl<T, S> Given<T, S> {
    /// What should give states of `T`.
    pub fn new(states: S) -> Self {
        Self(Unlisted(Unknown { states, of: PhantomData }))
    }
}

impl<T, S: IntoIterator<Item = T>> Given<T, S> {
    /// Tries the laws on the samples.
    ///
    /// # Errors
    ///
    /// What the check answers.
    pub fn check(self, check: Check<T>) -> Result<(), Violation> {
        let samples: Vec<T> = self.0.0.states.into_iter().collect();
        check(&samples)
    }
}

impl<T, S> Deref for Given<T, S> {
    type Target = Unlisted<T, S>;

    fn deref(&self) -> &Unlisted<T, S> {
        &self.0
    }
}

#[cfg(feature = "proptest")]
impl<T: crate::laws::Sample, S: proptest::strategy::Strategy<Value = T>> Unlisted<T, S> {
    /// Tries the laws on random states of the strategy.
    ///
    /// # Errors
    ///
    /// What the check answers.
    pub fn check(&self, check: Check<T>) -> Result<(), Violation> {
        crate::laws::random(&self.0.states, check)
    }
}

impl<T, S> Deref for Unlisted<T, S> {
    type Target = Unknown<T, S>;

    fn deref(&self) -> &Unknown<T, S> {
        &self.0
    }
}

/// What `laws!` takes behind the type. Nothing implements it: whatever gives states never gets to ask for it.
#[diagnostic::on_unimplemented(
    message = "`laws!` cannot get states of `{T}` from `{Self}`",
    label = "neither samples of `{T}` nor a strategy for `{T}`",
    note = "samples are whatever can be iterated and yields `{T}`, such as `[small, greater, conflict]`; a finite type needs none: `laws!(Type)`",
    note = "a strategy of `proptest` is taken with the feature `proptest`, as in `lvars = {{ version = \"..\", features = [\"proptest\"] }}` under `[dev-dependencies]`"
)]
pub trait States<T> {}

impl<T, S> Unknown<T, S> {
    /// Does not compile.
    ///
    /// # Errors
    ///
    /// Never.
    pub fn check(&self, _: Check<T>) -> Result<(), Violation>
    where
        S: States<T>,
    {
        let _ = &self.states;
        Ok(())
    }
}
