//! What sets and maps, hashed and dense, share: a history in lanes.
//!
//! A lane is a list of entries and its lock, which a thread takes to write: its own, so writers seldom meet, and what they write lies
//! apart. A history begins as one lane; when that has 512 entries the others are opened, and it is left, since it lies beside what all read.
//!
//! Everything that must be exact follows from one rule: **an entry enters a lane under the lock under which the state word was read**, and so does what
//! else tells of it, be it a bit or a row of an index.
//!
//! * *Freeze*: sets its bit, then passes through the locks of all lanes. An entry whose writer was in before is in the list; a writer that comes
//!   after sees the bit. If the others are not open when the first is passed, who opens them later, under the lock of the first, has seen
//!   the bit, and so has all that comes to them. So after a freeze nothing enters.
//! * *Follow*: adds its bell, then passes through all locks and leaves the log of bells there. An entry whose writer was in before is in
//!   its list and found there; a writer that comes after rings. Who opens lanes gives them the bells of the first, under its lock.
//! * *Wait for a key*: puts the waiter into the list of waiters, sets WATCHED, then passes through all locks, and looks again. A writer that was in
//!   before has let go of what tells of its entry; one that comes after sees WATCHED, and looks for waiters when it is out.
//!
//! Waiters, and bells, are code of a user's, which runs outside the locks.

use std::{iter, sync::Arc};

use crate::{
    lvar::{
        Doorbell,
        handlers::{self, Bells, Followers, INDEX_BITS, MAX_LANES},
        state::{Snapshot, State},
        waiters::{KeyWaiters, Registration},
        wake,
    },
    sync::{Append, Appender, Mutex, OnceLock, lock, n_cores, thread_number},
};

/// How many entries the first lane has when the others are opened.
const N_ALONE: usize = if cfg!(loom) { 1 } else { 512 };

/// How many entries of a batch enter under one lock at most: a freeze waits for it.
pub(crate) const N_AT_ONCE: usize = if cfg!(loom) { 2 } else { 64 };

/// The lanes, the state word of the LVar, and who is told of new entries.
pub(crate) struct Lanes<E> {
    pub(crate) state: State,
    first: Append<E, Gate>,
    others: OnceLock<Box<[Aligned<E>]>>,
    followers: Mutex<Followers>,
    waiters: OnceLock<Arc<KeyWaiters>>,
}

/// On cache lines of its own, so that writers of different lanes do not meet.
#[repr(align(128))]
struct Aligned<E>(Append<E, Gate>);

/// What the lock of a lane guards beside its entries.
#[derive(Default)]
pub(crate) struct Gate {
    /// How many rows its writers may still add to the index.
    pub(crate) n_room: usize,
    /// Left here by the first follower.
    bells: Option<Bells>,
}

/// A lane, locked.
pub(crate) struct Lane<'a, E> {
    lanes: &'a Lanes<E>,
    number: usize,
    list: Appender<'a, E, Gate>,
}

impl<E> Lanes<E> {
    pub(crate) fn new() -> Self {
        Self {
            state: State::new(0),
            first: Append::new(Gate::default()),
            others: OnceLock::new(),
            followers: Mutex::default(),
            waiters: OnceLock::new(),
        }
    }

