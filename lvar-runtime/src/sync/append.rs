//! A list that is appended to while others read it.
//!
//! Why `unsafe`: without, each entry is a once-cell: twice the memory for a word, and two more locked instructions to write it.
//!
//! Its entries lie in rooms, each as long as all before it together, and never move. The writer:
//!
//! 1. takes the lock, so it is the only one; the lock guards something of the owner's too;
//! 2. writes the entry behind all that are there, where nobody else looks;
//! 3. counts it.
//!
//! A reader loads the count and looks at what is below it only. What is counted is never written again, until the list is dropped, which takes
//! its owner. The count is on a line that each write takes to the writer's core, so every 64 entries it is told in another place, which is asked
//! first: who reads old entries while others write does not wait for that line.

use std::{
    mem::MaybeUninit,
    ops::{Deref, DerefMut},
};

use super::{AtomicUsize, Mutex, MutexGuard, OnceLock, Ordering, UnsafeCell, lock};

/// The entries of the first room, which is a part of the list.
const N_FIRST: usize = if cfg!(loom) { 2 } else { 8 };
/// The rooms after the first: together they hold more than memory does.
const N_ROOMS: usize = if cfg!(loom) { 1 } else { 40 };
/// After how many entries the count is told.
const N_UNTOLD: usize = if cfg!(loom) { 2 } else { 64 };

type Cell<E> = UnsafeCell<MaybeUninit<E>>;
/// A room that is made when the list has come so far.
type Later<E> = OnceLock<Box<[Cell<E>]>>;

/// The list, and what else its lock guards.
#[repr(C)]
pub(crate) struct Append<E, G> {
    tail: Mutex<Tail<E, G>>,
    /// How many entries there are.
    n: AtomicUsize,
    /// How many there were when that was told.
    n_told: AtomicUsize,
    rest: OnceLock<Box<[Later<E>; N_ROOMS]>>,
    first: [Cell<E>; N_FIRST],
}

// SAFETY: the list owns its entries, and what the lock guards; it is sent with them.
#[expect(unsafe_code, reason = "the compiler cannot know what the count says about a cell")]
unsafe impl<E: Send, G: Send> Send for Append<E, G> {}

// SAFETY: through a shared list entries are moved in, under its lock, which takes `Send`, and shared, below the count, which takes `Sync`. Nothing else
// is reached through a cell.
#[expect(unsafe_code, reason = "the compiler cannot know what the count says about a cell")]
unsafe impl<E: Send + Sync, G: Send> Sync for Append<E, G> {}

/// What the lock guards.
struct Tail<E, G> {
    gate: G,
    /// Where the next entry goes, and how many after it go there, of the room that was made last.
    free: *const Cell<E>,
    n_free: usize,
}

/// The list, locked.
pub(crate) struct Appender<'a, E, G> {
    list: &'a Append<E, G>,
    tail: MutexGuard<'a, Tail<E, G>>,
}

impl<E, G> Append<E, G> {
    pub(crate) fn new(gate: G) -> Self {
        Self {
            tail: Mutex::new(Tail { gate, free: std::ptr::null(), n_free: 0 }),
            n: AtomicUsize::new(0),
            n_told: AtomicUsize::new(0),
            rest: OnceLock::new(),
            first: std::array::from_fn(|_| UnsafeCell::new(MaybeUninit::uninit())),
        }
    }

