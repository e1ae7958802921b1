//! Who wants to be told of growth: followers of a set or a map.
//!
//! The history of such an LVar is a log that is only appended to, so a handler needs no queue of its own: it is a cursor over the
//! log. All that a write does for it is to ring a bell.

use std::sync::Arc;

use crate::lvar::LVarType;

/// An LVar whose growth comes in entries that never change: a set's elements, a map's keys with their LVars.
pub trait Growth: LVarType {
    /// What one step of growth brings.
    type Entry: Send + Sync;

    /// The entry at a position of the history, or `None` if it is not there yet.
    ///
    /// Positions are given out before their entries are written, so the entry at `index + 1` may be there first. Once an entry is
    /// there it stays, and each entry stands at exactly one position.
    fn entry(&self, index: usize) -> Option<&Self::Entry>;

    /// Waits a moment, until every entry whose position was given out before this call is there. No user code runs meanwhile.
    ///
    /// So if the caller knows of an entry, all that stand before it are there afterwards.
    fn settle(&self);

    /// Rings `bell` after each entry that is added from now on.
    ///
    /// Whoever looks at the history after this call misses nothing: an entry is either there already or will ring.
    fn follow(&self, bell: Arc<dyn Doorbell>);
}

/// What is rung after growth. It says that there may be something new, not what.
pub trait Doorbell: Send + Sync {
    /// Called by the writer, outside all locks, once for each new entry, after the entry is in the history.
    ///
    /// A doorbell that reads a flag to see whether it was rung already needs a `SeqCst` fence before, and its follower one between
    /// clearing the flag and looking at the history: two writers may each find the other's entry missing.
    ///
    /// Followers are not taken off again, so a doorbell that nobody answers any more should hold nothing and answer at once.
    fn ring(&self);
}
