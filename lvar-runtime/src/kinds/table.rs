//! What sets and maps share: an insert-only table whose history is its storage.
//!
//! Entries lie in an append-only log and never move; an [`Index`] finds them by their hash, without a lock. The user's `Eq` runs outside
//! the locks: who has walked to the end of the rows with a hash takes the lock and sees whether the end is still the end; if not, it
//! unlocks and walks on.
//!
//! A table begins as one shard. When that is full it is *closed* and stays, and further rows go to shards of which there are many: small
//! tables are small, and in large ones writers seldom meet. A hash is looked for in the first shard, and then in its own of the others.
//!
//! Everything that must be exact follows from one rule: **a row enters its shard under the lock under which the state word was read.**
//!
//! * *Close*: under the lock of the first shard, which nothing enters afterwards. The other shards begin with its bells and waiters.
//! * *Freeze*: sets its bit, then passes through the locks of all shards. A row whose writer was in before is in the log; a writer that
//!   comes after sees the bit. If the first shard is not closed when it is passed, who closes it later has seen the bit, and so has all
//!   that comes to the others. So after a freeze nothing enters.
//! * *Follow*: adds its bell, then passes through all locks and leaves the log of bells there. A row whose writer was in before is in
//!   the log and found there; a writer that comes after rings.
//! * *Wait for a key*: under the shard's lock either the row is there, or the waiter stands in the shard's list before the next writer
//!   comes in.

use std::{
    hash::{BuildHasher, Hash},
    sync::Arc,
};

use hashbrown::DefaultHashBuilder;

use crate::{
    kinds::index::{Index, Probe},
    lvar::{
        Doorbell,
        handlers::{self, Bells, Followers},
        state::State,
        waiters::{KeyWaiters, Registration},
        wake,
    },
    sync::{Log, Mutex, MutexGuard, OnceLock, lock},
};

/// How many locks share the entries of a large table.
const N_SHARDS: usize = if cfg!(loom) { 1 } else { 8 };
/// How many tables the index of the first shard has, which is closed with 512 rows; and those of the others. With the 21 bits of a tag
/// that choose a home, the 20th has a home for each, and larger ones fill unevenly: rows go on being found, by longer walks.
const N_SMALL: usize = if cfg!(loom) { 1 } else { 7 };
const N_LARGE: usize = if cfg!(loom) { 2 } else { 28 };

/// An insert-only table of entries.
pub(crate) struct Table<E> {
    state: State,
    hasher: DefaultHashBuilder,
    /// Made by the first write, freeze, follower or waiter: an empty table is small.
    rows: OnceLock<Box<Rows<E>>>,
}

struct Rows<E> {
    log: Log<E>,
    followers: Mutex<Followers>,
    first: Shard<N_SMALL>,
    /// Made when the first is closed.
    others: OnceLock<Box<[Aligned; N_SHARDS]>>,
}

/// On a cache line of its own, so that writers of different shards do not meet.
#[repr(align(64))]
struct Aligned(Shard<N_LARGE>);

struct Shard<const N: usize> {
    index: Index<N>,
    gate: Mutex<Gate>,
}

/// What the lock of a shard guards.
#[derive(Default)]
pub(super) struct Gate {
    n_rows: usize,
    /// Made by the first waiter for a key of this shard.
    pub(super) waiters: Option<Arc<KeyWaiters>>,
    /// Left here by the first follower.
    pub(super) bells: Option<Bells>,
}

impl Gate {
    /// A gate with the bells of those who follow already.
    pub(super) fn with_bells(bells: Option<Bells>) -> Self {
        Self { n_rows: 0, waiters: None, bells }
    }
}

/// What a look for an entry found.
pub(crate) enum Found<'a, E> {
    Present(&'a E),
    /// It is not there, and will never be if the table is frozen.
    Absent {
        is_frozen: bool,
    },
}

