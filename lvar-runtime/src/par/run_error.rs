//! Why a run has no result.

use std::fmt;

use crate::{
    error::PutError,
    lvar::why::{Heard, Waiting},
};

mod cycles;

/// Why a run has no result. If several hold, a panic comes first (it resurfaces as a panic), then `Put`, then `Blocked`.
///
/// That there is an error is deterministic; which of several put errors it names is not entirely: among those that the schedule
/// let happen, it is the least by its text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RunError {
    /// A put or a bump was refused, even if the task that met it went on.
    Put(PutError),
    /// Nothing can run any more, and tasks still wait.
    Blocked(Blocked),
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Put(error) => error.fmt(f),
            Self::Blocked(blocked) => blocked.fmt(f),
        }
    }
}

impl std::error::Error for RunError {}

/// The reads for which tasks wait although nothing can run that would put what they lack.
///
/// ```
/// use lvars::{LVar, LVarType, Max, par::{self, RunError}};
///
/// let votes = LVar::<Max<u64>>::new();
/// let result = par::run(async |_| votes.at_least(5).await);
/// let Err(RunError::Blocked(blocked)) = result else { unreachable!() };
/// assert_eq!(blocked.waiters()[0].threshold, "at least Max(5)");
/// ```
///
/// Which tasks are blocked and what they lack is deterministic; the reads are listed by their place in the source, then by their texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blocked {
    waiters: Vec<Waiting>,
    cycles: Vec<Vec<String>>,
}

impl Blocked {
    /// A report of what was heard, which is put in order.
    pub(super) fn new(heard: Vec<Heard>) -> Self {
        let cycles = cycles::cycles(&heard);
        let mut waiters: Vec<Waiting> = heard.into_iter().map(|heard| heard.waiting).collect();
        waiters.sort_by_cached_key(|waiting| (waiting.at, waiting.to_string()));
        Self { waiters, cycles }
    }

    /// What waits, for what, asked where, and what is lacking.
    pub fn waiters(&self) -> &[Waiting] {
        &self.waiters
    }

    /// The tasks that wait for each other's results in a circle, each for the next and the last for the first: by the names that they have
    /// as [`Waiting::task`]. Of circles that share tasks it is the shortest through the task with the least name.
    pub fn cycles(&self) -> &[Vec<String>] {
        &self.cycles
    }
}

impl fmt::Display for Blocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "blocked: nothing can run, and {}", still_waits(&self.waiters))?;
        self.waiters.iter().try_for_each(|waiting| write!(f, "\n  {waiting}"))?;
        self.cycles.iter().try_for_each(|cycle| {
            write!(f, "\n  a cycle: {}, which waits for the first", cycle.join(", which waits for "))
        })
    }
}

fn still_waits(waiters: &[Waiting]) -> String {
    match waiters.len() {
        1 => "1 read still waits; put what it lacks, or do not wait for it".to_owned(),
        n => format!("{n} reads still wait; put what they lack, or do not wait for it"),
    }
}
