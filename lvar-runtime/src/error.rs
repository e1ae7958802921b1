//! What can go wrong with an LVar, and what to do about each.

use std::fmt;

use lattice_core::Conflict;

/// Why a put or a bump was refused. Inside `par` it is sticky: the run answers with it, whatever the task did with it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PutError {
    /// The write and an earlier one cannot both be true. The LVar stays in conflict: every later read answers with it.
    Conflict(Conflict),
    /// The LVar was frozen, and the write would have changed its value.
    Frozen {
        /// Where the LVar stands in the enclosing LVar, such as `lines["book"]`; empty for a bare one.
        path: String,
        /// What the write would have brought.
        refused: String,
    },
    /// A counter would have passed the greatest count that it can hold.
    Overflow {
        /// Where the counter stands in the enclosing LVar; empty for a bare one.
        path: String,
    },
}

impl fmt::Display for PutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict(conflict) => {
                write!(f, "{conflict}; write one of them only, or use a lattice in which they join")
            }
            Self::Frozen { path, refused } => {
                write!(f, "{} is frozen and {refused} would change it; ", place(path))?;
                f.write_str("freeze only after the last write: from the end of the run or after a quiesce")
            }
            Self::Overflow { path } => {
                write!(f, "{} would pass the greatest count it can hold; count in larger units", place(path))
            }
        }
    }
}

impl std::error::Error for PutError {}

impl From<Conflict> for PutError {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(conflict)
    }
}

/// What a put answers that wrote several parts one after the other, given what it met `so_far` and what the `next` part answered: the
/// first refusal, but a conflict rather than any other. Every later read answers with the conflict, so that a put which met one says so
/// must not depend on whether a freeze was quicker elsewhere.
///
/// # Errors
///
/// If a part was refused.
#[doc(hidden)]
pub fn gravest(so_far: Result<(), PutError>, next: Result<(), PutError>) -> Result<(), PutError> {
    match (&so_far, &next) {
        (Ok(()), _)
        | (Err(PutError::Frozen { .. } | PutError::Overflow { .. }), Err(PutError::Conflict(_))) => next,
        (Err(_), _) => so_far,
    }
}

/// Why a threshold read ended without an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GetError {
    /// What the read looked at is in conflict, so that no answer could be trusted.
    Conflict(Conflict),
    /// All that the read waits for is frozen below its threshold, so it can never be reached.
    Frozen {
        /// One line for each LVar that is frozen too low: where, its value, and what was waited for.
        lacks: Vec<String>,
    },
    /// A thread that runs the tasks of a `par` run would have blocked, and with it the tasks behind it.
    OnWorker,
}

impl fmt::Display for GetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict(conflict) => write!(f, "{conflict}; look for the two writes"),
            Self::Frozen { lacks } => {
                write!(f, "frozen below the threshold: {}; freeze after the write that reaches it", lacks.join("; "))
            }
            Self::OnWorker => f.write_str("a task of a parallel run cannot block its thread; `.await` the read in a spawned task instead"),
        }
    }
}

impl std::error::Error for GetError {}

impl From<Conflict> for GetError {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(conflict)
    }
}

/// A read was given up before it had an answer: see [`wait_timeout`](crate::Get::wait_timeout), also of [a replica](crate::replica::GetHere::wait_timeout).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimedOut {
    /// What was still lacking when time was up, as [`why`](crate::Get::why) tells it.
    pub lacks: Vec<String>,
}

impl fmt::Display for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "timed out: {}; nothing is known about the threshold, ask again or wait longer",
            self.lacks.join("; ")
        )
    }
}

impl std::error::Error for TimedOut {}

/// How a message names an LVar.
fn place(path: &str) -> String {
    if path.is_empty() { "the LVar".to_owned() } else { format!("`{path}`") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_refusals_the_first_is_answered_but_a_conflict_before_all() {
        let frozen = |path: &str| Err(PutError::Frozen { path: path.into(), refused: "1".into() });
        let conflict = |value: i32| Err(PutError::Conflict(Conflict::between(&0, &value)));
        assert_eq!(gravest(Ok(()), Ok(())), Ok(()));
        assert_eq!(gravest(Ok(()), frozen("a")), frozen("a"));
        assert_eq!(gravest(frozen("a"), Ok(())), frozen("a"));
        assert_eq!(gravest(frozen("a"), frozen("b")), frozen("a"));
        assert_eq!(gravest(frozen("a"), conflict(1)), conflict(1));
        assert_eq!(gravest(conflict(1), frozen("a")), conflict(1));
        assert_eq!(gravest(conflict(1), conflict(2)), conflict(1));
    }
}
