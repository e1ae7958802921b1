//! Who wants to be told of growth: followers of a set or a map.
//!
//! The history of such an LVar is a log that is only appended to, so a handler needs no queue of its own: it is a cursor over the
//! log. All that a write does for it is to ring a bell.

use std::sync::Arc;

use crate::sync::Log;

/// In how many lanes a history lies at most. One that has several tells in the first bits of a position which.
#[cfg(not(loom))]
pub(crate) const MAX_LANES: usize = 17;
#[cfg(loom)]
pub(crate) const MAX_LANES: usize = 3;

/// How many bits of a position tell where in its lane it is.
pub(crate) const INDEX_BITS: u32 = if usize::BITS < 64 { 27 } else { 31 };

/// What grows by entries that never change: a set by elements, a map by keys with their LVars.
pub trait Growth: Sized + Send + Sync {
    /// What one step of growth brings.
    type Entry: Send + Sync;

    /// In how many lanes the history lies by now: each thread writes in one, so that they do not meet. The positions of the lane `n` begin at
    /// `n` times 2³¹ (2²⁷ where that does not fit).
    fn n_lanes(&self) -> usize {
        1
    }

    /// The entry at a position of the history, or `None` if it is not there yet.
    ///
    /// Positions may be given out before their entries are written, so the entry at `position + 1` may be there first. Once an entry is
    /// there it stays, and each entry stands at exactly one position.
    fn entry(&self, position: usize) -> Option<&Self::Entry>;

    /// Waits a moment, until every entry whose position was given out before this call is there. No user code runs meanwhile.
    ///
    /// So if the caller knows of an entry, all that stand before it are there afterwards.
    fn settle(&self);

    /// Rings `bell` after each entry, or several, added from now on, for as long as somebody else holds it too.
    ///
    /// Whoever looks at the history after this call misses nothing: an entry is either there already or will ring.
    fn follow(&self, bell: Arc<dyn Doorbell>);
}

/// What is rung after growth. It says that there may be something new, not what.
pub trait Doorbell: Send + Sync {
    /// Called by the writer, outside all locks, once for each new entry, or for several that came at once, after they are in the history.
    ///
    /// A doorbell that reads a flag to see whether it was rung already needs a `SeqCst` fence before, and its follower one between
    /// clearing the flag and looking at the history: two writers may each find the other's entry missing.
    ///
    /// A doorbell that nobody else holds may still be rung for a while, so it should hold nothing and answer at once then.
    fn ring(&self);
}

/// A log of bells. Each lane of a history has a pointer of its own to the pointer to it, so that writers of different lanes, which copy
/// theirs, do not meet in a count.
pub(crate) type Bells = Arc<Arc<Log<Arc<Followed>>>>;

/// A bell of a follower. It is this that is shared by an old log of bells and its successor, so that a bell that is held once is held
/// by nobody else.
pub(crate) struct Followed(Arc<dyn Doorbell>);

/// Rings them all.
pub(crate) fn ring(bells: &Bells) {
    for bell in (0..).map_while(|index| bells.get(index)) {
        bell.0.ring();
    }
}

/// The bells of all followers, behind a lock that only followers take.
#[derive(Default)]
pub(crate) struct Followers {
    bells: Option<Arc<Log<Arc<Followed>>>>,
    n_bells: usize,
    /// With how many bells those that nobody holds any more are left out. It doubles with the bells that are held, so that a follower costs
    /// a constant on average.
    n_sweep: usize,
}

/// How many dead bells are not worth a sweep.
const N_SPARED: usize = if cfg!(loom) { 1 } else { 16 };

impl Followers {
    /// Adds a bell, and answers the log of bells if it is a new one, which is then to be left at every lane before the lock of the
    /// followers is released.
    ///
    /// Nothing of a user's is dropped here: what the new log lacks, the old one holds, and the lanes hold that.
    #[must_use = "writers would ring the old bells only"]
    pub(crate) fn add(&mut self, bell: Arc<dyn Doorbell>) -> Option<Arc<Log<Arc<Followed>>>> {
        let bell = Arc::new(Followed(bell));
        if let Some(bells) = &self.bells
            && self.n_bells < self.n_sweep
        {
            bells.push(bell);
            self.n_bells += 1;
            return None;
        }
        let bells = Arc::new(Log::new());
        let mut n_held = 0;
        let before = self.bells.iter().flat_map(|before| (0..).map_while(|index| before.get(index)));
        for held in before.filter(|bell| Arc::strong_count(&bell.0) > 1) {
            bells.push(Arc::clone(held));
            n_held += 1;
        }
        bells.push(bell);
        self.n_bells = n_held + 1;
        self.n_sweep = n_held + n_held.max(N_SPARED);
        self.bells = Some(Arc::clone(&bells));
        Some(bells)
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.n_bells
    }
}
