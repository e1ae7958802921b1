//! What sets and maps share: an insert-only table whose history is its storage.
//!
//! Entries lie in an append-only log and never move; shards of hash tables hold positions in the log, each with its full hash. The
//! user's `Eq` runs outside the locks: under one, only hashes are compared; rows with an equal hash are looked at after unlocking, and
//! since rows are never removed, only *new* rows with that hash have to be looked at when the lock is taken again.
//!
//! Everything that must be exact follows from one rule: **a row enters its shard under the lock under which the state word was read.**
//!
//! * *Freeze*: sets its bit, then passes through the locks of all shards. A row whose writer was in before is in the log; a writer that
//!   comes after sees the bit. So after a freeze nothing enters.
//! * *Follow*: adds its bell, then passes through all locks and leaves the log of bells there. A row whose writer was in before is in
//!   the log and found there; a writer that comes after rings.
//! * *Wait for a key*: under the shard's lock either the row is there, or the waiter stands in the shard's list before the next writer
//!   comes in.

use std::{
    hash::{BuildHasher, Hash},
    mem,
    sync::Arc,
};

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::{
    lvar::{
        Doorbell,
        handlers::{self, Bells, Followers},
        state::{Snapshot, State},
        waiters::{KeyWaiters, Registered, Registration},
    },
    sync::{Log, Mutex, MutexGuard, OnceLock, lock},
};

/// How many locks share the entries.
const N_SHARDS: usize = if cfg!(loom) { 1 } else { 16 };

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
    shards: [Shard; N_SHARDS],
}

/// Each on its own cache line, so that writers of different shards do not meet.
#[repr(align(64))]
struct Shard {
    places: Mutex<Places>,
}

#[derive(Default)]
struct Places {
    table: HashTable<Place>,
    /// Made by the first waiter for a key of this shard.
    waiters: Option<Arc<KeyWaiters>>,
    /// Left here by the first follower.
    bells: Option<Bells>,
}

/// Where an entry is in the log.
#[derive(Clone, Copy)]
struct Place {
    hash: u64,
    index: usize,
}

/// Before which position all places of one hash have been looked at, and hold something else. One number is enough: the places of one
/// hash are in one shard, and positions are given out under its lock, so a place that is new has a greater one.
#[derive(Default)]
struct Others(usize);

/// What a look for an entry found.
pub(crate) enum Found<'a, E> {
    Present(&'a E),
    /// It is not there, and will never be if the table is frozen.
    Absent {
        is_frozen: bool,
    },
}

/// A look under a shard's lock.
enum Peek<'a> {
    /// There are places with this hash that have not been looked at: the first, and the rest, which hardly ever exists.
    Look(usize, Vec<usize>),
    /// There is no such entry, and there will be none as long as the lock is held.
    Absent(MutexGuard<'a, Places>, Snapshot),
}

