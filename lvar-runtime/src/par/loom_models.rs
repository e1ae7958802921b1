//! The scheduler's protocols under every schedule that the model checker can tell apart.
//!
//! Each model runs the product's own type beside the smallest program that could break it. Queues are stood in for by a locked
//! count: the real ones come from a crate that the checker cannot see, and hand over like a lock.

use std::{
    future::Future,
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
};

use loom::thread::{self, JoinHandle};

use crate::{
    par::{
        handler::{Cursor, Pending},
        pool::{PoolCount, Quiescers},
        sleep::Sleep,
        tally::Seat,
        task,
        wake::{Suspended, TaskState},
        work::Work,
    },
    sync::{
        AtomicBool, AtomicUsize, Log, Mutex,
        Ordering::{Acquire, Relaxed, Release, SeqCst},
        fence, lock,
    },
};

/// Runs a model, with at most so many preemptions unless the environment says otherwise: without a bound the larger models take
/// hours, and each mutation that was tried on these protocols is found with two.
pub(super) fn model(n_preemptions: usize, program: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound.get_or_insert(n_preemptions);
    builder.check(program);
}

/// A queue of jobs that are all alike.
#[derive(Default)]
struct Queue(Mutex<usize>);

impl Queue {
    fn push(&self) {
        *lock(&self.0) += 1;
    }

    fn take(&self) -> bool {
        let mut n_jobs = lock(&self.0);
        let is_there = *n_jobs > 0;
        if is_there {
            *n_jobs -= 1;
        }
        is_there
    }
}

fn join(threads: impl IntoIterator<Item = JoinHandle<()>>) {
    for thread in threads {
        thread.join().unwrap();
    }
}

/// Workers that sleep when they find nothing, and a run that is over when its jobs are done.
struct Workers {
    sleep: Sleep,
    work: Work,
    /// Found by a plain look, as in a deque: nothing but the fences of `sleep` makes a job seen, and who takes it sees what came
    /// before it was pushed.
    jobs: AtomicUsize,
}

impl Workers {
    fn new(n_workers: usize) -> Self {
        Self { sleep: Sleep::new(n_workers), work: Work::new(n_workers), jobs: AtomicUsize::new(0) }
    }

    fn find(&self) -> bool {
        // Acquire: pairs with the Release in `fork`, as in a deque.
        self.jobs.fetch_update(Acquire, Relaxed, |jobs| jobs.checked_sub(1)).is_ok()
    }

    /// What a worker does, as in `worker.rs` without the spinning.
    fn be_worker(&self, seat: &Seat) {
        while !self.work.is_over() {
            if self.find() {
                self.work.finish(seat);
                continue;
            }
            if self.work.is_over_if_done(|| true) {
                return self.sleep.wake_all();
            }
            self.sleep.prepare(seat.worker());
            if self.find() {
                self.sleep.cancel(seat.worker());
                self.work.finish(seat);
            } else if self.work.is_over_if_done(|| true) {
                self.sleep.cancel(seat.worker());
                return self.sleep.wake_all();
            } else {
                self.sleep.wait(seat.worker());
            }
        }
    }

    /// Within a job of the seat, or from outside of the run.
    fn fork(&self, seat: Option<&Seat>) -> bool {
        let admitted = self.work.admit(seat);
        if admitted {
            // Release: pairs with the Acquire in `find`.
            self.jobs.fetch_add(1, Release);
            self.sleep.wake_one();
        }
        admitted
    }
}

#[test]
fn a_worker_that_sleeps_is_woken_for_work_and_for_the_end() {
    model(3, || {
        let workers = Arc::new(Workers::new(2));
        let other = Arc::clone(&workers);
        let helper = thread::spawn(move || other.be_worker(&Seat::of(1)));
        let seat = Seat::of(0);
        // The main task, which the new `Work` counts, forks twice and ends.
        assert!(workers.fork(Some(&seat)) && workers.fork(Some(&seat)), "who forks is outstanding itself");
        workers.work.finish(&seat);
        workers.be_worker(&seat);
        helper.join().unwrap();
        assert!(!workers.find(), "the run was over before its jobs were done");
    });
}

#[test]
fn no_worker_sleeps_through_the_end_that_another_brings() {
    model(2, || {
        let workers = Arc::new(Workers::new(3));
        let helpers = [1, 2].map(|worker| {
            let workers = Arc::clone(&workers);
            thread::spawn(move || workers.be_worker(&Seat::of(worker)))
        });
        let seat = Seat::of(0);
        assert!(workers.fork(Some(&seat)), "who forks is outstanding itself");
        workers.work.finish(&seat);
        workers.be_worker(&seat);
        join(helpers);
        assert!(!workers.find(), "the run was over before its job was done");
    });
}

