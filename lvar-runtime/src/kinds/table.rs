//! What hashed sets and maps share: an insert-only table whose history is its storage.
//!
//! Entries lie in [`Lanes`] and never move; an [`Index`] finds them by their hash, without a lock. The user's `Eq` runs outside the locks: who has
//! walked to the end of the rows with a hash takes the lock of its lane, and adds its row there by an exchange, or finds that another
//! came first; if that has the same tag, it unlocks and looks at it.
//!
//! *A row comes before its entry*, both under one lock. Who finds no entry where a row, or the mark of one, sends him has met its writer on
//! the way: a read may answer as if it had been quicker, a write passes through the locks and looks again.
//!
//! *Room.* Each lane may add so many rows to the index, so that nobody counts them all. A lane that has used its room up is given some; when
//! the index has no more to give, all lanes are stopped and it grows.

use std::hash::{BuildHasher, Hash};

#[cfg(not(loom))]
use hashbrown::DefaultHashBuilder;

use crate::{
    kinds::{
        index::{Added, Index, Probe, Slot},
        lanes::Lanes,
    },
    sync::{Mutex, OnceLock, lock},
};

/// A model must do the same each time, so there the hashes are not random.
#[cfg(loom)]
type DefaultHashBuilder = std::hash::BuildHasherDefault<std::hash::DefaultHasher>;

/// An insert-only table of entries.
pub(crate) struct Table<E> {
    hasher: DefaultHashBuilder,
    /// Made by the first write, freeze, follower or waiter: an empty table is small.
    rows: OnceLock<Box<Rows<E>>>,
}

pub(crate) struct Rows<E> {
    pub(crate) lanes: Lanes<E>,
    /// How much room for rows of the index was given to lanes.
    n_given: Mutex<usize>,
    index: Index,
}

/// What a look for an entry found.
pub(crate) enum Found<'a, E> {
    Present(&'a E),
    /// It is not there, and will never be if the table is frozen.
    Absent {
        is_frozen: bool,
    },
}

impl<E> Table<E> {
    pub(crate) fn new() -> Self {
        Self { hasher: DefaultHashBuilder::default(), rows: OnceLock::new() }
    }

    #[inline]
    pub(crate) fn hash<Q: Hash + ?Sized>(&self, key: &Q) -> u64 {
        self.hasher.hash_one(key)
    }

    /// The entry at a position.
    pub(crate) fn entry(&self, position: usize) -> Option<&E> {
        self.rows.get()?.lanes.get(position)
    }