impl<E> Table<E> {
    pub(crate) fn new() -> Self {
        Self { state: State::new(0), hasher: DefaultHashBuilder::default(), rows: OnceLock::new() }
    }

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
        self.rows.into_inner().into_iter().flat_map(|rows| rows.log)
    }

    /// Looks for the entry with this hash that `is` the one.
    pub(crate) fn find(&self, hash: u64, is: impl Fn(&E) -> bool) -> Found<'_, E> {
        // Read before the rows: a freeze makes them before it sets its bit.
        let state = self.state.load();
        let Some(rows) = self.rows.get() else { return Found::Absent { is_frozen: state.is_frozen() } };
        let mut others = Others::default();
        loop {
            match self.peek(rows, hash, &others) {
                Peek::Absent(_, state) => return Found::Absent { is_frozen: state.is_frozen() },
                Peek::Look(first, rest) => {
                    if let Some(entry) = others.look(rows, first, rest, &is) {
                        return Found::Present(entry);
                    }
                }
            }
        }
    }

    /// Lets `entry` in, unless one that is the `same` is there, and answers the one that is there then. A frozen table gives it back.
    pub(crate) fn insert(&self, hash: u64, entry: E, same: impl Fn(&E, &E) -> bool) -> Result<&E, E> {
        let rows = self.rows();
        let mut others = Others::default();
        loop {
            match self.peek(rows, hash, &others) {
                Peek::Look(first, rest) => {
                    if let Some(there) = others.look(rows, first, rest, |there| same(&entry, there)) {
                        return Ok(there);
                    }
                }
                Peek::Absent(_, state) if state.is_frozen() => return Err(entry),
                Peek::Absent(places, _) => {
                    let index = enter(rows, places, hash, entry);
                    return Ok(rows.log.get(index).expect("an entry that was pushed stays in the log"));
                }
            }
        }
    }

    /// Registers a waiter for the entry with this hash that `is` the one, unless it is there or can never be.
    pub(crate) fn register(&self, hash: u64, is: impl Fn(&E) -> bool, registration: &mut Registration) {
        let rows = self.rows();
        let mut others = Others::default();
        loop {
            match self.peek(rows, hash, &others) {
                Peek::Look(first, rest) => {
                    if others.look(rows, first, rest, &is).is_some() {
                        return;
                    }
                }
                Peek::Absent(_, state) if state.is_frozen() => return,
                Peek::Absent(mut places, _) => {
                    let waiters = Arc::clone(places.waiters.get_or_insert_default());
                    waiters.add(Arc::clone(registration.waiter()), hash);
                    drop(places);
                    registration.stands_in(waiters as Arc<dyn Registered>, hash);
                    return;
                }
            }
        }
    }

    /// Forbids new entries. After this call none enters, and all that entered are in the log.
    pub(crate) fn freeze(&self) {
        let rows = self.rows();
        let _ = self.state.freeze();
        for shard in &rows.shards {
            let waiters = lock(&shard.places).waiters.take();
            if let Some(waiters) = waiters {
                waiters.wake_all();
            }
        }
    }

    /// Rings `bell` for each entry that is not in the log when this call returns.
    pub(crate) fn follow(&self, bell: Arc<dyn Doorbell>) {
        let rows = self.rows();
        let mut followers = lock(&rows.followers);
        let moved = followers.add(bell);
        let mut old = Vec::new();
        for shard in &rows.shards {
            let new = moved.as_ref().map(|bells| Arc::new(Arc::clone(bells)));
            let mut places = lock(&shard.places);
            if new.is_some() {
                old.push(mem::replace(&mut places.bells, new));
            }
        }
        drop(followers);
        // The bells that nobody holds go with it; a bell may be a user's, so that comes after the unlock.
        drop(old);
    }

    /// Returns when every entry whose position in the log was given out before is there: it was given out under a shard's lock, which
    /// is let go only when the entry is there.
    pub(crate) fn settle(&self) {
        for shard in self.rows.get().iter().flat_map(|rows| &rows.shards) {
            drop(lock(&shard.places));
        }
    }

    fn rows(&self) -> &Rows<E> {
        self.rows.get_or_init(|| {
            let shard = |_| Shard { places: Mutex::new(Places::default()) };
            let followers = Mutex::new(Followers::default());
            Box::new(Rows { log: Log::new(), followers, shards: std::array::from_fn(shard) })
        })
    }

    fn peek<'a>(&self, rows: &'a Rows<E>, hash: u64, others: &Others) -> Peek<'a> {
        let places = lock(&rows.shard(hash).places);
        let is_new = |place: &&Place| place.hash == hash && place.index >= others.0;
        let mut new = places.table.iter_hash(hash).filter(is_new).map(|place| place.index);
        match new.next() {
            Some(first) => Peek::Look(first, new.collect()),
            None => {
                drop(new);
                let state = self.state.load();
                Peek::Absent(places, state)
            }
        }
    }

    #[cfg(test)]
    pub(crate) fn n_bells(&self) -> usize {
        self.rows.get().map_or(0, |rows| lock(&rows.followers).len())
    }

    #[cfg(test)]
    pub(crate) fn n_waiters(&self) -> usize {
        let Some(rows) = self.rows.get() else { return 0 };
        let waiters = rows.shards.iter().filter_map(|shard| lock(&shard.places).waiters.clone());
        waiters.map(|waiters| waiters.len()).sum()
    }
}

impl<E> Rows<E> {
    fn shard(&self, hash: u64) -> &Shard {
        // The bits below those that hashbrown tells rows apart by, above those by which it finds them.
        &self.shards[(hash >> 48) as usize % N_SHARDS]
    }
}

/// Lets `entry` in, under the lock under which its absence and the state word were seen.
fn enter<E>(rows: &Rows<E>, mut places: MutexGuard<'_, Places>, hash: u64, entry: E) -> usize {
    let index = rows.log.push(entry);
    places.table.insert_unique(hash, Place { hash, index }, |place| place.hash);
    let due = places.waiters.as_ref().map(|waiters| waiters.take(hash));
    let bells = places.bells.clone();
    drop(places);
    for waiter in due.into_iter().flatten() {
        waiter.wake();
    }
    if let Some(bells) = bells {
        handlers::ring(&bells);
    }
    index
}

impl Others {
    /// Looks at places that are new, and answers the entry that `is` the one.
    fn look<'a, E>(
        &mut self,
        rows: &'a Rows<E>,
        first: usize,
        rest: Vec<usize>,
        is: impl Fn(&E) -> bool,
    ) -> Option<&'a E> {
        let mut end = self.0;
        for index in std::iter::once(first).chain(rest) {
            match rows.log.get(index) {
                Some(entry) if is(entry) => return Some(entry),
                _ => end = end.max(index + 1),
            }
        }
        self.0 = end;
        None
    }
}
