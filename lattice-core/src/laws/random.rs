//! Random samples: a law is tried on the states that a strategy draws, and what violates it is shrunk.

use alloc::string::ToString;
use core::cell::RefCell;

use proptest::{
    prelude::Rng,
    strategy::Strategy,
    test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner},
};

use crate::{
    lattice::Lattice,
    laws::{Sample, Violation},
};

/// Tries a check, such as [`associative`](crate::laws::associative), on random states, and shrinks what violates it.
///
/// Each case is three states of the strategy and, behind them, the join of the first two: so there are always states above one
/// another, and conflicts if the strategy can meet in any. `PROPTEST_CASES` and the other variables of proptest apply;
/// `PROPTEST_RNG_SEED` repeats a run, and is told with the violation. Nothing is written to disk.
///
/// Needs the feature `proptest`. Costs what the check costs for four samples, 256 times unless told otherwise.
///
/// ```
/// use lattice_core::{Max, laws};
/// use proptest::prelude::*;
///
/// laws::random(&any::<u32>().prop_map(Max), laws::lattice).unwrap();
/// ```
///
/// # Errors
///
/// The violation at which shrinking ends.
///
/// # Panics
///
/// If a law cannot be tried, because the strategy rejects too much or a method of the lattice panics; the states are told then.
pub fn random<S: Strategy<Value: Sample>>(
    states: &S,
    check: impl Fn(&[S::Value]) -> Result<(), Violation>,
) -> Result<(), Violation> {
    let config = seeded(Config { failure_persistence: None, ..Config::default() });
    let seed = if let RngSeed::Fixed(seed) = config.rng_seed { Some(seed) } else { None };
    let found = RefCell::new(None);
    let outcome = TestRunner::new(config).run(&(states, states, states), |(a, b, c)| {
        let join = a.clone().joined(b.clone());
        check(&[a, b, c, join]).map_err(|violation| {
            let failure = TestCaseError::fail(violation.to_string());
            *found.borrow_mut() = Some(violation);
            failure
        })
    });
    let (reason, states) = match outcome {
        Ok(()) => return Ok(()),
        Err(TestError::Abort(reason)) => panic!("the laws could not be tried: {reason}"),
        Err(TestError::Fail(reason, states)) => (reason, states),
    };
    // The last failure is the smallest one. If it was not a violation, something panicked in it.
    match found.into_inner().filter(|violation| violation.to_string() == reason.message()) {
        Some(violation) => Err(Violation { seed, ..violation }),
        None => panic!("the laws of these states could not be tried: {reason}\n{states:#?}"),
    }
}

/// With a seed that can be told. Proptest keeps one that it drew to itself, so one more is drawn here.
fn seeded(config: Config) -> Config {
    if let RngSeed::Fixed(_) = config.rng_seed {
        return config;
    }
    let seed = TestRunner::new(config.clone()).rng().next_u64();
    Config { rng_seed: RngSeed::Fixed(seed), ..config }
}