#[test]
fn of_two_workers_that_end_at_once_one_sees_the_end() {
    model(3, || {
        let workers = Arc::new(Workers::new(2));
        let seat = Seat::of(0);
        assert!(workers.work.admit(Some(&seat)), "the main task is outstanding");
        // Each is in a job at first; neither sees the end of the other's job by anything but the fence of `prepare`.
        let helper = {
            let workers = Arc::clone(&workers);
            thread::spawn(move || {
                let seat = Seat::of(1);
                workers.work.finish(&seat);
                workers.be_worker(&seat);
            })
        };
        workers.work.finish(&seat);
        workers.be_worker(&seat);
        helper.join().unwrap();
    });
}

#[test]
fn a_run_is_over_before_a_foreign_wake_or_after_what_it_woke() {
    model(3, || {
        let workers = Arc::new(Workers::new(1));
        let outside = {
            let workers = Arc::clone(&workers);
            thread::spawn(move || workers.fork(None))
        };
        let seat = Seat::of(0);
        workers.work.finish(&seat);
        workers.be_worker(&seat);
        let admitted = outside.join().unwrap();
        // What was admitted was done, what was refused was not queued.
        assert!(!workers.find(), "admitted: {admitted}, and left behind");
    });
}

#[test]
fn a_job_that_a_job_began_elsewhere_is_not_overlooked() {
    model(3, || {
        let workers = Arc::new(Workers::new(3));
        let seat = Seat::of(0);
        assert!(workers.fork(Some(&seat)));
        workers.work.finish(&seat);
        let is_done = Arc::new(AtomicBool::new(false));
        let child = {
            let (workers, is_done) = (Arc::clone(&workers), Arc::clone(&is_done));
            thread::spawn(move || {
                // Takes the job, which begins another one and ends; then runs that.
                let seat = Seat::of(1);
                assert!(workers.find());
                assert!(workers.work.admit(Some(&seat)));
                workers.work.finish(&seat);
                // Relaxed: only the tallies may make it seen.
                is_done.store(true, Relaxed);
                workers.work.finish(&seat);
            })
        };
        if workers.work.is_over_if_done(|| true) {
            // Relaxed: as above.
            assert!(is_done.load(Relaxed), "the run is over, but a job is not");
        }
        child.join().unwrap();
        assert!(workers.work.is_over_if_done(|| true));
    });
}

#[test]
fn who_sees_the_run_over_sees_what_every_job_did() {
    model(3, || {
        let work = Arc::new(Work::new(2));
        // The main task, which the new `Work` counts, is the first of the two.
        assert!(work.admit(Some(&Seat::of(0))));
        let done = Arc::new([AtomicBool::new(false), AtomicBool::new(false)]);
        let jobs = [0, 1].map(|job| {
            let (work, done) = (Arc::clone(&work), Arc::clone(&done));
            thread::spawn(move || {
                // Relaxed: only the count may make it seen.
                done[job].store(true, Relaxed);
                work.finish(&Seat::of(job));
            })
        });
        if work.is_over_if_done(|| true) {
            // Relaxed: as above.
            assert!(done.iter().all(|done| done.load(Relaxed)), "the run is over, but a job is not");
        }
        join(jobs);
        assert!(work.is_over_if_done(|| true));
    });
}

#[test]
fn a_wake_during_the_poll_is_not_lost() {
    model(3, || {
        let state = Arc::new(TaskState::queued());
        let queue = Arc::new(Queue::default());
        queue.push();
        let happened = Arc::new([AtomicBool::new(false), AtomicBool::new(false)]);
        let wakers = [0, 1].map(|which| {
            let (state, queue, happened) = (Arc::clone(&state), Arc::clone(&queue), Arc::clone(&happened));
            thread::spawn(move || {
                // Relaxed: only the state's own orderings may make the poll see it.
                happened[which].store(true, Relaxed);
                if state.wake() {
                    queue.push();
                }
            })
        });
        let mut is_done = false;
        let mut poll = || {
            assert!(!is_done, "a done task was queued");
            state.start();
            // Relaxed: as above.
            if happened.iter().all(|happened| happened.load(Relaxed)) {
                state.finish();
                is_done = true;
            } else if state.suspend() == Suspended::QueueAgain {
                queue.push();
            }
        };
        while queue.take() {
            poll();
        }
        join(wakers);
        while queue.take() {
            poll();
        }
        assert!(is_done, "the task waits for what has happened");
    });
}

/// A handler, its log of two entries, and its pool.
struct Followed {
    log: Log<usize>,
    pending: Pending,
    cursor: Cursor,
    pool: Arc<PoolCount>,
    pumps: Queue,
    times_handled: [AtomicUsize; 2],
}

