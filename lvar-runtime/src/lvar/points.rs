//! Who is blocked on a leaf whose states are in one order, and are words: a heap of waiters with the lowest point on top.
//!
//! A put looks at the waiters that it wakes and at one more, however many wait for higher points. Words are compared by no code of the
//! user's, so that happens under the lock, and nobody ever has the list out:
//!
//! 1. A waiter is pushed, and WATCHED is set, under the lock; then it looks at the value again.
//! 2. Who has raised the value and sees WATCHED takes the lock, reads the value, and pops who waits for no more than that.
//!
//! By the handshake of the kind either the waiter's look sees the value, or the put sees WATCHED; and then the entry, through the lock.

use std::{cmp::Ordering, collections::BinaryHeap, sync::Arc};

use crate::{
    lvar::waiters::{Registered, Waiter, Waiters, shrunk},
    sync::{Mutex, lock},
};

/// The waiters of one leaf.
pub(crate) struct PointList {
    heap: Mutex<Heap>,
}

#[derive(Default)]
struct Heap {
    entries: BinaryHeap<Entry>,
    /// At least as many as there are cancelled entries. They are swept out once they may be the majority, so that to cancel one costs no
    /// search.
    n_cancelled: usize,
}

/// A waiter; the greater, the lower its point.
struct Entry {
    point: u64,
    waiter: Arc<Waiter>,
}

impl PointList {
    /// Wakes the waiters whose point the leaf has reached, which is asked `now`; `unwatched` is called, under the lock, when none is left.
    pub(crate) fn notify(&self, now: impl Fn() -> u64, unwatched: impl Fn()) {
        loop {
            let mut heap = lock(&self.heap);
            let reached = now();
            let due = heap.pop(reached);
            let is_last = heap.entries.peek().is_none_or(|next| next.point > reached);
            heap.shrink();
            if heap.entries.is_empty() {
                unwatched();
            }
            drop(heap);
            if let Some(due) = due {
                due.wake();
            }
            if is_last {
                return;
            }
        }
    }
}

impl Heap {
    /// The lowest waiter, if its point is reached.
    fn pop(&mut self, reached: u64) -> Option<Arc<Waiter>> {
        let entry = self.entries.peek_mut().filter(|lowest| lowest.point <= reached)?;
        Some(std::collections::binary_heap::PeekMut::pop(entry).waiter)
    }

    fn shrink(&mut self) {
        if let Some(n) = shrunk(self.entries.len(), self.entries.capacity()) {
            self.entries.shrink_to(n);
        }
    }
}

impl Waiters for PointList {
    type Point = u64;

    fn new() -> Self {
        Self { heap: Mutex::new(Heap::default()) }
    }

    fn add(&self, waiter: Arc<Waiter>, point: u64, watched: impl FnOnce()) {
        let mut heap = lock(&self.heap);
        heap.entries.push(Entry { point, waiter });
        watched();
    }

    fn locked(&self, act: impl FnOnce()) {
        let heap = lock(&self.heap);
        act();
        drop(heap);
    }

    fn wake_all(&self, unwatched: impl Fn()) {
        self.notify(|| u64::MAX, unwatched);
    }

    #[cfg(test)]
    fn len(&self) -> usize {
        lock(&self.heap).entries.len()
    }
}

impl Registered for PointList {
    // A waiter that is cancelled has no waker any more, so nothing of the user's is dropped here.
    fn take_out(&self, _: u64) {
        let mut heap = lock(&self.heap);
        heap.n_cancelled += 1;
        if heap.n_cancelled * 2 > heap.entries.len() {
            heap.n_cancelled = 0;
            heap.entries.retain(|entry| !entry.waiter.is_cancelled());
            heap.shrink();
        }
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        other.point.cmp(&self.point)
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Entry {}

#[cfg(test)]
#[cfg(not(loom))]
mod tests {
    use std::task::Waker;

    use super::*;
    use crate::lvar::waiters::{Registration, Sleep};

    fn wait(list: &Arc<PointList>, point: u64) -> Registration {
        let mut registration = Registration::new(Waker::noop().clone());
        registration.stands_in(Arc::clone(list) as Arc<dyn Registered>, 0);
        list.add(Arc::clone(registration.waiter()), point, || {});
        registration
    }

    fn is_due(registration: &Registration) -> bool {
        matches!(registration.waiter().sleep_on(Waker::noop()), Sleep::Due)
    }

    #[test]
    fn those_whose_point_is_reached_are_woken_and_no_others() {
        let list = Arc::new(PointList::new());
        let waiting: Vec<_> = [5, 1, 3, 3, 9].map(|point| wait(&list, point)).into();
        let is_watched = std::cell::Cell::new(true);
        list.notify(|| 3, || is_watched.set(false));
        assert_eq!(waiting.iter().map(is_due).collect::<Vec<_>>(), [false, true, true, true, false]);
        assert!(is_watched.get());
        list.notify(|| 9, || is_watched.set(false));
        assert!(waiting.iter().all(is_due) && !is_watched.get());
    }

    #[test]
    fn many_waiters_that_are_gone_leave_no_places_behind() {
        let list = Arc::new(PointList::new());
        let waiting: Vec<_> = (0..10_000).map(|point| wait(&list, point)).collect();
        list.notify(|| 4_999, || {});
        drop(waiting);
        let heap = lock(&list.heap);
        assert!(heap.entries.is_empty() && heap.entries.capacity() < 100, "{}", heap.entries.capacity());
    }
}