/// What a look found that ends under the lock of the shard where the entry belongs.
enum Locked<'a, E> {
    Present(&'a E),
    /// It is not there as long as the lock is held.
    Absent(Place<'a>),
}

/// Where an absent entry belongs, with the lock.
enum Place<'a> {
    First(Probe<'a>, MutexGuard<'a, Gate>),
    Other(&'a Shard<N_LARGE>, Probe<'a>, MutexGuard<'a, Gate>),
}

impl<E> Table<E> {
    pub(crate) fn new() -> Self {
        Self { state: State::new(0), hasher: DefaultHashBuilder::default(), rows: OnceLock::new() }
    }

    #[inline]
    pub(crate) fn hash<Q: Hash + ?Sized>(&self, key: &Q) -> u64 {
        self.hasher.hash_one(key)
    }

    /// The entry at a position of the log.
    pub(crate) fn entry(&self, index: usize) -> Option<&E> {
        self.rows.get()?.log.get(index)
    }

    /// The entries from the start of the log to the first that is not there yet: of a frozen table all, and of any table those that
    /// the caller knows of.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &E> {
        // An entry of the caller's own may stand behind one that another thread is about to write.
        self.settle();
        (0..).map_while(|index| self.entry(index))
    }

    /// The entries, from the owner.
    pub(crate) fn into_entries(self) -> impl Iterator<Item = E> {
        self.rows.into_inner().into_iter().flat_map(|rows| rows.log.into_entries())
    }

    /// Looks for the entry with this hash that `is` the one.
    #[inline]
    pub(crate) fn find(&self, hash: u64, is: impl Fn(&E) -> bool) -> Found<'_, E> {
        // Read before the rows: a freeze makes them before it sets its bit.
        let is_frozen = self.state.load().is_frozen();
        let Some(rows) = self.rows.get() else { return Found::Absent { is_frozen } };
        let mut found = rows.find(hash, &is);
        if found.is_none() && is_frozen {
            // Who was admitted before the freeze may still be about to enter.
            rows.settle();
            found = rows.find(hash, &is);
        }
        found.map_or(Found::Absent { is_frozen }, Found::Present)
    }

    /// The position in the log of the entry with this hash that `is` the one, for who knows that it is there.
    pub(crate) fn position(&self, hash: u64, is: impl Fn(&E) -> bool) -> Option<usize> {
        let rows = self.rows.get()?;
        rows.position(hash, &is).or_else(|| {
            // Who saw it in the log may be ahead of its writer, which adds it to the index next, and then unlocks.
            rows.settle();
            rows.position(hash, &is)
        })
    }

    /// Lets `entry` in, unless one that is the `same` is there, and answers the one that is there then. A frozen table gives it back.
    pub(crate) fn insert(&self, hash: u64, entry: E, same: impl Fn(&E, &E) -> bool) -> Result<&E, E> {
        let rows = self.rows();
        loop {
            match rows.find_locked(hash, |there| same(&entry, there)) {
                Locked::Present(there) => return Ok(there),
                Locked::Absent(_) if self.state.load().is_frozen() => return Err(entry),
                Locked::Absent(Place::First(_, gate)) if gate.n_rows == Index::<N_SMALL>::CAPACITY => {
                    rows.close(&gate)
                }
                Locked::Absent(Place::First(probe, gate)) => {
                    return Ok(rows.enter(&rows.first, &probe, gate, entry));
                }
                Locked::Absent(Place::Other(shard, probe, gate)) => {
                    return Ok(rows.enter(shard, &probe, gate, entry));
                }
            }
        }
    }

    /// Registers a waiter for the entry with this hash that `is` the one, unless it is there or can never be.
    pub(crate) fn register(&self, hash: u64, is: impl Fn(&E) -> bool, registration: &mut Registration) {
        // Cloned before the lock is taken, and dropped after, if it is not needed: a waker is code of the executor.
        let Some(waker) = registration.waker() else { return };
        let Locked::Absent(place) = self.rows().find_locked(hash, is) else { return };
        if self.state.load().is_frozen() {
            return;
        }
        let (Place::First(_, mut gate) | Place::Other(_, _, mut gate)) = place;
        let waiters = Arc::clone(gate.waiters.get_or_insert_default());
        let place = waiters.add(waker, hash);
        drop(gate);
        registration.stands_in(waiters, Some(place));
    }

    /// Forbids new entries. After this call none enters, and all that entered are in the log.
    pub(crate) fn freeze(&self) {
        let rows = self.rows();
        let _ = self.state.freeze();
        let mut waiters = Vec::new();
        rows.pass(|gate| waiters.extend(gate.waiters.take()));
        // After all shards: a waker that panics must not keep the freezer from one of them.
        wake::each(waiters, |waiters| waiters.wake_all());
    }

    /// Rings `bell` for each entry that is not in the log when this call returns.
    pub(crate) fn follow(&self, bell: Arc<dyn Doorbell>) {
        let rows = self.rows();
        let mut followers = lock(&rows.followers);
        let moved = followers.add(bell);
        let mut old = Vec::new();
        rows.pass(|gate| {
            if let Some(bells) = &moved {
                old.push(gate.bells.replace(Arc::new(Arc::clone(bells))));
            }
        });
        drop(followers);
        // The bells that nobody holds go with it; a bell may be a user's, so that comes after the unlock.
        drop(old);
    }

    /// Returns when every entry whose position in the log was given out before is there: it was given out under a shard's lock, which
    /// is let go only when the entry is there.
    pub(crate) fn settle(&self) {
        if let Some(rows) = self.rows.get() {
            rows.settle();
        }
    }

    #[inline]
    fn rows(&self) -> &Rows<E> {
        self.rows.get().unwrap_or_else(|| self.rows.get_or_init(|| Box::new(Rows::new())))
    }

    #[cfg(test)]
    pub(crate) fn n_bells(&self) -> usize {
        self.rows.get().map_or(0, |rows| lock(&rows.followers).len())
    }

    #[cfg(test)]
    pub(crate) fn n_waiters(&self) -> usize {
        let mut waiters: Vec<Arc<KeyWaiters>> = Vec::new();
        if let Some(rows) = self.rows.get() {
            rows.pass(|gate| waiters.extend(gate.waiters.clone()));
        }
        // Shards that share a list show it once.
        waiters.sort_by_key(Arc::as_ptr);
        waiters.dedup_by_key(|list| Arc::as_ptr(list));
        waiters.iter().map(|list| list.len()).sum()
    }
}

