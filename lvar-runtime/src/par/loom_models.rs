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
        pool::PoolCount,
        sleep::Sleep,
        task,
        wake::{Suspended, TaskState},
        work::{Finished, Work},
    },
    sync::{AtomicBool, AtomicUsize, Log, Mutex, Ordering::Relaxed, lock},
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
    /// Found by a plain look, as a deque is: nothing but the fences of `sleep` makes it seen.
    jobs: AtomicUsize,
}

impl Workers {
    fn new() -> Self {
        Self { sleep: Sleep::new(), work: Work::new(), jobs: AtomicUsize::new(0) }
    }

    fn find(&self) -> bool {
        // Relaxed: the model's point; see `jobs`.
        self.jobs.fetch_update(Relaxed, Relaxed, |jobs| jobs.checked_sub(1)).is_ok()
    }

    /// What a worker does, as in `worker.rs` without the spinning.
    fn be_worker(&self) {
        while !self.work.is_over() {
            if self.find() {
                self.finish();
                continue;
            }
            let ticket = self.sleep.prepare();
            if self.work.is_over() {
                return self.sleep.cancel(ticket);
            }
            if self.find() {
                self.sleep.cancel(ticket);
                self.finish();
            } else {
                self.sleep.wait(ticket);
            }
        }
    }

    fn finish(&self) {
        if self.work.finish() == Finished::Last {
            self.sleep.wake_all();
        }
    }

    fn fork(&self) {
        assert!(self.work.admit(), "who forks is outstanding itself");
        self.jobs.fetch_add(1, Relaxed);
        self.sleep.wake_one();
    }
}

#[test]
fn a_worker_that_sleeps_is_woken_for_work_and_for_the_end() {
    model(3, || {
        let workers = Arc::new(Workers::new());
        let other = Arc::clone(&workers);
        let helper = thread::spawn(move || other.be_worker());
        // The main task, which the new `Work` counts, forks twice and ends.
        workers.fork();
        workers.fork();
        workers.finish();
        helper.join().unwrap();
        assert!(!workers.find(), "the run was over before its jobs were done");
    });
}

#[test]
fn no_worker_sleeps_through_the_end_that_another_brings() {
    model(2, || {
        let workers = Arc::new(Workers::new());
        let helpers = [0, 1].map(|_| {
            let workers = Arc::clone(&workers);
            thread::spawn(move || workers.be_worker())
        });
        workers.fork();
        workers.finish();
        join(helpers);
    });
}

#[test]
fn who_sees_the_run_over_sees_what_every_job_did() {
    model(3, || {
        let work = Arc::new(Work::new());
        assert!(work.admit());
        let done = Arc::new([AtomicBool::new(false), AtomicBool::new(false)]);
        let jobs = [0, 1].map(|job| {
            let (work, done) = (Arc::clone(&work), Arc::clone(&done));
            thread::spawn(move || {
                // Relaxed: only the count may make it seen.
                done[job].store(true, Relaxed);
                _ = work.finish();
            })
        });
        if work.is_over() {
            // Relaxed: as above.
            assert!(done.iter().all(|done| done.load(Relaxed)), "the run is over, but a job is not");
        }
        join(jobs);
        assert!(work.is_over());
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
    pool: PoolCount,
    pumps: Queue,
    times_handled: [AtomicUsize; 2],
}

impl Followed {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            log: Log::new(),
            pending: Pending::default(),
            cursor: Cursor::default(),
            pool: PoolCount::default(),
            pumps: Queue::default(),
            times_handled: [AtomicUsize::new(0), AtomicUsize::new(0)],
        })
    }

    fn add(&self, entry: usize) {
        self.log.push(entry);
        self.ring();
    }

    /// As `Bell::ring`.
    fn ring(&self) {
        if self.pending.is_set_after_write() {
            return;
        }
        self.pool.enter();
        if self.pending.set() {
            self.pumps.push();
        } else {
            self.pool.leave();
        }
    }

    /// As `Handler::pump`, for every pump that is queued.
    fn pump(&self) {
        while self.pumps.take() {
            self.pending.clear();
            let is_ready = |index| self.log.get(index).is_some();
            while let Some(claimed) = self.cursor.claim(is_ready) {
                for &entry in claimed.filter_map(|index| self.log.get(index)) {
                    // Relaxed: only the pool's count may make it seen.
                    self.times_handled[entry].fetch_add(1, Relaxed);
                }
            }
            self.pool.leave();
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
                followed.add(entry);
                followed.pump();
            })
        });
        join(threads);
        followed.pump();
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
        followed.ring();
        followed.pump();
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
                followed.add(0);
                followed.pump();
            })
        };
        followed.add(1);
        if followed.pool.is_quiet() {
            assert_eq!(followed.times_handled(1), 1, "quiet, but what was rung before is not handled");
        }
        other.join().unwrap();
        followed.pump();
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
                    followed.ring();
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
        followed.add(0);
        followed.pump();
        caller.join().unwrap();
        followed.pump();
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

#[test]
fn quiesce_is_woken_or_finds_the_pool_quiet() {
    model(3, || {
        let pool = Arc::new(PoolCount::default());
        let done = Arc::new([AtomicBool::new(false), AtomicBool::new(false)]);
        pool.enter();
        let parent = {
            let (pool, done) = (Arc::clone(&pool), Arc::clone(&done));
            thread::spawn(move || {
                pool.enter();
                let child = {
                    let (pool, done) = (Arc::clone(&pool), Arc::clone(&done));
                    thread::spawn(move || {
                        // Relaxed: only the pool's count may make it seen.
                        done[1].store(true, Relaxed);
                        pool.leave();
                    })
                };
                // Relaxed: as above.
                done[0].store(true, Relaxed);
                pool.leave();
                child.join().unwrap();
            })
        };
        let woken = Arc::new(Woken::default());
        let poll = pool.poll_quiet(&Waker::from(Arc::clone(&woken)));
        if poll.is_ready() {
            // Relaxed: as above.
            assert!(done.iter().all(|done| done.load(Relaxed)), "quiet, but work of the pool runs");
        }
        parent.join().unwrap();
        assert!(poll.is_ready() || woken.is_woken(), "the pool is quiet and nobody says so");
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