    /// All entries: of a frozen table all, and of any table those that the caller knows of.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &E> {
        self.rows.get().into_iter().flat_map(|rows| rows.lanes.entries())
    }

    /// The entries, from the owner.
    pub(crate) fn into_entries(self) -> impl Iterator<Item = E> {
        self.rows.into_inner().into_iter().flat_map(|rows| rows.lanes.into_entries())
    }

    /// Looks for the entry with this hash that `is` the one.
    #[inline]
    pub(crate) fn find(&self, hash: u64, is: impl Fn(&E) -> bool) -> Found<'_, E> {
        let Some(rows) = self.rows.get() else { return Found::Absent { is_frozen: false } };
        // Read before the look.
        let is_frozen = rows.lanes.state.load().is_frozen();
        let mut found = rows.find(hash, &is);
        if found.is_none() && is_frozen {
            // Who was admitted before the freeze may still be about to enter.
            rows.lanes.settle();
            found = rows.find(hash, &is);
        }
        found.map_or(Found::Absent { is_frozen }, |(_, there)| Found::Present(there))
    }

    /// The entry with this hash that `is` the one, if it is there. None says nothing: [`find`](Self::find) does.
    #[inline]
    pub(crate) fn glance(&self, hash: u64, is: impl Fn(&E) -> bool) -> Option<&E> {
        self.rows.get()?.find(hash, is).map(|(_, there)| there)
    }

    /// The position of the entry with this hash that `is` the one, for who knows that it is there.
    pub(crate) fn position(&self, hash: u64, is: impl Fn(&E) -> bool) -> Option<usize> {
        // Its row came before it.
        self.rows.get()?.find(hash, is).map(|(position, _)| position)
    }

    /// Lets `entry` in, unless one that is the `same` is there, and answers the one that is there then. A frozen table gives it back.
    #[inline]
    pub(crate) fn insert(&self, hash: u64, entry: E, same: impl Fn(&E, &E) -> bool) -> Result<&E, E> {
        let rows = self.rows();
        let mut probe = rows.index.probe(hash);
        loop {
            if let Some(there) = rows.look(&mut probe, |there| same(&entry, there)) {
                return Ok(there);
            }
            let mut lane = rows.lanes.enter();
            let state = rows.lanes.state.load();
            if state.is_frozen() {
                drop(lane);
                // One that is the same may have come since the look, and before the freeze: then this put changes nothing.
                rows.lanes.settle();
                let found = rows.find(hash, |there| same(&entry, there));
                return found.map(|(_, there)| there).ok_or(entry);
            }
            if lane.gate().n_room == 0 {
                let number = lane.number();
                drop(lane);
                rows.make_room(number);
                continue;
            }
            match rows.index.add(&mut probe, lane.next()) {
                Added::In => {
                    lane.gate().n_room -= 1;
                    return Ok(lane.push(entry, hash, state));
                }
                Added::Met => {}
                Added::Outgrown => probe = rows.index.probe(hash),
            }
        }
    }

    /// Lets several entries in, given with their hashes, each as by [`insert`](Self::insert). A frozen table gives the first back that it
    /// lacks.
    pub(crate) fn insert_all(
        &self,
        entries: impl Iterator<Item = (u64, E)>,
        same: impl Fn(&E, &E) -> bool,
    ) -> Result<(), E> {
        let rows = self.rows();
        // All walks are begun before any goes on, so that their lines come at once.
        let mut new: Vec<_> = entries.map(|(hash, entry)| (rows.index.probe(hash), hash, entry)).collect();
        new.retain_mut(|(probe, _, entry)| rows.look(probe, |there| same(entry, there)).is_none());
        if new.is_empty() {
            return Ok(());
        }
        let mut left = Vec::new();
        let mut lane = rows.lanes.enter();
        let state = rows.lanes.state.load();
        let awaited = if state.is_watched() { new.as_slice() } else { &[] };
        let hashes: Vec<u64> = awaited.iter().map(|(_, hash, _)| *hash).collect();
        for (mut probe, hash, entry) in new {
            let may_enter = !state.is_frozen() && lane.gate().n_room > 0;
            if may_enter && matches!(rows.index.add(&mut probe, lane.next()), Added::In) {
                lane.gate().n_room -= 1;
                lane.append(entry);
            } else {
                left.push((hash, entry));
            }
        }
        lane.tell(state, hashes);
        // What met something on its way, or lacked room, goes in alone: all of them, also after one that was refused.
        let mut done = Ok(());
        for (hash, entry) in left {
            done = done.and(self.insert(hash, entry, &same).map(|_| ()));
        }
        done
    }

    /// The lanes, for who freezes, follows or waits.
    pub(crate) fn lanes(&self) -> &Lanes<E> {
        &self.rows().lanes
    }

    /// Returns when every entry that the caller knows of is there.
    pub(crate) fn settle(&self) {
        if let Some(rows) = self.rows.get() {
            rows.lanes.settle();
        }
    }

    /// In how many lanes the entries lie.
    pub(crate) fn n_lanes(&self) -> usize {
        self.rows.get().map_or(1, |rows| rows.lanes.n_lanes())
    }

    #[inline]
    fn rows(&self) -> &Rows<E> {
        self.rows.get().unwrap_or_else(|| self.rows.get_or_init(|| Box::new(Rows::new())))
    }
}

impl<E> Rows<E> {
    fn new() -> Self {
        Self { lanes: Lanes::new(), n_given: Mutex::new(0), index: Index::new() }
    }

    /// The entry, with its position.
    #[inline]
    fn find(&self, hash: u64, is: impl Fn(&E) -> bool) -> Option<(usize, &E)> {
        self.index.find(hash, |position| {
            let there = self.lanes.get(position)?;
            is(there).then_some((position, there))
        })
    }

    /// The next entry of the walk that `is` the one, or nothing, at the end of the walk.
    #[inline]
    fn look(&self, probe: &mut Probe<'_>, is: impl Fn(&E) -> bool) -> Option<&E> {
        while let Some(slot) = probe.next() {
            let there = self.entry_of(&slot).unwrap_or_else(|| {
                self.lanes.settle();
                self.entry_of(&slot).expect("who puts a mark puts its row and its entry before it unlocks")
            });
            if is(there) {
                return Some(there);
            }
        }
        None
    }

    /// The entry of a slot, unless its writer is still on the way to it.
    #[inline]
    fn entry_of(&self, slot: &Slot<'_>) -> Option<&E> {
        self.lanes.get(slot.position()?)
    }

    /// Gives a lane that has none some room for rows.
    #[cold]
    fn make_room(&self, lane: usize) {
        let mut n_given = lock(&self.n_given);
        // Given while this thread waited. If it took that back, to give it anew from a larger table, others would do so to it, without end.
        if self.lanes.has_room(lane) {
            return;
        }
        if *n_given == self.index.n_rows() {
            self.lanes.stop_all(|n_unused| {
                *n_given -= n_unused;
                self.index.grow();
            });
        }
        // To one of several a quarter of its part, so that little is unused when the table grows.
        let n_rows = self.index.n_rows();
        let n_lanes = self.lanes.n_lanes();
        let part = if n_lanes == 1 { n_rows } else { n_rows / (4 * n_lanes) };
        let n = part.clamp(1, n_rows - *n_given);
        *n_given += n;
        self.lanes.give_room(lane, n);
    }
}
