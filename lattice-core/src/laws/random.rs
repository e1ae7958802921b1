//! Random samples: a law is tried on the states that a strategy draws, and what violates it is shrunk.

use alloc::{collections::BTreeMap, format, string::ToString, vec::Vec};
use core::cell::RefCell;

use proptest::{
    prelude::Rng,
    strategy::{Strategy, ValueTree},
    test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner},
};

use crate::{
    lattice::Lattice,
    laws::{Sample, Violation},
};

/// Tries a check, such as [`associative`](crate::laws::associative), on random states, and shrinks what violates it.
///
/// Each case is three states of the strategy and, behind them, the join of the first two: so there are always states above one
/// another, and conflicts if the strategy can meet in any. Then the check is tried on all of the 32 smallest states that were
/// drawn, or simplified from such.
///
/// `PROPTEST_CASES` and the other variables of proptest apply; `PROPTEST_RNG_SEED` repeats a run, and is told with the violation.
/// Nothing is written to disk. Needs the feature `proptest`. Costs the check of four samples, 256 times unless told otherwise,
/// and of 32 samples once.
///
/// ```
/// use lvars::{Max, laws};
/// use proptest::prelude::*;
///
/// laws::random(&any::<u32>().prop_map(Max), laws::lattice).unwrap();
/// ```
///
/// # Errors
///
/// The smaller violation of the two found.
///
/// # Panics
///
/// If a law cannot be tried, because the strategy rejects too much or a method of the lattice panics; the states are told then.
pub fn random<S: Strategy<Value: Sample>>(
    states: &S,
    check: impl Fn(&[S::Value]) -> Result<(), Violation>,
) -> Result<(), Violation> {
    let seed = seed();
    let searched = search(states, &check, seed);
    let violation = match (searched.err(), check(&small(states, seed)).err()) {
        (Some(shrunk), Some(small)) if size(&shrunk) < size(&small) => Some(shrunk),
        (shrunk, small) => small.or(shrunk),
    };
    violation.map_or(Ok(()), |violation| Err(Violation { seed: Some(seed), ..violation }))
}

/// How much there is to read.
fn size(violation: &Violation) -> usize {
    let samples = [Some(&violation.a), violation.b.as_ref(), violation.c.as_ref()];
    samples.into_iter().flatten().map(|sample| sample.chars().count()).sum()
}

/// The smallest states that the strategy draws or simplifies one to, smallest first.
///
/// A law is often broken by states that have something in common, such as a time. Random ones seldom have, and proptest shrinks one
/// after the other, which parts those that did. Small ones have it often.
fn small<S: Strategy<Value: Sample>>(states: &S, seed: u64) -> Vec<S::Value> {
    let mut runner = TestRunner::new(config(seed));
    let mut by_text = BTreeMap::new();
    for mut tree in (0..N_DRAWN).filter_map(|_| states.new_tree(&mut runner).ok()) {
        for _ in 0..N_SIMPLER {
            let text = format!("{:?}", tree.current());
            by_text.insert((text.chars().count(), text), tree.current());
            if !tree.simplify() {
                break;
            }
        }
    }
    by_text.into_values().take(N_SMALL).collect()
}

/// All pairs and triples of this many are tried, so it is no more than a few dozen.
const N_SMALL: usize = 32;
const N_DRAWN: usize = 128;
const N_SIMPLER: usize = 64;

/// One run of proptest: the violation at which shrinking ends.
fn search<S: Strategy<Value: Sample>>(
    states: &S,
    check: impl Fn(&[S::Value]) -> Result<(), Violation>,
    seed: u64,
) -> Result<(), Violation> {
    let found = RefCell::new(None);
    let outcome = TestRunner::new(config(seed)).run(&(states, states, states), |(a, b, c)| {
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
        Some(violation) => Err(violation),
        None => panic!("the laws of these states could not be tried: {reason}\n{states:#?}"),
    }
}

fn config(seed: u64) -> Config {
    Config { failure_persistence: None, rng_seed: RngSeed::Fixed(seed), ..Config::default() }
}

/// The seed that the user asks for, or one of proptest's, which keeps those that it draws to itself.
fn seed() -> u64 {
    let config = Config { failure_persistence: None, ..Config::default() };
    match config.rng_seed {
        RngSeed::Fixed(seed) => seed,
        RngSeed::Random => TestRunner::new(config).rng().next_u64(),
    }
}
