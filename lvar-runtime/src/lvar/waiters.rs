//! Who is blocked on a leaf: the waiters, and the lists that leaves keep of them.
//!
//! A read that is below its threshold has one [`Waiter`], which stands in the list of each leaf that the answer hangs on, beside the
//! point that it waits for there. What is proved here is that the lists and the waiters agree whatever the threads do; that a
//! registration cannot miss a put is the handshake of each kind (see `README.md`, "No lost wake-up").
//!
//! Points are values of the user's, so they are compared and dropped outside the lock. A put therefore takes the entries out, tests
//! them, and puts back those that still wait:
//!
//! 1. Whoever notifies takes the lock. If another thread has the entries out, it leaves word ([`List::missed`]) and goes.
//! 2. Otherwise it takes the entries out, says so ([`List::is_out`]), unlocks, and tests.
//! 3. It locks again and puts back the entries that still wait and were not cancelled. If word was left meanwhile, the state may have
//!    grown after the test: back to 2. If not, it is done.
//!
//! Cancelling marks before it looks for the entry: either the entry is in the list and goes, or a notifier has it out and
//! sees the mark, through the lock, when it puts it back.

use std::{
    collections::HashMap,
    mem,
    sync::Arc,
    task::{Wake, Waker},
};

use crate::sync::{AtomicU8, Mutex, Ordering, lock, thread};

/// A read that waits: how to wake it, and whether it still wants to be.
pub(crate) struct Waiter {
    stage: AtomicU8,
    /// Whom to wake; nobody once it is due or cancelled.
    waker: Mutex<Option<Waker>>,
}

/// Something that the read waits for has happened; it has been, or is being, woken.
const DUE: u8 = 1;
/// The read is gone.
const CANCELLED: u8 = 2;

/// What became of an attempt to go on sleeping.
#[must_use = "a read that is due has to look again"]
pub(crate) enum Sleep {
    /// Nothing has happened since the read last looked.
    Asleep,
    /// Something has: look again.
    Due,
}

impl Waiter {
    pub(crate) fn new(waker: Waker) -> Arc<Self> {
        Arc::new(Self { stage: AtomicU8::new(0), waker: Mutex::new(Some(waker)) })
    }

    /// Goes on sleeping, to be woken by `waker` from now on.
    pub(crate) fn sleep_on(&self, waker: &Waker) -> Sleep {
        // Acquire: pairs with the Release in `wake`.
        if self.stage.load(Ordering::Acquire) & DUE != 0 {
            return Sleep::Due;
        }
        if lock(&self.waker).as_ref().is_some_and(|asleep| asleep.will_wake(waker)) {
            return Sleep::Asleep;
        }
        // Cloned and dropped outside the lock: a waker is code of the executor.
        let mut other = Some(waker.clone());
        let mut asleep = lock(&self.waker);
        // Who has taken the waker is waking; who takes it later takes the new one.
        let sleep = if asleep.is_some() {
            mem::swap(&mut *asleep, &mut other);
            Sleep::Asleep
        } else {
            Sleep::Due
        };
        drop(asleep);
        sleep
    }

    /// Makes the read due and wakes it, once.
    pub(crate) fn wake(&self) {
        // Release: pairs with the Acquire in `sleep_on` and in `Registration::drop`: who sees it due has no entry left in the list
        // from which it was woken.
        self.stage.fetch_or(DUE, Ordering::Release);
        let waker = lock(&self.waker).take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    pub(super) fn is_cancelled(&self) -> bool {
        // Relaxed: ordered by the lock of the list, see the head of this file.
        self.stage.load(Ordering::Relaxed) & CANCELLED != 0
    }
}

/// The places where a waiter stands. Dropping it takes the waiter out of all of them.
pub(crate) struct Registration {
    waiter: Arc<Waiter>,
    /// Most reads hang on one leaf.
    first: Option<Stand>,
    others: Vec<Stand>,
}

/// A list, and what the waiter was registered with.
type Stand = (Arc<dyn Registered>, u64);

/// A list that a waiter can be taken out of again.
pub(crate) trait Registered: Send + Sync {
    /// Takes out a waiter that is marked as cancelled; `token` is what it was registered with.
    fn take_out(&self, token: u64);
}

impl Registration {
    pub(crate) fn new(waker: Waker) -> Self {
        Self { waiter: Waiter::new(waker), first: None, others: Vec::new() }
    }

