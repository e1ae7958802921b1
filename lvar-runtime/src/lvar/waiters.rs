//! Who is blocked on a leaf: the lists that leaves keep of the reads that wait, and where a read stands in them.
//!
//! A read that is below its threshold stands in the list of each leaf that the answer hangs on, with its waker and the point that it waits
//! for there. Whoever takes it out of a list wakes it, so a read that stands no longer where it stood is due. What is proved here is that
//! the lists and the reads agree whatever the threads do; that a registration cannot miss a put is the handshake of each kind (see
//! `README.md`, "No lost wake-up").
//!
//! Points that are values of the user's are compared and dropped outside the lock. A put therefore takes these points out, tests them, and
//! puts back those that still wait; the wakers stay in the list meanwhile:
//!
//! 1. Whoever notifies takes the lock. If another thread has the points out, it leaves word ([`List::missed`]) and goes.
//! 2. Otherwise it takes the points out, says so ([`List::is_out`]), unlocks, and tests.
//! 3. It locks again, takes out the wakers of those who are due, and puts back the points of those who still wait and have not gone. If word
//!    was left meanwhile, the state may have grown after the test: back to 2. If not, it is done.

use std::{mem, sync::Arc, task::Waker};

use crate::{
    lvar::{
        sleepers::{Due, Place, Sleepers},
        wake,
    },
    sync::{Mutex, lock},
};

/// A list in which reads stand.
pub(crate) trait Registered: Send + Sync {
    /// Goes on sleeping at a place, to be woken by `waker` from now on.
    fn sleep_on(&self, place: Place, waker: &Waker) -> Sleep;

    /// Takes a read that is gone out of its place, if it still stands there.
    fn take_out(&self, place: Place);
}

/// What became of an attempt to go on sleeping.
#[derive(Debug, PartialEq, Eq)]
#[must_use = "a read that is due has to look again"]
pub(crate) enum Sleep {
    /// Nothing has happened since the read last looked.
    Asleep,
    /// Something has: look again.
    Due,
}

/// The places where a read stands. Dropping it takes the read out of all of them.
#[derive(Default)]
pub(crate) struct Registration {
    /// By what the read is to be woken, while it looks for places to stand.
    waker: Option<Waker>,
    places: Places,
    /// Most reads hang on one leaf.
    first: Option<Stand>,
    others: Option<Box<Others>>,
    /// There is a place where nobody would wake the read.
    is_missed: bool,
}

type Stand = (Arc<dyn Registered>, Place);

/// The other places where a read stands.
#[derive(Default)]
struct Others {
    stands: Vec<Stand>,
}

/// In how many places a read may come to stand.
#[derive(Clone, Copy, Default)]
pub(crate) enum Places {
    /// To copy a waker is dear, and most reads hang on one leaf: it gets the one that there is.
    #[default]
    One,
    Many,
}

impl Registration {
    /// The read looks for places to stand, to be woken there by this. Those where it stood before, it leaves.
    #[inline]
    pub(crate) fn begin(&mut self, waker: &Waker, places: Places) {
        self.leave();
        self.is_missed = false;
        self.waker = Some(waker.clone());
        self.places = places;
    }

    /// By what the read is to be woken in one more place. If there is nothing, it must look again, for many places.
    #[inline]
    pub(crate) fn waker(&mut self) -> Option<Waker> {
        let waker = match self.places {
            Places::One => self.waker.take(),
            Places::Many => self.waker.clone(),
        };
        self.is_missed |= waker.is_none();
        waker
    }

    /// Takes note that the read now stands in `list`; but nowhere if the point had been reached there before, and so it must look again.
    #[inline]
    pub(crate) fn stands_in(&mut self, list: Arc<dyn Registered>, place: Option<Place>) {
        match place {
            None => self.is_missed = true,
            Some(place) if self.first.is_none() => self.first = Some((list, place)),
            Some(place) => self.others.get_or_insert_default().stands.push((list, place)),
        }
    }

