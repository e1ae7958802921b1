//! Models of a second closure that was offered: it is called once, its answer comes back, and nobody overlooks what it began.

use std::sync::Arc;

use loom::thread;

use crate::{
    par::{branch::half::Half, loom_models::model, sleep::Sleep, tally::Seat, work::Work},
    sync::{
        AtomicBool, AtomicUsize,
        Ordering::{Acquire, Relaxed},
    },
};

/// A join on worker 0 that has offered its second closure, and worker 1.
struct Offer {
    half: Half<fn() -> u32, u32>,
    /// The job, found by a plain look, as in a deque.
    is_queued: AtomicBool,
    sleep: Sleep,
    n_calls: AtomicUsize,
}

impl Offer {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            half: Half::new(|| 7),
            is_queued: AtomicBool::new(true),
            sleep: Sleep::new(2),
            n_calls: AtomicUsize::new(0),
        })
    }

    fn call(&self, closure: fn() -> u32) -> u32 {
        // Relaxed: only counted.
        self.n_calls.fetch_add(1, Relaxed);
        closure()
    }

    /// As `Offered::run`, on worker 1.
    fn steal_and_run(&self) {
        // Acquire: as in a deque.
        if self.is_queued.swap(false, Acquire)
            && let Some(closure) = self.half.take()
        {
            self.half.call(|| self.call(closure));
            self.sleep.wake(0);
        }
    }

    /// As `Branch::get_back`, with `wait` for what a worker does that finds nothing else to do.
    fn get_back(&self, wait: impl FnOnce(&Self)) -> u32 {
        match self.half.take() {
            Some(closure) => self.call(closure),
            None => {
                wait(self);
                self.half.answer().unwrap()
            }
        }
    }
}

fn offered(wait: fn(&Offer)) {
    let offer = Offer::new();
    let thief = {
        let offer = Arc::clone(&offer);
        thread::spawn(move || offer.steal_and_run())
    };
    assert_eq!(offer.get_back(wait), 7);
    thief.join().unwrap();
    // Relaxed: the thread is joined.
    assert_eq!(offer.n_calls.load(Relaxed), 1);
}

#[test]
fn who_waits_among_the_sleepers_for_a_second_closure_is_woken() {
    model(3, || {
        offered(|Offer { half, sleep, .. }| {
            // As `worker::next`.
            while !half.is_done() {
                sleep.prepare(0);
                if half.is_done() {
                    sleep.cancel(0);
                } else {
                    sleep.wait(0);
                }
            }
        });
    });
}

#[test]
fn who_waits_for_nothing_but_a_second_closure_is_woken() {
    model(3, || offered(|offer| offer.half.wait_until_done()));
}

#[test]
fn a_job_that_a_second_closure_began_is_not_overlooked() {
    model(2, || {
        // The main task, which the new `Work` counts, has joined, and worker 1 has taken the second closure.
        let (work, half) = (Arc::new(Work::new(2)), Arc::new(Half::<(), ()>::new(())));
        let is_done = Arc::new(AtomicBool::new(false));
        assert!(half.take().is_some());
        let thief = {
            let (work, half, is_done) = (Arc::clone(&work), Arc::clone(&half), Arc::clone(&is_done));
            thread::spawn(move || {
                let seat = Seat::of(1);
                half.call(|| assert!(work.admit(Some(&seat)), "the job that joins is outstanding"));
                // The job that was begun. Relaxed: only the tallies may make it seen.
                is_done.store(true, Relaxed);
                work.finish(&seat);
            })
        };
        // Not this thread: the checker would not try its look again after a count that loads before it stores.
        let looks = {
            let (work, is_done) = (Arc::clone(&work), Arc::clone(&is_done));
            thread::spawn(move || {
                if work.is_over_if_done(|| true) {
                    // Relaxed: as above.
                    assert!(is_done.load(Relaxed), "the run is over, but a job is not");
                }
            })
        };
        half.wait_until_done();
        work.finish(&Seat::of(0));
        looks.join().unwrap();
        thief.join().unwrap();
        assert!(work.is_over_if_done(|| true));
    });
}