    #[inline]
    pub(crate) fn lock(&self) -> Appender<'_, E, G> {
        Appender { list: self, tail: lock(&self.tail) }
    }

    /// The entry at a position, or `None` if it is not there yet.
    #[inline]
    #[expect(unsafe_code, reason = "the compiler cannot know what the count says about a cell")]
    pub(crate) fn get(&self, index: usize) -> Option<&E> {
        // Acquire: both pair with the Release in `push`: who sees an entry counted sees it written.
        if index >= self.n_told.load(Ordering::Acquire) && index >= self.n.load(Ordering::Acquire) {
            return None;
        }
        let entry = |cell: *const MaybeUninit<E>| {
            // SAFETY: the entry is counted, so it was written before, and nobody writes there again while the list is shared.
            unsafe { &*cell.cast::<E>() }
        };
        self.cell(index).map(|cell| cell.with(entry))
    }

    /// The cell at a position, if its room has been made.
    #[inline]
    fn cell(&self, index: usize) -> Option<&Cell<E>> {
        if let Some(cell) = self.first.get(index) {
            return Some(cell);
        }
        let (room, n_before) = place(index);
        self.rest.get()?.get(room)?.get()?.get(index - n_before)
    }

    /// The room that begins at a position.
    #[cold]
    fn make(&self, index: usize) -> &[Cell<E>] {
        let (room, n_before) = place(index);
        let rest = self.rest.get_or_init(|| Box::new(std::array::from_fn(|_| OnceLock::new())));
        rest[room].get_or_init(|| (0..n_before).map(|_| UnsafeCell::new(MaybeUninit::uninit())).collect())
    }

    /// The entries, from the owner.
    pub(crate) fn into_entries(self) -> impl Iterator<Item = E> {
        // Relaxed: the owner is alone.
        let n = self.n.load(Ordering::Relaxed);
        // Relaxed: as above. From here on the iterator owns the entries, and the list none.
        self.n.store(0, Ordering::Relaxed);
        IntoEntries { list: self, at: 0, n }
    }

    /// Takes the entry at a position out.
    ///
    /// # Safety
    ///
    /// It is there, and the caller, the only one who has the list, never looks at it again.
    #[expect(unsafe_code, reason = "the compiler cannot know what the count says about a cell")]
    unsafe fn take(&mut self, index: usize) -> E {
        let cell = self.cell(index).expect("an entry has a room");
        // SAFETY: it is written, by this function's contract, and read out once.
        cell.with(|cell| unsafe { cell.cast::<E>().read() })
    }
}

/// In which room after the first a position is, and how many are before that, which are as many as it has.
#[inline]
fn place(index: usize) -> (usize, usize) {
    let room = (index / N_FIRST).ilog2() as usize;
    (room, N_FIRST << room)
}

impl<'a, E, G> Appender<'a, E, G> {
    /// How many entries there are.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        // Relaxed: written under the lock.
        self.list.n.load(Ordering::Relaxed)
    }

    /// The position of the next entry, for which there is room afterwards: [`push`](Self::push) cannot fail.
    #[inline]
    pub(crate) fn next(&mut self) -> usize {
        let index = self.len();
        if index >= N_FIRST && self.tail.n_free == 0 {
            let room = self.list.make(index);
            self.tail.free = room.as_ptr();
            self.tail.n_free = room.len();
        }
        index
    }

    /// The cell of the next entry.
    #[inline]
    #[expect(unsafe_code, reason = "the compiler cannot know what the count says about a cell")]
    fn free(&mut self) -> &'a Cell<E> {
        let index = self.next();
        if let Some(cell) = self.list.first.get(index) {
            return cell;
        }
        let cell = self.tail.free;
        self.tail.n_free -= 1;
        self.tail.free = cell.wrapping_add(1);
        // SAFETY: `n_free` was not zero, so it is a cell of the last room, which lives, and stays, as long as the list.
        unsafe { &*cell }
    }

    /// Appends an entry.
    #[inline]
    #[expect(unsafe_code, reason = "the compiler cannot know what the count says about a cell")]
    pub(crate) fn push(&mut self, entry: E) -> &'a E {
        let cell = self.free();
        // SAFETY: the lock is held, so nobody else writes, and nobody reads what is not counted.
        let write = |cell: *mut MaybeUninit<E>| unsafe { cell.cast::<E>().write(entry) };
        cell.with_mut(write);
        let n = self.len() + 1;
        // Release: pairs with the Acquire in `get`.
        self.list.n.store(n, Ordering::Release);
        if n.is_multiple_of(N_UNTOLD) {
            // Release: as above.
            self.list.n_told.store(n, Ordering::Release);
        }
        // SAFETY: it has just been written, and is counted.
        cell.with(|cell| unsafe { &*cell.cast::<E>() })
    }
}

impl<E, G> Deref for Appender<'_, E, G> {
    type Target = G;

    #[inline]
    fn deref(&self) -> &G {
        &self.tail.gate
    }
}

impl<E, G> DerefMut for Appender<'_, E, G> {
    #[inline]
    fn deref_mut(&mut self) -> &mut G {
        &mut self.tail.gate
    }
}