    pub(crate) fn waiter(&self) -> &Arc<Waiter> {
        &self.waiter
    }

    /// Takes note that the waiter now stands in `list`.
    pub(crate) fn stands_in(&mut self, list: Arc<dyn Registered>, token: u64) {
        if self.first.is_none() {
            self.first = Some((list, token));
        } else {
            self.others.push((list, token));
        }
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        // Acquire: pairs with the Release in `Waiter::wake`. That it is cancelled is made visible by the locks of the lists below,
        // see the head of this file.
        let stage = self.waiter.stage.fetch_or(CANCELLED, Ordering::Acquire);
        if stage & DUE != 0 && self.others.is_empty() {
            // Its only entry was taken out by who woke it.
            return;
        }
        // The waker goes now: a list may keep what is left of the waiter for a while.
        let waker = lock(&self.waiter.waker).take();
        drop(waker);
        for (list, token) in self.first.take().into_iter().chain(self.others.drain(..)) {
            list.take_out(token);
        }
    }
}

/// The most places that a list keeps for nothing: what many waiters have used is given back.
const N_SPARE: usize = 16;

/// To how many places a list with so many entries is to shrink, if it is.
pub(super) fn shrunk(n_entries: usize, n_places: usize) -> Option<usize> {
    (n_places > N_SPARE && n_entries < n_places / 4).then_some((2 * n_entries).max(N_SPARE))
}

/// Waiters, each with its point. Those that were cancelled are swept out once they are the majority, so that to cancel one costs no
/// search, and an abandoned list ends empty.
pub(crate) struct Entries<P> {
    entries: Vec<Entry<P>>,
    n_cancelled: usize,
}

pub(crate) type Entry<P> = (Arc<Waiter>, P);

impl<P> Entries<P> {
    pub(crate) const fn new() -> Self {
        Self { entries: Vec::new(), n_cancelled: 0 }
    }