    /// The read has found its places. Whether it is woken when it has to look again.
    #[inline]
    pub(crate) fn can_sleep(&mut self) -> bool {
        self.waker = None;
        !self.is_missed
    }

    /// Whether the read has not been woken where it stands; then it is woken by `waker` from now on. If not, it stands nowhere afterwards.
    #[inline]
    pub(crate) fn sleeps_on(&mut self, waker: &Waker) -> bool {
        let Some((list, place)) = &self.first else { return false };
        if list.sleep_on(*place, waker) == Sleep::Due {
            // Who woke it has taken it out there.
            self.first = None;
            self.leave_others();
            return false;
        }
        let mut others = self.others.iter().flat_map(|others| &others.stands);
        let sleeps = others.all(|(list, place)| list.sleep_on(*place, waker) == Sleep::Asleep);
        if !sleeps {
            self.leave();
        }
        sleeps
    }

    /// Takes the read out of all its places.
    #[inline]
    pub(crate) fn leave(&mut self) {
        if let Some((list, place)) = self.first.take() {
            list.take_out(place);
            self.leave_others();
        }
    }

    fn leave_others(&mut self) {
        if let Some(others) = self.others.take() {
            others.stands.into_iter().for_each(|(list, place)| list.take_out(place));
        }
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.leave();
    }
}

/// [`Registered::sleep_on`], for a list that has its sleepers under a lock.
pub(crate) fn sleep_on<L>(
    list: &Mutex<L>,
    sleepers: impl Fn(&mut L) -> &mut Sleepers,
    place: Place,
    waker: &Waker,
) -> Sleep {
    match sleepers(&mut lock(list)).at(place) {
        None => return Sleep::Due,
        Some(asleep) if asleep.will_wake(waker) => return Sleep::Asleep,
        Some(_) => {}
    }
    // Cloned and dropped outside the lock: a waker is code of the executor.
    let mut other = waker.clone();
    let mut locked = lock(list);
    // Who has taken the waker is waking; who takes it later takes the new one.
    let sleep = match sleepers(&mut locked).at(place) {
        None => Sleep::Due,
        Some(asleep) => {
            mem::swap(asleep, &mut other);
            Sleep::Asleep
        }
    };
    drop(locked);
    sleep
}

/// The waiters of one leaf, each with the point that it waits for.
pub(crate) trait Waiters: Registered + Default {
    /// What is waited for.
    type Point;

    /// Adds a waiter, and `watched` makes that visible to puts, under the lock; unless its point was reached before.
    fn add(&self, waker: Waker, point: Self::Point, watched: impl FnOnce()) -> Option<Place>;

    /// Calls `act` under the lock.
    fn locked(&self, act: impl FnOnce());

    /// Wakes everybody; `unwatched` is called, under the lock, if nobody is there.
    fn wake_all(&self, unwatched: impl Fn());

    #[cfg(test)]
    fn len(&self) -> usize;
}

/// The waiters of a leaf whose points are compared by code of the user's.
pub(crate) struct WaitList<P> {
    list: Mutex<List<P>>,
}

struct List<P> {
    sleepers: Sleepers,
    /// What they wait for, and perhaps what those did who are gone: they are swept out once they may be the majority, so that to go costs no
    /// search, and an abandoned list ends empty.
    points: Vec<(Place, P)>,
    n_gone: usize,
    /// A notifier has the points that were here, and will look again.
    is_out: bool,
    /// The state may have grown since that notifier tested.
    missed: bool,
}

/// The most places that a list keeps for nothing: what many waiters have used is given back.
const N_SPARE: usize = 16;