    /// Locks the lane of this thread.
    #[inline]
    pub(crate) fn enter(&self) -> Lane<'_, E> {
        let (number, list) = match self.others.get() {
            None => (0, &self.first),
            Some(others) => {
                let at = thread_number() & (others.len() - 1);
                (1 + at, &others[at].0)
            }
        };
        Lane { lanes: self, number, list: list.lock() }
    }

    /// How many lanes are open.
    pub(crate) fn n_lanes(&self) -> usize {
        1 + self.others.get().map_or(0, |others| others.len())
    }

    /// The lists of all lanes that are open, in order. Whether the others are is asked after the first has been handed out and used: so who
    /// passes through the locks sees those that were opened under the first one's.
    fn lists(&self) -> impl Iterator<Item = &Append<E, Gate>> {
        let others = iter::once_with(|| self.others.get()).flatten().flat_map(|others| others.iter());
        iter::once(&self.first).chain(others.map(|Aligned(list)| list))
    }

    #[inline]
    fn list(&self, number: usize) -> &Append<E, Gate> {
        match (number.checked_sub(1), self.others.get()) {
            (Some(number), Some(others)) => &others[number].0,
            _ => &self.first,
        }
    }

    /// The entry at a position, or `None` if it is not there yet.
    #[inline]
    pub(crate) fn get(&self, position: usize) -> Option<&E> {
        self.list(position >> INDEX_BITS).get(position & ((1 << INDEX_BITS) - 1))
    }

    /// All entries: of a frozen history all, and of any those that the caller knows of.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &E> {
        // What the caller knows may be told by an index or a bit before it is in the list.
        self.settle();
        self.lists().flat_map(|list| (0..).map_while(|index| list.get(index)))
    }

    /// The entries, from the owner.
    pub(crate) fn into_entries(self) -> impl Iterator<Item = E> {
        let others = self.others.into_inner().into_iter().flatten();
        iter::once(self.first).chain(others.map(|Aligned(list)| list)).flat_map(Append::into_entries)
    }

    /// Makes a waiter stand in the list for this hash. Who looks for the entry after this call either finds it, or will be woken.
    pub(crate) fn register(&self, hash: u64, registration: &mut Registration) {
        // Cloned before the lock is taken: a waker is code of the executor.
        let Some(waker) = registration.waker() else { return };
        let waiters = Arc::clone(self.waiters.get_or_init(Arc::default));
        let place = waiters.add(waker, hash, || self.state.watch());
        registration.stands_in(waiters, Some(place));
        self.settle();
    }

    /// Forbids new entries. After this call none enters, and all that entered are in the lists.
    pub(crate) fn freeze(&self) {
        let _ = self.state.freeze();
        self.settle();
        if let Some(waiters) = self.waiters.get() {
            waiters.wake_all();
        }
    }

    /// Rings `bell` for each entry that is not in a list when this call returns.
    pub(crate) fn follow(&self, bell: Arc<dyn Doorbell>) {
        let mut followers = lock(&self.followers);
        let moved = followers.add(bell);
        let mut old = Vec::new();
        self.pass(|gate| {
            if let Some(bells) = &moved {
                old.push(gate.bells.replace(Arc::new(Arc::clone(bells))));
            }
        });
        drop(followers);
        // The bells that nobody holds go with it; a bell may be a user's, so that comes after the unlock.
        drop(old);
    }

    /// Returns when every entry of which an index or a bit told before is there: that was under a lane's lock, which is let go only
    /// when the entry is there.
    pub(crate) fn settle(&self) {
        self.pass(|_| {});
    }

    /// Passes through the locks of all lanes.
    fn pass(&self, mut at: impl FnMut(&mut Gate)) {
        self.lists().for_each(|list| at(&mut list.lock()));
    }

    /// Whether the writers of a lane may add rows to the index.
    #[cold]
    pub(crate) fn has_room(&self, number: usize) -> bool {
        self.list(number).lock().n_room > 0
    }

    /// Lets the writers of a lane add so many more rows.
    #[cold]
    pub(crate) fn give_room(&self, number: usize, n: usize) {
        self.list(number).lock().n_room += n;
    }

    /// Calls `act` under the locks of all lanes, told how many rows may still be added, which then may not: the room is given anew.
    #[cold]
    pub(crate) fn stop_all<R>(&self, act: impl FnOnce(usize) -> R) -> R {
        // Always in this order, and whoever holds one alone waits for no other.
        let mut gates: Vec<_> = self.lists().map(Append::lock).collect();
        act(gates.iter_mut().map(|gate| std::mem::take(&mut gate.n_room)).sum())
    }

    /// Opens the other lanes; under the lock of the first.
    #[cold]
    fn open(&self, first: &Gate) {
        self.others.get_or_init(|| {
            let gate = || Gate {
                n_room: 0,
                bells: first.bells.as_ref().map(|bells| Arc::new(Arc::clone(&**bells))),
            };
            (0..n_others()).map(|_| Aligned(Append::new(gate()))).collect()
        });
    }

    #[cold]
    fn wake(&self, hash: u64) {
        if let Some(waiters) = self.waiters.get() {
            waiters.take(hash, || self.state.unwatch()).wake();
        }
    }

    #[cfg(test)]
    pub(crate) fn n_bells(&self) -> usize {
        lock(&self.followers).len()
    }

    #[cfg(test)]
    pub(crate) fn n_waiters(&self) -> usize {
        self.waiters.get().map_or(0, |waiters| waiters.len())
    }
}

impl<'a, E> Lane<'a, E> {
    pub(crate) fn number(&self) -> usize {
        self.number
    }

    pub(crate) fn gate(&mut self) -> &mut Gate {
        &mut self.list
    }

    /// The position of the next entry.
    ///
    /// # Panics
    ///
    /// If the lane has 2³¹ entries.
    #[inline]
    pub(crate) fn next(&mut self) -> usize {
        let index = self.list.next();
        assert!(index >> INDEX_BITS == 0, "a lane is full");
        self.number << INDEX_BITS | index
    }

    /// Lets an entry in, and tells of it, unlocked, whoever waits for it by `hash`, or follows. `state` was read under the lock.
    #[inline]
    pub(crate) fn push(mut self, entry: E, hash: u64, state: Snapshot) -> &'a E {
        let entry = self.append(entry);
        self.tell(state, [hash]);
        entry
    }

    /// Lets an entry in, of which [`tell`](Self::tell) is to tell.
    #[inline]
    pub(crate) fn append(&mut self, entry: E) -> &'a E {
        let entry = self.list.push(entry);
        if self.number == 0 && self.list.len() == N_ALONE {
            self.lanes.open(&self.list);
        }
        entry
    }

    /// Unlocks, and tells of the entries that were appended, once for all, those who follow, and who waits by one of `hashes`.
    /// `state` was read under the lock.
    #[inline]
    pub(crate) fn tell(self, state: Snapshot, hashes: impl IntoIterator<Item = u64>) {
        let bells = self.list.bells.clone();
        drop(self.list);
        if let Some(bells) = bells {
            handlers::ring(&bells);
        }
        // Last, since a waker may panic.
        if state.is_watched() {
            wake::each(hashes, |hash| self.lanes.wake(hash));
        }
    }
}

/// How many lanes a large history has beside the first, a power of two: more than there are threads at a time, mostly.
fn n_others() -> usize {
    (2 * n_cores()).next_power_of_two().clamp(2, MAX_LANES - 1)
}