impl Followed {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            log: Log::new(),
            pending: Pending::default(),
            cursor: Cursor::default(),
            pool: PoolCount::new(3),
            pumps: Queue::default(),
            times_handled: [AtomicUsize::new(0), AtomicUsize::new(0)],
        })
    }

    fn add(&self, entry: usize, seat: &Seat) {
        self.log.push(entry);
        self.ring(seat);
    }

    /// As `Bell::ring`.
    fn ring(&self, seat: &Seat) {
        if self.pending.is_set_after_write() {
            return;
        }
        self.pool.enter(Some(seat));
        if self.pending.set() {
            self.pumps.push();
        } else {
            self.pool.leave(Some(seat));
        }
    }

    /// As `Handler::pump`, for every pump that is queued.
    fn pump(&self, seat: &Seat) {
        while self.pumps.take() {
            self.pending.clear();
            let is_ready = |index| self.log.get(index).is_some();
            while let Some(claimed) = self.cursor.claim(is_ready) {
                for &entry in claimed.filter_map(|index| self.log.get(index)) {
                    // Relaxed: only the pool's count may make it seen.
                    self.times_handled[entry].fetch_add(1, Relaxed);
                }
            }
            self.pool.leave(Some(seat));
        }
    }

    fn times_handled(&self, entry: usize) -> usize {
        // Relaxed: as above.
        self.times_handled[entry].load(Relaxed)
    }
}

#[test]
fn each_entry_is_handled_once_and_none_is_lost() {
    model(3, || {
        let followed = Followed::new();
        let threads = [0, 1].map(|entry| {
            let followed = Arc::clone(&followed);
            thread::spawn(move || {
                let seat = Seat::of(entry);
                followed.add(entry, &seat);
                followed.pump(&seat);
            })
        });
        join(threads);
        followed.pump(&Seat::of(2));
        assert_eq!([0, 1].map(|entry| followed.times_handled(entry)), [1, 1]);
        assert!(followed.pool.is_quiet());
    });
}

#[test]
fn a_handler_that_comes_late_sees_what_was_there() {
    model(3, || {
        let followed = Followed::new();
        let writer = {
            let followed = Arc::clone(&followed);
            // It has not seen the handler: it writes and does not ring.
            thread::spawn(move || _ = followed.log.push(0))
        };
        writer.join().unwrap();
        followed.ring(&Seat::of(0));
        followed.pump(&Seat::of(0));
        assert_eq!(followed.times_handled(0), 1);
    });
}

#[test]
fn a_pool_that_is_quiet_after_a_ring_has_handled_its_entry() {
    model(3, || {
        let followed = Followed::new();
        let other = {
            let followed = Arc::clone(&followed);
            thread::spawn(move || {
                let seat = Seat::of(0);
                followed.add(0, &seat);
                followed.pump(&seat);
            })
        };
        let seat = Seat::of(1);
        followed.add(1, &seat);
        if followed.pool.is_quiet() {
            assert_eq!(followed.times_handled(1), 1, "quiet, but what was rung before is not handled");
        }
        other.join().unwrap();
        followed.pump(&seat);
        assert_eq!([0, 1].map(|entry| followed.times_handled(entry)), [1, 1]);
    });
}

#[test]
fn a_pool_that_is_quiet_has_handled_what_the_caller_found_in_the_log() {
    model(3, || {
        let followed = Followed::new();
        // The caller is the thread that is spawned: the checker forgets a load when another thread loads the same atomic before it
        // stores, as a log does, so a caller that ran first would not be tried again after the writer.
        let caller = {
            let followed = Arc::clone(&followed);
            thread::spawn(move || {
                if followed.log.get(0).is_none() {
                    return;
                }
                // As `Handler::ring_if_due`, at the first poll of a quiesce. The log of one writer is settled.
                if followed.log.get(followed.cursor.next()).is_some() {
                    followed.ring(&Seat::of(1));
                }
                if followed.pool.is_quiet() {
                    assert_eq!(
                        followed.times_handled(0),
                        1,
                        "quiet, but an entry that was there is not handled"
                    );
                }
            })
        };
        let seat = Seat::of(0);
        followed.add(0, &seat);
        followed.pump(&seat);
        caller.join().unwrap();
        followed.pump(&seat);
        assert_eq!(followed.times_handled(0), 1);
    });
}

/// A waker that only remembers.
#[derive(Default)]
pub(super) struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        // Relaxed: read after the threads are joined.
        self.0.store(true, Relaxed);
    }
}

impl Woken {
    pub(super) fn is_woken(&self) -> bool {
        // Relaxed: as in `wake`.
        self.0.load(Relaxed)
    }
}