impl<P> List<P> {
    /// Takes the points out whose reads are gone, if these may be the majority.
    #[must_use = "points are the user's: drop them after unlocking"]
    fn sweep(&mut self) -> Vec<(Place, P)> {
        if self.is_out || self.n_gone * 2 <= self.points.len() {
            return Vec::new();
        }
        self.n_gone = 0;
        let gone = self.points.extract_if(.., |(place, _)| self.sleepers.at(*place).is_none()).collect();
        let (n, n_places) = (self.points.len(), self.points.capacity());
        if n_places > N_SPARE && n < n_places / 4 {
            self.points.shrink_to((2 * n).max(N_SPARE));
        }
        gone
    }
}

impl<P> Default for WaitList<P> {
    fn default() -> Self {
        let list = List {
            sleepers: Sleepers::default(),
            points: Vec::new(),
            n_gone: 0,
            is_out: false,
            missed: false,
        };
        Self { list: Mutex::new(list) }
    }
}

impl<P: Send + Sync> Waiters for WaitList<P> {
    type Point = P;

    fn add(&self, waker: Waker, point: P, watched: impl FnOnce()) -> Option<Place> {
        let mut list = lock(&self.list);
        let place = list.sleepers.add(0, waker);
        list.points.push((place, point));
        watched();
        Some(place)
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
        lock(&self.list).points.len()
    }
}

impl<P> WaitList<P> {
    /// Wakes the waiters whose point `is_due`; `unwatched` is called, under the lock, if nobody is there.
    pub(crate) fn notify(&self, is_due: impl Fn(&P) -> bool, unwatched: impl Fn()) {
        while let Some(mut out) = self.take_points(&unwatched) {
            out.test(&is_due);
            match out.settle() {
                Settled::Done => break,
                Settled::Missed => {}
            }
        }
    }

    /// The points to test, unless there are none or another notifier has them and will look again.
    fn take_points(&self, unwatched: impl Fn()) -> Option<Out<'_, P>> {
        let mut list = lock(&self.list);
        if list.is_out {
            list.missed = true;
            return None;
        }
        if list.points.is_empty() {
            unwatched();
            return None;
        }
        list.is_out = true;
        Some(Out { home: self, waiting: mem::take(&mut list.points), due: Vec::new(), is_settled: false })
    }
}

impl<P: Send + Sync> Registered for WaitList<P> {
    fn sleep_on(&self, place: Place, waker: &Waker) -> Sleep {
        sleep_on(&self.list, |list| &mut list.sleepers, place, waker)
    }

    fn take_out(&self, place: Place) {
        let mut list = lock(&self.list);
        let Some(waker) = list.sleepers.take(place) else { return };
        list.n_gone += 1;
        let gone = list.sweep();
        drop(list);
        drop((waker, gone));
    }
}

/// The points of a list while they are tested. If a test panics, everybody is woken and looks for himself.
struct Out<'a, P> {
    home: &'a WaitList<P>,
    waiting: Vec<(Place, P)>,
    due: Vec<(Place, P)>,
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
    fn settle(mut self) -> Settled {
        let mut list = lock(&self.home.list);
        let due = list.sleepers.take_each(self.due.iter().map(|(place, _)| *place));
        list.points.append(&mut self.waiting);
        list.is_out = false;
        let gone = list.sweep();
        let missed = mem::take(&mut list.missed);
        drop(list);
        self.is_settled = true;
        due.wake();
        drop(gone);
        if missed { Settled::Missed } else { Settled::Done }
    }
}

impl<P> Drop for Out<'_, P> {
    fn drop(&mut self) {
        if self.is_settled {
            return;
        }
        let mut list = lock(&self.home.list);
        let due = list.sleepers.take_up_to(u64::MAX);
        let points = mem::take(&mut list.points);
        list.is_out = false;
        list.missed = false;
        drop(list);
        // It may unwind already, which a waker that panics as well must not meet.
        wake::each([due], Due::wake);
        drop(points);
    }
}

/// The waiters for keys that are absent from a set or a map, by the hash of the key.
///
/// There is no test: whoever enters a row with this hash wakes all of them, and two keys with one hash only cause a look in vain.
#[derive(Default)]
pub(crate) struct KeyWaiters {
    by_hash: Mutex<Sleepers>,
}

