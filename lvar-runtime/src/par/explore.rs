//! Does a program answer the same on every schedule? It is run on many, and two that disagree are shown.

use std::{
    any::Any,
    collections::BTreeSet,
    fmt::{self, Debug},
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};

use crate::{
    par::RunError,
    turns::table::{Schedule, play},
};

/// Up to how many switches it is tried whether they suffice.
const N_SWITCHES_TRIED: u64 = 64;

/// Runs `program` once for each seed, on a schedule that the seed determines, and answers what all of them answer.
///
/// A schedule has one to eight workers, whatever the program's runs ask for. One of them runs at a time, and at each operation of an LVar, and
/// whenever a worker takes or makes a job, another one may get its turn. So races show that are rare on a real machine, and a seed shows
/// them again.
///
/// Two answers agree if they are equal, two errors always, and two panics: *which* error a run fails with may depend on the schedule.
///
/// It needs the feature `explore`, which puts yield points into the LVars and is meant for `[dev-dependencies]`; without it they cost nothing.
///
/// ```
/// use std::collections::BTreeSet;
/// use lvars::{LVar, LVarType, par};
///
/// let answer = par::explore(0..100, || {
///     let squares = LVar::<BTreeSet<u32>>::new();
///     par::run(async |p| p.par_for(0..10, |n| squares.insert(n * n)).await)?;
///     Ok(squares.into_value())
/// });
/// assert_eq!(answer.unwrap().unwrap().len(), 10);
/// ```
///
/// # Errors
///
/// If all schedules end with an error: that of the first.
///
/// # Panics
///
/// If two schedules disagree. The message shows the smallest seed that disagrees with the first one, with as few switches as it takes, and both
/// results. And with the panic of the program if all schedules panic; or if there are no seeds.
///
/// ```should_panic
/// use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
/// use lvars::{LVar, LVarType, Max, Put, par};
///
/// // Not through an LVar, so not deterministic: each task reads a number, and writes one more later.
/// par::explore(0..100, || {
///     let (count, seen) = (AtomicU32::new(0), LVar::<Max<u32>>::new());
///     par::run(async |p| {
///         p.par_for(0..4_u32, |n| {
///             let before = count.load(Relaxed);
///             seen.put(n)?;
///             count.store(before + 1, Relaxed);
///             Ok(())
///         })
///         .await;
///     })?;
///     Ok(count.into_inner())
/// })
/// .unwrap();
/// ```
#[track_caller]
pub fn explore<R: PartialEq + Debug>(
    seeds: impl IntoIterator<Item = u64>,
    program: impl Fn() -> Result<R, RunError>,
) -> Result<R, RunError> {
    let mut seeds = seeds.into_iter();
    let first = seeds.next().expect("there is at least one seed");
    let reference = Tried::new(Schedule::of(first), &program);
    let mut tried = BTreeSet::from([first]);
    for seed in seeds {
        let other = Tried::new(Schedule::of(seed), &program);
        if !other.agrees_with(&reference) {
            let smallest = shrink(other, &reference, &tried, &program);
            panic!("the program answers differently on two schedules:\n  {reference}\n  {smallest}");
        }
        tried.insert(seed);
    }
    match reference.outcome {
        Outcome::Answered(answer) => answer,
        Outcome::Panicked(payload) => resume_unwind(payload),
    }
}

/// A schedule on which the program was tried, and what came of it.
struct Tried<R> {
    schedule: Schedule,
    n_switches: u64,
    outcome: Outcome<R>,
}

enum Outcome<R> {
    Answered(Result<R, RunError>),
    Panicked(Box<dyn Any + Send>),
}

impl<R: PartialEq> Tried<R> {
    fn new(schedule: Schedule, program: &impl Fn() -> Result<R, RunError>) -> Self {
        // Unwind safe: what the program broke by a panic is seen by its next try, if it lives that long; it is the user's own.
        let (outcome, n_switches) = play(schedule, || match catch_unwind(AssertUnwindSafe(program)) {
            Ok(answer) => Outcome::Answered(answer),
            Err(payload) => Outcome::Panicked(payload),
        });
        Self { schedule, n_switches, outcome }
    }

    fn agrees_with(&self, other: &Self) -> bool {
        match (&self.outcome, &other.outcome) {
            (Outcome::Answered(Ok(left)), Outcome::Answered(Ok(right))) => left == right,
            (Outcome::Answered(Err(_)), Outcome::Answered(Err(_)))
            | (Outcome::Panicked(_), Outcome::Panicked(_)) => true,
            _ => false,
        }
    }
}

/// The smallest seed that disagrees with the reference, and of its schedule the first switches only, as few as it takes.
fn shrink<R: PartialEq>(
    found: Tried<R>,
    reference: &Tried<R>,
    tried: &BTreeSet<u64>,
    program: &impl Fn() -> Result<R, RunError>,
) -> Tried<R> {
    let disagrees =
        |schedule| Some(Tried::new(schedule, program)).filter(|other| !other.agrees_with(reference));
    let untried = (0..found.schedule.seed).filter(|seed| !tried.contains(seed));
    let smallest = untried.map(Schedule::of).find_map(disagrees).unwrap_or(found);
    let few = 0..smallest.n_switches.min(N_SWITCHES_TRIED);
    let shorter = few.map(|n_switches| Schedule { n_switches, ..smallest.schedule }).find_map(disagrees);
    shorter.unwrap_or(smallest)
}

impl<R: Debug> fmt::Display for Tried<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { schedule: Schedule { seed, n_workers, .. }, n_switches, outcome } = self;
        write!(f, "seed {seed} (workers: {n_workers}, switches: {n_switches}): ")?;
        match outcome {
            Outcome::Answered(answer) => write!(f, "{answer:?}"),
            Outcome::Panicked(payload) => {
                let text = payload.downcast_ref::<String>().map(String::as_str);
                let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
                write!(f, "panic: {}", text.unwrap_or("not a text"))
            }
        }
    }
}