    pub(crate) fn push(&mut self, waiter: Arc<Waiter>, point: P) {
        self.entries.push((waiter, point));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Takes all out.
    pub(crate) fn take(&mut self) -> Vec<Entry<P>> {
        self.n_cancelled = 0;
        mem::take(&mut self.entries)
    }

    /// Counts a waiter as cancelled and answers the entries that are to be dropped, outside the lock.
    #[must_use = "points are the user's: drop them after unlocking"]
    pub(crate) fn cancel_one(&mut self) -> Vec<Entry<P>> {
        self.n_cancelled += 1;
        if self.n_cancelled * 2 <= self.entries.len() {
            return Vec::new();
        }
        self.n_cancelled = 0;
        let cancelled = self.entries.extract_if(.., |(waiter, _)| waiter.is_cancelled()).collect();
        self.shrink();
        cancelled
    }

    fn shrink(&mut self) {
        if let Some(n) = shrunk(self.entries.len(), self.entries.capacity()) {
            self.entries.shrink_to(n);
        }
    }

    /// Puts back entries that were taken out, and answers those that were cancelled meanwhile.
    #[must_use = "points are the user's: drop them after unlocking"]
    fn put_back(&mut self, mut entries: Vec<Entry<P>>) -> Vec<Entry<P>> {
        let cancelled = entries.extract_if(.., |(waiter, _)| waiter.is_cancelled()).collect();
        if self.entries.is_empty() {
            self.entries = entries;
        } else {
            self.entries.extend(entries);
        }
        self.shrink();
        cancelled
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

/// The waiters of one leaf, each with the point that it waits for.
pub(crate) trait Waiters: Registered + Sized {
    /// What is waited for.
    type Point;

    /// An empty list.
    fn new() -> Self;

    /// Adds a waiter; `watched` makes that visible to puts, under the lock.
    fn add(&self, waiter: Arc<Waiter>, point: Self::Point, watched: impl FnOnce());

    /// Calls `act` under the lock.
    fn locked(&self, act: impl FnOnce());

    /// Wakes everybody; `unwatched` is called, under the lock, when none is left.
    fn wake_all(&self, unwatched: impl Fn());

    #[cfg(test)]
    fn len(&self) -> usize;
}

/// The waiters of a leaf whose points are compared by code of the user's.
pub(crate) struct WaitList<P> {
    list: Mutex<List<P>>,
}

struct List<P> {
    entries: Entries<P>,
    /// A notifier has the entries that were here, and will look again.
    is_out: bool,
    /// The state may have grown since that notifier tested.
    missed: bool,
}

impl<P: Send + Sync> Waiters for WaitList<P> {
    type Point = P;

    fn new() -> Self {
        Self { list: Mutex::new(List { entries: Entries::new(), is_out: false, missed: false }) }
    }

    fn add(&self, waiter: Arc<Waiter>, point: P, watched: impl FnOnce()) {
        let mut list = lock(&self.list);
        list.entries.push(waiter, point);
        watched();
    }

    fn locked(&self, act: impl FnOnce()) {
        let list = lock(&self.list);
        act();
        drop(list);
    }

    fn wake_all(&self, unwatched: impl Fn()) {
        self.notify(|_| true, unwatched);
    }

    #[cfg(test)]
    fn len(&self) -> usize {
        lock(&self.list).entries.len()
    }
}

impl<P> WaitList<P> {
    /// Wakes the waiters whose point `is_due`; `unwatched` is called, under the lock, when none is left.
    pub(crate) fn notify(&self, is_due: impl Fn(&P) -> bool, unwatched: impl Fn()) {
        while let Some(mut out) = self.take_out(&unwatched) {
            out.test(&is_due);
            match out.settle(&unwatched) {
                Settled::Done => break,
                Settled::Missed => {}
            }
        }
    }

    /// The entries to test, unless there are none or another notifier has them and will look again.
    fn take_out(&self, unwatched: impl Fn()) -> Option<Out<'_, P>> {
        let mut list = lock(&self.list);
        if list.is_out {
            list.missed = true;
            return None;
        }
        if list.entries.is_empty() {
            unwatched();
            return None;
        }
        list.is_out = true;
        Some(Out { home: self, waiting: list.entries.take(), due: Vec::new(), is_settled: false })
    }
}

impl<P: Send + Sync> Registered for WaitList<P> {
    fn take_out(&self, _: u64) {
        // The guard is gone before the entries are dropped.
        let cancelled = lock(&self.list).entries.cancel_one();
        drop(cancelled);
    }
}

/// The entries of a list while they are tested. If a test panics, everybody is woken and looks for himself.
struct Out<'a, P> {
    home: &'a WaitList<P>,
    waiting: Vec<Entry<P>>,
    due: Vec<Entry<P>>,
    is_settled: bool,
}

/// How a round of testing ended.
#[must_use = "a waiter could be missed"]
enum Settled {
    Done,
    /// The state may have grown after the test.
    Missed,
}

impl<P> Out<'_, P> {
    fn test(&mut self, is_due: impl Fn(&P) -> bool) {
        let mut at = 0;
        while at < self.waiting.len() {
            if is_due(&self.waiting[at].1) {
                self.due.push(self.waiting.swap_remove(at));
            } else {
                at += 1;
            }
        }
    }

    /// Puts back who still waits and wakes who is due.
    fn settle(mut self, unwatched: impl Fn()) -> Settled {
        let mut list = lock(&self.home.list);
        let cancelled = list.entries.put_back(mem::take(&mut self.waiting));
        list.is_out = false;
        let missed = mem::take(&mut list.missed);
        if list.entries.is_empty() {
            unwatched();
        }
        drop(list);
        self.is_settled = true;
        drop(cancelled);
        self.due.drain(..).for_each(|(waiter, _)| waiter.wake());
        if missed { Settled::Missed } else { Settled::Done }
    }
}

impl<P> Drop for Out<'_, P> {
    fn drop(&mut self) {
        if self.is_settled {
            return;
        }
        let mut list = lock(&self.home.list);
        let others = list.entries.take();
        list.is_out = false;
        list.missed = false;
        drop(list);
        let due = self.due.drain(..).chain(self.waiting.drain(..)).chain(others);
        due.for_each(|(waiter, _)| waiter.wake());
    }
}

