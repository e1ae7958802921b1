//! Handlers see each entry once, and a pool is quiet when nothing of it runs or is due.
//!
//! ```text
//!   writer                         handler                    who quiesces
//!   ──────                         ───────                    ────────────
//!   entry ── ring ───────────────▶ pump: claims, calls back
//!                                    └─ forks, spawns ──▶ …
//!                                                        last one leaves ──▶ (woken here, or the pool was quiet: never neither)
//! ```

use std::{
    collections::BTreeSet,
    future::{Future, pending},
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    pin::Pin,
    sync::{
        Barrier,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    task::{Context, Poll},
};

use lattice_core::Conflict;

use crate::{
    LVar, LVarType,
    error::PutError,
    par::{self, ForEach, RunError, tests::log::Log},
};

fn counters(n: usize) -> Vec<AtomicUsize> {
    (0..n).map(|_| AtomicUsize::new(0)).collect()
}

#[test]
fn a_handler_sees_each_entry_once_whenever_it_is_registered() {
    const WRITERS: usize = 4;
    const EACH: usize = 300;
    for round in 0..200 {
        let log = Log::with_room_for(WRITERS * EACH);
        let seen: Vec<_> = (0..3).map(|_| counters(WRITERS * EACH)).collect();
        par::run_on(1 + round % 8, async |p| {
            let pool = p.pool();
            for writer in 0..WRITERS {
                let log = &log;
                p.fork(move |_| (0..EACH).for_each(|n| log.add(writer * EACH + n)));
            }
            for seen in &seen {
                let (pool, log) = (pool.clone(), &log);
                p.fork(move |_| log.for_each(&pool, |_, &entry| _ = seen[entry].fetch_add(1, Relaxed)));
            }
        })
        .unwrap();
        for (handler, seen) in seen.into_iter().enumerate() {
            for (entry, times) in seen.into_iter().enumerate() {
                assert_eq!(times.into_inner(), 1, "entry {entry} at handler {handler} in round {round}");
            }
        }
    }
}

#[test]
fn a_callback_may_make_its_own_lvar_grow() {
    for n_workers in 1..=8 {
        let log = Log::with_room_for(10_000);
        let sum = AtomicUsize::new(0);
        par::run_on(n_workers, async |p| {
            log.for_each(&p.pool(), |_, &entry| {
                sum.fetch_add(entry, Relaxed);
                // A tree: the children of n are 2n + 1 and 2n + 2.
                (1..=2)
                    .map(|nth| 2 * entry + nth)
                    .filter(|&child| child < 10_000)
                    .for_each(|child| log.add(child));
            });
            log.add(0);
        })
        .unwrap();
        assert_eq!(sum.into_inner(), 9_999 * 5_000);
    }
}

#[test]
fn quiesce_waits_for_callbacks_and_for_all_that_they_start() {
    for round in 0..300 {
        let log = Log::with_room_for(100);
        let n_done = AtomicUsize::new(0);
        let seen = par::run_on(1 + round % 8, async |p| {
            let pool = p.pool();
            log.for_each(&pool, |p, _| {
                let (q, n_done) = (p.clone(), &n_done);
                p.fork(|p| {
                    p.fork(|_| _ = n_done.fetch_add(1, Relaxed));
                    n_done.fetch_add(1, Relaxed);
                });
                drop(p.spawn(async move {
                    q.spawn(async { n_done.fetch_add(1, Relaxed) }).await;
                    n_done.fetch_add(1, Relaxed);
                }));
            });
            (0..100).for_each(|entry| log.add(entry));
            pool.quiesce().await;
            n_done.load(Relaxed)
        });
        assert_eq!(seen, Ok(400), "round {round}");
    }
}

#[test]
fn quiesce_does_not_miss_an_entry_whose_writer_has_not_rung_yet() {
    let log = Log::with_room_for(1);
    let n_seen = AtomicUsize::new(0);
    let seen = par::run_on(2, async |p| {
        let pool = p.pool();
        log.for_each(&pool, |_, _| _ = n_seen.fetch_add(1, Relaxed));
        pool.quiesce().await;
        log.add_and_forget_to_ring(7);
        pool.quiesce().await;
        n_seen.load(Relaxed)
    });
    assert_eq!(seen, Ok(1));
}

#[test]
fn quiesce_does_not_miss_an_entry_behind_one_that_is_not_written_yet() {
    for n_workers in 1..=4 {
        let log = Log::with_room_for(2);
        let n_seen = AtomicUsize::new(0);
        let seen = par::run_on(n_workers, async |p| {
            let pool = p.pool();
            log.for_each(&pool, |_, _| _ = n_seen.fetch_add(1, Relaxed));
            log.add_and_stop(7);
            log.add(8);
            pool.quiesce().await;
            n_seen.load(Relaxed)
        });
        assert_eq!(seen, Ok(2));
    }
}

#[test]
fn a_pool_is_quiet_at_once_if_nothing_was_ever_due() {
    par::run_on(1, async |p| p.pool().quiesce().await).unwrap();
}

#[test]
fn a_worker_is_started_for_what_a_handler_leaves_to_others() {
    // Nothing is forked, and the first callback ends when the last one has begun.
    let (log, both) = (Log::with_room_for(100), Barrier::new(2));
    par::run_on(2, async |p| {
        (0..100).for_each(|entry| log.add(entry));
        log.for_each(&p.pool(), |_, &entry| {
            if entry == 0 || entry == 99 {
                both.wait();
            }
        });
    })
    .unwrap();
}

#[test]
fn pools_are_independent() {
    let (first, second) = (Log::with_room_for(1), Log::with_room_for(1));
    let result = par::run_on(2, async |p| {
        let (one, two) = (p.pool(), p.pool());
        first.for_each(&one, |_, _| ());
        second.for_each(&two, {
            let one = one.clone();
            // Work of the second pool waits until the first one is quiet, and the first one does not wait for it.
            move |p, _| {
                drop(p.spawn({
                    let one = one.clone();
                    async move { one.quiesce().await }
                }))
            }
        });
        second.add(0);
        first.add(0);
        one.quiesce().await;
        two.quiesce().await;
    });
    assert_eq!(result, Ok(()));
}

#[test]
fn work_that_waits_for_its_own_pool_is_reported_as_blocked() {
    let log = Log::with_room_for(1);
    let line = line!() + 6;
    let error = par::run(async |p| {
        let pool = p.pool();
        log.for_each(&pool.clone(), move |p, _| {
            let pool = pool.clone();
            drop(p.spawn(async move {
                pool.quiesce().await;
            }));
        });
        log.add(0);
    })
    .unwrap_err();
    let place = format!("quiesce at {}:{line}", file!());
    assert!(error.to_string().contains(&place), "{error}");
}

#[test]
fn a_callback_that_returns_an_error_fails_the_run() {
    let log = Log::with_room_for(2);
    let refused = |n| PutError::Conflict(Conflict::between(&n, &9));
    let result = par::run(async |p| {
        log.for_each(&p.pool(), |_, &entry| Err(refused(entry)));
        log.add(2);
        log.add(1);
    });
    assert_eq!(result, Err(RunError::Put(refused(1))));
}

#[test]
fn a_callback_that_panics_ends_the_run() {
    let log = Log::with_room_for(1);
    let payload = catch_unwind(AssertUnwindSafe(|| {
        par::run(async |p| {
            log.for_each(&p.pool(), |_, _| {
                if true {
                    resume_unwind(Box::new("callback"));
                }
            });
            log.add(0);
            pending::<()>().await;
        })
    }))
    .unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&"callback"));
}