/// The end of a worker's last job of a pool: what is in its deque is gone, so it fences before it sleeps, and looks.
fn leave(pool: &PoolCount, quiescers: &Quiescers, seat: Option<&Seat>) {
    pool.leave(seat);
    // SeqCst: as in `Sleep::prepare`.
    fence(SeqCst);
    if quiescers.is_anyone_waiting() {
        quiescers.wake_quiet();
    }
}

/// A parent that is no worker or worker 0, and its child on worker 1, while someone quiesces.
fn quiesce_beside(seat_of_parent: Option<usize>) {
    let (pool, quiescers) = (PoolCount::new(2), Arc::new(Quiescers::default()));
    let done = Arc::new([AtomicBool::new(false), AtomicBool::new(false)]);
    let seat = seat_of_parent.map(Seat::of);
    pool.enter(seat.as_ref());
    let parent = {
        let (pool, quiescers, done) = (Arc::clone(&pool), Arc::clone(&quiescers), Arc::clone(&done));
        thread::spawn(move || {
            pool.enter(seat.as_ref());
            let child = {
                let (pool, quiescers, done) = (Arc::clone(&pool), Arc::clone(&quiescers), Arc::clone(&done));
                thread::spawn(move || {
                    // Relaxed: only the pool's count may make it seen.
                    done[1].store(true, Relaxed);
                    leave(&pool, &quiescers, Some(&Seat::of(1)));
                })
            };
            // Relaxed: as above.
            done[0].store(true, Relaxed);
            leave(&pool, &quiescers, seat.as_ref());
            child.join().unwrap();
        })
    };
    let woken = Arc::new(Woken::default());
    let poll = quiescers.poll_quiet(&pool, &Waker::from(Arc::clone(&woken)));
    if poll.is_ready() {
        // Relaxed: as above.
        assert!(done.iter().all(|done| done.load(Relaxed)), "quiet, but work of the pool runs");
    }
    parent.join().unwrap();
    assert!(poll.is_ready() || woken.is_woken(), "the pool is quiet and nobody says so");
}

#[test]
fn quiesce_is_woken_or_finds_the_pool_quiet() {
    model(3, || quiesce_beside(Some(0)));
}

#[test]
fn quiesce_is_woken_also_for_work_from_outside() {
    model(2, || quiesce_beside(None));
}

/// The end of the last job of a worker, which does not fence: as in `Scope::finish` and `worker.rs`, without the sleeping.
fn end_last_job(work: &Work, quiescers: &Quiescers, seat: &Seat) {
    if quiescers.is_anyone_waiting() {
        quiescers.wake_quiet();
    }
    work.finish(seat);
    work.is_over_if_done(|| {
        let is_anyone_due = quiescers.is_anyone_due();
        if is_anyone_due {
            assert!(work.admit(None));
            quiescers.wake_quiet();
            work.finish(seat);
        }
        !is_anyone_due
    });
}

#[test]
fn a_run_is_not_over_before_a_pool_is_found_quiet() {
    model(3, || {
        let (work, pool, quiescers) =
            (Arc::new(Work::new(2)), PoolCount::new(2), Arc::new(Quiescers::default()));
        let seat = Seat::of(0);
        assert!(work.admit(Some(&seat)), "the main task, which the new `Work` counts, is outstanding");
        pool.enter(Some(&seat));
        let other = {
            let (work, pool, quiescers) = (Arc::clone(&work), Arc::clone(&pool), Arc::clone(&quiescers));
            thread::spawn(move || {
                pool.leave(Some(&Seat::of(1)));
                end_last_job(&work, &quiescers, &Seat::of(1));
            })
        };
        let woken = Arc::new(Woken::default());
        let poll = quiescers.poll_quiet(&pool, &Waker::from(Arc::clone(&woken)));
        end_last_job(&work, &quiescers, &seat);
        other.join().unwrap();
        if work.is_over() {
            assert!(
                poll.is_ready() || woken.is_woken(),
                "the run is over, and who awaits the quiet pool waits"
            );
        }
    });
}

#[test]
fn who_awaits_a_task_gets_its_result_or_is_woken() {
    model(3, || {
        let (task, slot) = task::channel(std::panic::Location::caller());
        let filler = thread::spawn(move || slot.fill(7));
        let woken = Arc::new(Woken::default());
        let waker = Waker::from(Arc::clone(&woken));
        let mut task = pin!(task);
        let first = task.as_mut().poll(&mut Context::from_waker(&waker));
        filler.join().unwrap();
        if first.is_pending() {
            assert!(woken.is_woken(), "the result is there and nobody says so");
            assert_eq!(task.poll(&mut Context::from_waker(&waker)), Poll::Ready(7));
        }
    });
}