/// The waiters for keys that are absent from a set or a map, by the hash of the key.
///
/// There is no test: whoever enters a row with this hash wakes all of them, and two keys with one hash only cause a look in vain.
#[derive(Default)]
pub(crate) struct KeyWaiters {
    by_hash: Mutex<HashMap<u64, Entries<()>>>,
}

impl KeyWaiters {
    /// Adds a waiter; under the lock of the shard that the hash belongs to.
    pub(crate) fn add(&self, waiter: Arc<Waiter>, hash: u64) {
        lock(&self.by_hash).entry(hash).or_insert_with(Entries::new).push(waiter, ());
    }

    /// The waiters for this hash, to be woken after the shard's lock is released.
    pub(crate) fn take(&self, hash: u64) -> impl Iterator<Item = Arc<Waiter>> + use<> {
        let entries = lock(&self.by_hash).remove(&hash).map(|mut entries| entries.take());
        entries.into_iter().flatten().map(|(waiter, ())| waiter)
    }

    /// Wakes everybody.
    pub(crate) fn wake_all(&self) {
        let by_hash = mem::take(&mut *lock(&self.by_hash));
        for mut entries in by_hash.into_values() {
            entries.take().into_iter().for_each(|(waiter, ())| waiter.wake());
        }
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        lock(&self.by_hash).values().map(Entries::len).sum()
    }
}

impl Registered for KeyWaiters {
    fn take_out(&self, hash: u64) {
        let mut by_hash = lock(&self.by_hash);
        let Some(entries) = by_hash.get_mut(&hash) else { return };
        let cancelled = entries.cancel_one();
        if entries.is_empty() {
            by_hash.remove(&hash);
            if let Some(n) = shrunk(by_hash.len(), by_hash.capacity()) {
                by_hash.shrink_to(n);
            }
        }
        drop(by_hash);
        drop(cancelled);
    }
}

/// Wakes a thread that blocks on a read.
pub(crate) struct Unpark(thread::Thread);

impl Unpark {
    /// A waker for the calling thread.
    pub(crate) fn this_thread() -> Waker {
        Arc::new(Self(thread::current())).into()
    }
}

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

#[cfg(test)]
mod tests {
    use std::{
        panic::{AssertUnwindSafe, catch_unwind},
        sync::atomic::{AtomicUsize, Ordering::Relaxed},
    };

    use super::*;

    #[derive(Default)]
    struct Calls(AtomicUsize);

    impl Wake for Calls {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Relaxed);
        }
    }

    #[test]
    fn a_test_that_panics_wakes_everybody_and_the_list_works_on() {
        let list = WaitList::new();
        let calls = Arc::new(Calls::default());
        let add = |point| list.add(Waiter::new(Waker::from(Arc::clone(&calls))), point, || {});
        (0..3).for_each(add);
        let panics = |point: &i32| if *point == 1 { panic!("no order") } else { false };
        catch_unwind(AssertUnwindSafe(|| list.notify(panics, || {}))).unwrap_err();
        assert_eq!((calls.0.load(Relaxed), list.len()), (3, 0));

        add(4);
        list.notify(|_| true, || {});
        assert_eq!((calls.0.load(Relaxed), list.len()), (4, 0));
    }

    #[test]
    fn an_empty_list_is_no_longer_watched() {
        let list = WaitList::new();
        let is_watched = std::cell::Cell::new(true);
        list.add(Waiter::new(Waker::noop().clone()), 1, || {});
        list.notify(|_| false, || is_watched.set(false));
        assert!(is_watched.get(), "somebody waits still");
        list.notify(|_| true, || is_watched.set(false));
        assert!(!is_watched.get());
    }

    #[test]
    fn a_waiter_is_woken_once() {
        let calls = Arc::new(Calls::default());
        let waiter = Waiter::new(Waker::from(Arc::clone(&calls)));
        waiter.wake();
        waiter.wake();
        assert_eq!(calls.0.load(Relaxed), 1);
        assert!(matches!(waiter.sleep_on(Waker::noop()), Sleep::Due));
    }
}