#[test]
fn growth_after_the_run_is_no_business_of_its_handlers() {
    let log = Log::with_room_for(2);
    let n_seen = AtomicUsize::new(0);
    par::run(async |p| {
        log.for_each(&p.pool(), |_, _| _ = n_seen.fetch_add(1, Relaxed));
        log.add(0);
    })
    .unwrap();
    log.add(1);
    assert_eq!(n_seen.into_inner(), 1);
}

#[test]
fn runs_that_are_over_leave_few_bells_at_an_lvar_that_they_followed() {
    let seen = LVar::<BTreeSet<u32>>::new();
    let calls = AtomicUsize::new(0);
    for n in 0..1_000 {
        par::run_on(1, async |p| {
            let pool = p.pool();
            for _ in 0..2 {
                seen.for_each(&pool, |_, _| _ = calls.fetch_add(1, Relaxed));
            }
            seen.insert(n % 50)
        })
        .unwrap()
        .unwrap();
        assert!(seen.n_bells() <= 20, "{} bells after {n} runs", seen.n_bells());
    }
    assert_eq!(calls.into_inner(), (0..1_000).map(|n| 2 * 50.min(n + 1)).sum());
}

#[test]
fn handlers_of_one_run_are_all_rung_however_many_they_are() {
    const HANDLERS: usize = 300;
    let seen = LVar::<BTreeSet<usize>>::new();
    let counts = counters(HANDLERS);
    par::run_on(3, async |p| {
        let pool = p.pool();
        for (n, count) in counts.iter().enumerate() {
            let (seen, pool) = (&seen, pool.clone());
            p.fork(move |_| {
                seen.for_each(&pool, |_, _| _ = count.fetch_add(1, Relaxed));
                seen.insert(n)
            });
        }
    })
    .unwrap();
    assert!(counts.into_iter().all(|count| count.into_inner() == HANDLERS));
}

#[test]
fn a_pool_is_found_quiet_while_other_work_goes_on() {
    /// Wakes itself again and again, so that there is always something to run.
    struct GoesOn<'a>(&'a AtomicUsize);
    impl Future for GoesOn<'_> {
        type Output = ();
        fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
            if self.0.load(Relaxed) > 0 {
                return Poll::Ready(());
            }
            context.waker().wake_by_ref();
            Poll::Pending
        }
    }
    for n_workers in 1..=4 {
        let is_over = AtomicUsize::new(0);
        let log = Log::with_room_for(1);
        let n_seen = AtomicUsize::new(0);
        let seen = par::run_on(n_workers, async |p| {
            let pool = p.pool();
            log.for_each(&pool, |_, _| _ = n_seen.fetch_add(1, Relaxed));
            (0..8).for_each(|_| drop(p.spawn(GoesOn(&is_over))));
            log.add(7);
            pool.quiesce().await;
            is_over.store(1, Relaxed);
            n_seen.load(Relaxed)
        });
        assert_eq!(seen, Ok(1), "{n_workers} workers");
    }
}