impl<E, G> Drop for Append<E, G> {
    #[expect(unsafe_code, reason = "the compiler cannot know what the count says about a cell")]
    fn drop(&mut self) {
        // Relaxed: the owner is alone.
        let n = self.n.load(Ordering::Relaxed);
        if std::mem::needs_drop::<E>() {
            // SAFETY: what is counted is there, and each position is taken once.
            (0..n).for_each(|index| drop(unsafe { self.take(index) }));
        }
    }
}

/// The entries from `at` to `n`, which the list no longer counts.
struct IntoEntries<E, G> {
    list: Append<E, G>,
    at: usize,
    n: usize,
}

impl<E, G> Iterator for IntoEntries<E, G> {
    type Item = E;

    #[expect(unsafe_code, reason = "the compiler cannot know what the count says about a cell")]
    fn next(&mut self) -> Option<E> {
        let index = self.at;
        (index < self.n).then(|| {
            self.at += 1;
            // SAFETY: it was counted, so it is there, and each position is taken once.
            unsafe { self.list.take(index) }
        })
    }
}

impl<E, G> Drop for IntoEntries<E, G> {
    fn drop(&mut self) {
        self.for_each(drop);
    }
}

#[cfg(test)]
#[cfg(not(loom))]
mod tests {
    use std::sync::Arc;

    use super::Append;

    #[test]
    fn each_entry_stays_at_its_position() {
        let list = Append::new(());
        assert_eq!(list.get(0), None);
        for entry in 0..1_000 {
            let mut locked = list.lock();
            assert_eq!((locked.next(), locked.push(entry)), (entry, &entry));
            drop(locked);
            assert_eq!((list.get(entry), list.get(entry + 1)), (Some(&entry), None));
        }
        assert!((0..1_000).all(|index| list.get(index) == Some(&index)));
        assert!(list.into_entries().eq(0..1_000));
    }

    #[test]
    fn many_entries_stay_at_their_positions_too() {
        let list = Append::new(());
        let n = 3 << 18;
        (0..n).for_each(|entry| _ = list.lock().push(entry as u64));
        assert!((0..n).all(|index| list.get(index) == Some(&(index as u64))));
    }

    #[test]
    fn each_entry_is_dropped_once() {
        let entry = Arc::new(());
        let filled = || {
            let list = Append::new(());
            (0..100).for_each(|_| _ = list.lock().push(Arc::clone(&entry)));
            list
        };
        drop(filled());
        assert_eq!(Arc::strong_count(&entry), 1);
        let mut taken = filled().into_entries();
        assert!(taken.by_ref().take(30).count() == 30 && Arc::strong_count(&entry) == 71);
        drop(taken);
        assert_eq!(Arc::strong_count(&entry), 1);
    }

    #[test]
    fn entries_without_a_size_are_counted() {
        let list = Append::new(());
        (0..100).for_each(|_| _ = list.lock().push(()));
        assert_eq!((list.get(99), list.get(100)), (Some(&()), None));
    }
}

#[cfg(loom)]
#[cfg(test)]
mod loom_models {
    use std::sync::Arc;

    use loom::thread;

    use super::Append;

    /// Lets each of some writers append so many entries while they are looked for, the last one first: who finds an entry finds all of it, and those
    /// before it, in whichever room they are.
    fn an_entry_that_is_found_is_written<const N: usize>(n_entries: [usize; N]) {
        loom::model(move || {
            let list = Arc::new(Append::new(()));
            let writers = n_entries.map(|n| {
                let list = Arc::clone(&list);
                thread::spawn(move || (0..n).for_each(|_| _ = list.lock().push(Box::new(7))))
            });
            let n: usize = n_entries.iter().sum();
            let n_found =
                (0..n).rev().filter(|index| list.get(*index).is_some_and(|entry| **entry == 7)).count();
            assert!((0..n_found).all(|index| list.get(index).is_some()));
            writers.into_iter().for_each(|writer| writer.join().unwrap());
            assert_eq!((0..=n).filter(|index| list.get(*index).is_some()).count(), n);
        });
    }

    #[test]
    fn an_entry_of_any_room_that_is_found_is_written() {
        an_entry_that_is_found_is_written([3]);
    }

    #[test]
    fn an_entry_of_either_writer_that_is_found_is_written() {
        an_entry_that_is_found_is_written([2, 1]);
    }
}