impl KeyWaiters {
    /// Adds a waiter; `watched` makes that visible to writers, under the lock.
    pub(crate) fn add(&self, waker: Waker, hash: u64, watched: impl FnOnce()) -> Place {
        let mut by_hash = lock(&self.by_hash);
        let place = by_hash.add(hash, waker);
        watched();
        place
    }

    /// The waiters for this hash, to be woken outside of all locks; `unwatched` is called, under the lock, if none is left.
    pub(crate) fn take(&self, hash: u64, unwatched: impl FnOnce()) -> Due {
        let mut by_hash = lock(&self.by_hash);
        let due = by_hash.take_at(hash);
        if by_hash.is_empty() {
            unwatched();
        }
        due
    }

    /// Wakes everybody.
    pub(crate) fn wake_all(&self) {
        let due = lock(&self.by_hash).take_up_to(u64::MAX);
        due.wake();
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        lock(&self.by_hash).len()
    }
}

impl Registered for KeyWaiters {
    fn sleep_on(&self, place: Place, waker: &Waker) -> Sleep {
        sleep_on(&self.by_hash, |sleepers| sleepers, place, waker)
    }

    fn take_out(&self, place: Place) {
        // The guard is gone before the waker is dropped.
        let waker = lock(&self.by_hash).take(place);
        drop(waker);
    }
}

#[cfg(test)]
mod tests {
    use std::{
        panic::{AssertUnwindSafe, catch_unwind},
        sync::atomic::{AtomicUsize, Ordering::Relaxed},
        task::Wake,
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
        let list = WaitList::default();
        let calls = Arc::new(Calls::default());
        let add = |point| _ = list.add(Waker::from(Arc::clone(&calls)), point, || {});
        (0..3).for_each(add);
        let panics = |point: &i32| if *point == 1 { panic!("no order") } else { false };
        catch_unwind(AssertUnwindSafe(|| list.notify(panics, || {}))).unwrap_err();
        assert_eq!((calls.0.load(Relaxed), list.len()), (3, 0));

        add(4);
        list.notify(|_| true, || {});
        assert_eq!((calls.0.load(Relaxed), list.len()), (4, 0));
    }

    #[test]
    fn a_list_in_which_nobody_is_found_is_no_longer_watched() {
        let list = WaitList::default();
        let is_watched = std::cell::Cell::new(true);
        list.add(Waker::noop().clone(), 1, || {}).unwrap();
        list.notify(|_| false, || is_watched.set(false));
        assert!(is_watched.get(), "somebody waits still");
        list.notify(|_| true, || is_watched.set(false));
        assert!(is_watched.get(), "somebody was there");
        list.notify(|_| true, || is_watched.set(false));
        assert!(!is_watched.get());
    }

    #[test]
    fn who_was_woken_is_due() {
        let list = WaitList::default();
        let [woken, left] = [1, 2].map(|point| list.add(Waker::noop().clone(), point, || {}).unwrap());
        list.notify(|point| *point == 1, || {});
        assert_eq!(list.sleep_on(woken, Waker::noop()), Sleep::Due);
        assert_eq!(list.sleep_on(left, Waker::noop()), Sleep::Asleep);
    }

    /// A read is moved to another task before it is woken.
    #[test]
    fn the_last_waker_is_woken() {
        let list = WaitList::default();
        let [first, last] = [(); 2].map(|()| Arc::new(Calls::default()));
        let place = list.add(Waker::from(Arc::clone(&first)), 1, || {}).unwrap();
        assert_eq!(list.sleep_on(place, &Waker::from(Arc::clone(&last))), Sleep::Asleep);
        list.notify(|_| true, || {});
        assert_eq!((first.0.load(Relaxed), last.0.load(Relaxed)), (0, 1));
    }
}
