//! What an update or a merge can say besides yes, and what to do about it.

use std::{error::Error, fmt};

use lattice_core::{Conflict, Forged, TooFarAhead, codec::DecodeError};

use crate::error::PutError;

/// The state of the replica is in conflict. What was new was taken in all the same.
///
/// Ship the news as ever, so that the other replicas learn of the conflict; then tell a person: two writes cannot both be true.
/// With `?` it becomes the bare [`Conflict`], or the [`PutError`] that a forked closure ends with.
#[derive(Clone, PartialEq, Eq)]
pub struct Conflicted<T> {
    /// What was new, if anything was.
    pub news: Option<T>,
    /// The first conflict that the replica met.
    pub conflict: Conflict,
}

impl<T> From<Conflicted<T>> for Conflict {
    fn from(conflicted: Conflicted<T>) -> Self {
        conflicted.conflict
    }
}

impl<T> From<Conflicted<T>> for PutError {
    fn from(conflicted: Conflicted<T>) -> Self {
        Self::Conflict(conflicted.conflict)
    }
}

impl<T> fmt::Debug for Conflicted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Conflicted").field("conflict", &self.conflict).finish_non_exhaustive()
    }
}

impl<T> fmt::Display for Conflicted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.conflict.fmt(f)
    }
}

impl<T> Error for Conflicted<T> {}

/// Why [`merge`](super::Replica::merge) or [`merge_bytes`](super::Replica::merge_bytes) did not simply merge.
#[derive(Clone, PartialEq, Eq)]
pub enum MergeError<T> {
    /// The bytes are no canonical form of the state, and nothing was changed: drop them, and ask their sender again.
    Refused(DecodeError),
    /// The delta claims writes of this replica's own writer that it has not made, and nothing was changed. An alarm: it is forged, or another
    /// replica writes under the same identity, and what either of them writes may be lost. See
    /// [`renew_writer`](super::Replica::renew_writer).
    Forged(Forged),
    /// The delta was written by a clock that is too far ahead, and nothing was changed: its clock is wrong, or the one here.
    TooFarAhead(TooFarAhead),
    /// They were merged, and the state is in conflict.
    Conflicted(Conflicted<T>),
}

impl<T> fmt::Debug for MergeError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refused) => f.debug_tuple("Refused").field(refused).finish(),
            Self::Forged(forged) => f.debug_tuple("Forged").field(forged).finish(),
            Self::TooFarAhead(stamp) => f.debug_tuple("TooFarAhead").field(stamp).finish(),
            Self::Conflicted(conflicted) => f.debug_tuple("Conflicted").field(conflicted).finish(),
        }
    }
}

impl<T> fmt::Display for MergeError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refused) => write!(f, "a delta was refused: {refused}"),
            Self::Forged(forged) => forged.fmt(f),
            Self::TooFarAhead(stamp) => write!(f, "a delta was refused: {stamp}"),
            Self::Conflicted(conflicted) => conflicted.fmt(f),
        }
    }
}

impl<T> Error for MergeError<T> {}