impl<E> Rows<E> {
    fn new() -> Self {
        Self {
            log: Log::new(),
            followers: Mutex::default(),
            first: Shard::default(),
            others: OnceLock::new(),
        }
    }

    #[inline]
    fn find(&self, hash: u64, is: impl Fn(&E) -> bool) -> Option<&E> {
        self.log.get(self.position(hash, is)?)
    }

    #[inline]
    fn position(&self, hash: u64, is: impl Fn(&E) -> bool) -> Option<usize> {
        // Asked before the first shard is looked at: of one that is closed all is seen.
        let others = self.others.get();
        if let Some(there) = self.look(&mut self.first.index.probe(hash), &is) {
            return Some(there);
        }
        self.look(&mut shard_of(others?, hash).index.probe(hash), &is)
    }

    /// The position of the next entry of the walk that `is` the one.
    #[inline]
    fn look(&self, probe: &mut Probe<'_>, is: impl Fn(&E) -> bool) -> Option<usize> {
        while let Some(index) = probe.next() {
            if self.log.get(index).is_some_and(&is) {
                return Some(index);
            }
        }
        None
    }

    /// The entry at a position at which one was seen.
    #[inline]
    fn there(&self, index: usize) -> &E {
        self.log.get(index).expect("an entry that was pushed stays in the log")
    }

    /// Looks, without a lock, until the entry is found, or the lock is held and nothing has been added since the look.
    fn find_locked(&self, hash: u64, is: impl Fn(&E) -> bool) -> Locked<'_, E> {
        let mut probe = self.first.index.probe(hash);
        let others = loop {
            // Asked before the look: of a shard that is closed all is seen.
            let others = self.others.get();
            if let Some(there) = self.look(&mut probe, &is) {
                return Locked::Present(self.there(there));
            }
            if let Some(others) = others {
                break others;
            }
            let gate = lock(&self.first.gate);
            match self.first.index.resume(probe) {
                Ok(end) if self.others.get().is_none() => return Locked::Absent(Place::First(end, gate)),
                Ok(further) | Err(further) => probe = further,
            }
        };
        let shard = shard_of(others, hash);
        let mut probe = shard.index.probe(hash);
        loop {
            if let Some(there) = self.look(&mut probe, &is) {
                return Locked::Present(self.there(there));
            }
            let gate = lock(&shard.gate);
            match shard.index.resume(probe) {
                Ok(end) => return Locked::Absent(Place::Other(shard, end, gate)),
                Err(further) => probe = further,
            }
        }
    }

    /// Lets `entry` in, under the lock under which its absence and the state word were seen.
    #[inline]
    fn enter<const N: usize>(
        &self,
        shard: &Shard<N>,
        probe: &Probe<'_>,
        mut gate: MutexGuard<'_, Gate>,
        entry: E,
    ) -> &E {
        let index = self.log.push(entry);
        shard.index.add(&mut gate.n_rows, probe, index);
        if gate.waiters.is_some() || gate.bells.is_some() {
            tell(gate, probe.hash());
        } else {
            drop(gate);
        }
        self.there(index)
    }

    /// Opens the other shards; under the lock of the first one, which nothing enters any more.
    #[cold]
    fn close(&self, first: &Gate) {
        self.others.get_or_init(|| {
            Box::new(std::array::from_fn(|_| {
                let bells = first.bells.as_ref().map(|bells| Arc::new(Arc::clone(&**bells)));
                let gate = Gate { n_rows: 0, waiters: first.waiters.clone(), bells };
                Aligned(Shard { index: Index::new(), gate: Mutex::new(gate) })
            }))
        });
    }

    /// Passes through the locks of all shards.
    fn pass(&self, mut at: impl FnMut(&mut Gate)) {
        at(&mut lock(&self.first.gate));
        for Aligned(shard) in self.others.get().iter().flat_map(|others| others.iter()) {
            at(&mut lock(&shard.gate));
        }
    }

    fn settle(&self) {
        self.pass(|_| ());
    }
}

impl<const N: usize> Default for Shard<N> {
    fn default() -> Self {
        Self { index: Index::new(), gate: Mutex::default() }
    }
}

/// Tells of the entry that has just come in whoever waits for it, or follows.
pub(super) fn tell(gate: MutexGuard<'_, Gate>, hash: u64) {
    let due = gate.waiters.as_ref().map(|waiters| waiters.take(hash));
    let bells = gate.bells.clone();
    drop(gate);
    if let Some(bells) = bells {
        handlers::ring(&bells);
    }
    if let Some(due) = due {
        due.wake();
    }
}

#[inline]
fn shard_of(others: &[Aligned; N_SHARDS], hash: u64) -> &Shard<N_LARGE> {
    // The bits below those that are the tag.
    &others[(hash >> 30) as usize % N_SHARDS].0
}
