//! Who is blocked on a leaf whose points are numbers, in the order in which they are reached.
//!
//! A put looks at the waiters that it wakes and at one more, however many wait for higher points. Numbers are compared by no code of the
//! user's, so that happens under the lock, and nobody ever has the list out:
//!
//! 1. A waiter is added, and WATCHED is set, under the lock; then it looks at the value again.
//! 2. Who has raised the value and sees WATCHED takes the lock, reads the value, and takes out who waits for no more than that.
//!
//! By the handshake of the kind either the waiter's look sees the value, or the put sees WATCHED; and then the entry, through the lock.
//!
//! How far the value was when somebody last did step 2 is kept, and nobody is added who waits for no more than that. So who waited for no
//! more than that stands there no longer, which a read can see without the lock.

use std::task::Waker;

use crate::{
    lvar::{
        sleepers::{Place, Sleepers},
        waiters::{Registered, Sleep, Waiters, sleep_on},
    },
    sync::{AtomicU64, Mutex, Ordering, lock},
};

/// The waiters of one leaf.
#[derive(Default)]
pub(crate) struct PointList {
    sleepers: Mutex<Sleepers>,
    /// All who waited for no more than this have been taken out; nobody can wait for zero. It changes under the lock.
    reached: AtomicU64,
}

impl PointList {
    /// Wakes the waiters whose point the leaf has reached, which is asked `now`; `unwatched` is called, under the lock, if nobody is there. Not
    /// already when the last one is taken out: who waits for one value after the other would set the bit again each time.
    pub(crate) fn notify(&self, now: impl Fn() -> u64, unwatched: impl Fn()) {
        let mut sleepers = lock(&self.sleepers);
        let reached = now();
        let due = sleepers.take_up_to(reached);
        // Release: pairs with the Acquire in `has_reached`: who sees it sees what was read by `now`. The value only grows, and is read
        // under the lock, so this does too.
        self.reached.store(reached, Ordering::Release);
        if due.is_none() && sleepers.is_empty() {
            unwatched();
        }
        drop(sleepers);
        due.wake();
    }

    /// Whether all who waited for this point have been taken out.
    fn has_reached(&self, point: u64) -> bool {
        // Acquire: pairs with the Release in `notify`.
        self.reached.load(Ordering::Acquire) >= point
    }
}

impl Waiters for PointList {
    type Point = u64;

    fn add(&self, waker: Waker, point: u64, watched: impl FnOnce()) -> Option<Place> {
        let mut sleepers = lock(&self.sleepers);
        if self.has_reached(point) {
            // The guard is gone before the waker is dropped.
            drop(sleepers);
            return None;
        }
        let place = sleepers.add(point, waker);
        watched();
        Some(place)
    }

    fn locked(&self, act: impl FnOnce()) {
        let sleepers = lock(&self.sleepers);
        act();
        drop(sleepers);
    }

    fn wake_all(&self, unwatched: impl Fn()) {
        self.notify(|| u64::MAX, unwatched);
    }

    #[cfg(test)]
    fn len(&self) -> usize {
        lock(&self.sleepers).len()
    }
}

impl Registered for PointList {
    fn sleep_on(&self, place: Place, waker: &Waker) -> Sleep {
        if self.has_reached(place.point) {
            return Sleep::Due;
        }
        sleep_on(&self.sleepers, |sleepers| sleepers, place, waker)
    }

    fn take_out(&self, place: Place) {
        if self.has_reached(place.point) {
            return;
        }
        // The guard is gone before the waker is dropped.
        let waker = lock(&self.sleepers).take(place);
        drop(waker);
    }
}

#[cfg(test)]
#[cfg(not(loom))]
mod tests {
    use super::*;

    fn wait(list: &PointList, point: u64) -> Place {
        list.add(Waker::noop().clone(), point, || {}).unwrap()
    }

    #[test]
    fn those_whose_point_is_reached_are_woken_and_no_others() {
        let list = PointList::default();
        let waiting = [5, 1, 3, 3, 9].map(|point| wait(&list, point));
        let is_due = |place| list.sleep_on(place, Waker::noop()) == Sleep::Due;
        let is_watched = std::cell::Cell::new(true);
        list.notify(|| 3, || is_watched.set(false));
        assert_eq!(waiting.map(is_due), [false, true, true, true, false]);
        assert!(is_watched.get());
        list.notify(|| 9, || is_watched.set(false));
        assert!(waiting.into_iter().all(is_due) && is_watched.get());
        list.notify(|| 10, || is_watched.set(false));
        assert!(!is_watched.get(), "somebody has found that nobody waits any more");
    }

    #[test]
    fn nobody_waits_for_what_was_reached() {
        let list = PointList::default();
        wait(&list, 1);
        list.notify(|| 3, || {});
        assert_eq!(list.add(Waker::noop().clone(), 3, || panic!("it is not watched")), None);
        wait(&list, 4);
    }

    #[test]
    fn those_who_are_gone_leave_nothing_behind() {
        let list = PointList::default();
        let waiting: Vec<_> = (1..10_000).map(|point| wait(&list, point)).collect();
        list.notify(|| 4_999, || {});
        assert_eq!(list.len(), 5_000);
        waiting.into_iter().for_each(|place| list.take_out(place));
        assert_eq!(list.len(), 0);
    }
}
