//! How runs end badly: a refused put, a block, a panic; and that nothing of a run is left.

use std::{
    cell::RefCell,
    future::{Future, pending},
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    pin::Pin,
    sync::{
        Arc, Barrier, Mutex, Weak,
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    },
    task::{Context, Poll, Wake, Waker},
};

use lattice_core::Conflict;

use crate::{
    current::note_error,
    error::PutError,
    par::{self, ForEach, RunError, tests::log::Log},
};

/// Panics without the message that a panic prints.
fn blow_up(payload: &'static str) {
    resume_unwind(Box::new(payload))
}

fn refused(left: u32, right: u32) -> PutError {
    PutError::Conflict(Conflict::between(&left, &right))
}

#[test]
fn a_put_error_that_a_task_swallows_fails_the_run() {
    for n_workers in 1..=4 {
        let result = par::run_on(n_workers, async |p| {
            p.fork(|_| note_error(&refused(1, 2)));
            7
        });
        assert_eq!(result, Err(RunError::Put(refused(1, 2))));
    }
}

#[test]
fn an_error_that_a_closure_returns_fails_the_run() {
    let result = par::run(async |p| {
        p.fork(|_| {
            if true {
                Err(refused(1, 2))?;
            }
            Ok(())
        });
    });
    assert_eq!(result, Err(RunError::Put(refused(1, 2))));
}

#[test]
fn of_several_put_errors_the_least_by_text_is_reported() {
    for n_workers in 1..=4 {
        let result = par::run_on(n_workers, async |p| {
            for left in (1..=9).rev() {
                p.fork(move |_| Err(refused(left, 9)));
            }
        });
        assert_eq!(result, Err(RunError::Put(refused(1, 9))));
    }
}

#[test]
fn the_error_of_an_inner_run_fails_the_outer_one() {
    // Which of two inner runs meets a conflict depends on the schedule, so a task must not be able to act on it unpunished.
    let result = par::run(async |p| {
        p.fork(|_| {
            let inner = par::run_on(2, async |_| note_error(&refused(1, 2)));
            assert_eq!(inner, Err(RunError::Put(refused(1, 2))));
        });
    });
    assert_eq!(result, Err(RunError::Put(refused(1, 2))));

    let result = par::run(async |p| {
        p.fork(|_| _ = par::run_on(2, async |_| pending::<()>().await));
    });
    assert!(matches!(result, Err(RunError::Blocked(_))), "{result:?}");
}

#[test]
fn a_run_whose_main_task_waits_for_ever_is_blocked() {
    let line = line!() + 1;
    let error = par::run(async |_| pending::<()>().await).unwrap_err();
    let RunError::Blocked(blocked) = &error else { panic!("{error}") };
    let [main] = blocked.waiters() else { panic!("{error}") };
    assert_eq!((main.at.file(), main.at.line()), (file!(), line));
}

#[test]
fn a_blocked_run_names_its_tasks_in_a_stable_order() {
    let reports: Vec<_> = (1..=8)
        .map(|n_workers| {
            par::run_on(n_workers, async |p| {
                let stuck = p.spawn(pending::<u32>());
                drop(p.spawn(pending::<()>()));
                drop(p.spawn(stuck));
                p.pool().quiesce().await;
            })
            .unwrap_err()
            .to_string()
        })
        .collect();
    assert!(reports[0].starts_with("blocked: nothing can run, and 3 reads still wait"), "{}", reports[0]);
    assert!(reports[0].contains(" waits for the result of a task at "), "{}", reports[0]);
    assert!(reports.iter().all(|report| *report == reports[0]), "{reports:#?}");
}

#[test]
fn a_put_error_comes_before_a_block() {
    let result = par::run(async |p| {
        p.fork(|_| Err(refused(1, 2)));
        pending::<()>().await;
    });
    assert_eq!(result, Err(RunError::Put(refused(1, 2))));
}

#[test]
fn a_panic_resurfaces_once_and_comes_first() {
    for n_workers in 1..=4 {
        let payload = catch_unwind(|| {
            par::run_on(n_workers, async |p| {
                p.fork(|_| Err(refused(1, 2)));
                for _ in 0..10 {
                    p.fork(|_| blow_up("out of cheese"));
                }
                drop(p.spawn(pending::<()>()));
                pending::<()>().await;
            })
        })
        .unwrap_err();
        assert_eq!(payload.downcast_ref(), Some(&"out of cheese"));
    }
}

#[test]
fn a_panic_of_the_main_task_resurfaces() {
    let payload = catch_unwind(|| {
        par::run(async |p| {
            p.fork(|_| ());
            if true {
                blow_up("main");
            }
        })
    })
    .unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&"main"));
}

#[test]
fn a_panic_where_no_job_guards_resurfaces_too() {
    struct PanicsWhenWoken;
    impl Wake for PanicsWhenWoken {
        fn wake(self: Arc<Self>) {
            blow_up("waker");
        }
    }
    /// Gives the pool a waker of its own making.
    struct PollsWith<F>(F, Waker);
    impl<F: Future + Unpin> Future for PollsWith<F> {
        type Output = F::Output;
        fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<F::Output> {
            let Self(future, waker) = &mut *self;
            Pin::new(future).poll(&mut Context::from_waker(waker))
        }
    }
    for n_workers in 1..=4 {
        let log = Log::with_room_for(1);
        let payload = catch_unwind(AssertUnwindSafe(|| {
            par::run_on(n_workers, async |p| {
                let pool = p.pool();
                log.for_each(&pool, |_, _| ());
                log.add(0);
                PollsWith(pool.quiesce(), Waker::from(Arc::new(PanicsWhenWoken))).await;
                // Reached if the pool was quiet before it was asked.
                blow_up("waker");
            })
        }))
        .unwrap_err();
        assert_eq!(payload.downcast_ref(), Some(&"waker"), "{n_workers} workers");
    }
}

#[test]
fn after_a_panic_no_further_task_starts() {
    let started = AtomicUsize::new(0);
    let both = Barrier::new(2);
    let panicked = AtomicBool::new(false);
    let result = catch_unwind(AssertUnwindSafe(|| {
        par::run_on(2, async |p| {
            // Both workers are in a task, and both panic; one of them queues work before.
            p.fork(|p| {
                both.wait();
                for _ in 0..1000 {
                    p.fork(|_| _ = started.fetch_add(1, Relaxed));
                }
                while !panicked.load(Relaxed) {
                    std::hint::spin_loop();
                }
                blow_up("second");
            });
            p.fork(|_| {
                both.wait();
                panicked.store(true, Relaxed);
                blow_up("first");
            });
        })
    }));
    assert!(result.is_err());
    assert_eq!(started.into_inner(), 0, "neither worker may take another task after its panic");
}

/// Counts how many of its kind are alive.
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn new(alive: &'a AtomicUsize) -> Self {
        alive.fetch_add(1, Relaxed);
        Counted(alive)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}

#[test]
fn what_waits_at_the_end_is_dropped_before_the_run_returns() {
    let alive = AtomicUsize::new(0);
    let result = par::run(async |p| {
        for _ in 0..10 {
            let counted = Counted::new(&alive);
            drop(p.spawn(async move {
                pending::<()>().await;
                drop(counted);
            }));
        }
        let _here = Counted::new(&alive);
        pending::<()>().await;
    });
    assert!(matches!(result, Err(RunError::Blocked(_))));
    assert_eq!(alive.into_inner(), 0);
}

#[test]
fn what_is_queued_at_a_panic_is_dropped_before_the_run_returns() {
    let alive = AtomicUsize::new(0);
    let result = catch_unwind(AssertUnwindSafe(|| {
        par::run_on(1, async |p| {
            for _ in 0..10 {
                let (counted, par) = (Counted::new(&alive), p.clone());
                p.fork(move |_| drop((counted, par)));
                let (counted, par) = (Counted::new(&alive), p.clone());
                drop(p.spawn(async move { drop((counted, par)) }));
            }
            blow_up("stop")
        })
    }));
    assert!(result.is_err());
    assert_eq!(alive.into_inner(), 0);
}

#[test]
fn what_a_destructor_forks_at_the_end_is_dropped() {
    struct ForksOnDrop<'scope, 'env>(par::Par<'scope, 'env>, &'scope AtomicUsize);
    impl Drop for ForksOnDrop<'_, '_> {
        fn drop(&mut self) {
            let (counted, ran) = (Counted::new(self.1), self.1);
            self.0.fork(move |_| {
                drop(counted);
                ran.store(usize::MAX, Relaxed);
            });
        }
    }
    let alive = AtomicUsize::new(0);
    let result = par::run(async |p| {
        let forks = ForksOnDrop(p.clone(), &alive);
        p.spawn(async move {
            pending::<()>().await;
            drop(forks);
        })
        .await;
    });
    assert!(matches!(result, Err(RunError::Blocked(_))));
    assert_eq!(alive.into_inner(), 0);
}

#[test]
fn a_panic_resurfaces_after_what_ran_beside_it_has_ended() {
    for _ in 0..50 {
        let (alive, both) = (AtomicUsize::new(0), Barrier::new(2));
        let result = catch_unwind(AssertUnwindSafe(|| {
            par::run_on(2, async |p| {
                for panics in [true, false] {
                    let (alive, both) = (&alive, &both);
                    p.fork(move |_| {
                        let _counted = Counted::new(alive);
                        both.wait();
                        if panics {
                            blow_up("stop");
                        }
                        (0..1000).for_each(|_| std::thread::yield_now());
                    });
                }
            })
        }));
        assert_eq!(result.unwrap_err().downcast_ref(), Some(&"stop"));
        assert_eq!(alive.into_inner(), 0, "a task goes on after its run");
    }
}

#[test]
fn no_thread_outlives_its_run() {
    thread_local! {
        static MARK: RefCell<Option<Arc<()>>> = const { RefCell::new(None) };
    }
    let mark = Arc::new(());
    for _ in 0..100 {
        // Each of four workers is held until all are there, so each leaves its mark; a thread drops its mark when it ends.
        let all = Barrier::new(4);
        par::run_on(4, async |p| {
            for _ in 0..4 {
                p.fork(|_| {
                    MARK.set(Some(Arc::clone(&mark)));
                    all.wait();
                });
            }
        })
        .unwrap();
        MARK.set(None);
        assert_eq!(Arc::strong_count(&mark), 1);
    }
}

#[test]
fn a_task_that_was_run_in_place_is_named_when_it_blocks() {
    let result = par::run_on(1, async |p| {
        let outer = p.clone();
        p.spawn(async move { outer.spawn(pending::<()>()).await }).await;
    });
    let Err(RunError::Blocked(blocked)) = result else { unreachable!("{result:?}") };
    let told: Vec<_> =
        blocked.waiters().iter().map(|waiting| (&*waiting.task, &*waiting.threshold)).collect();
    let [(main, for_outer), (outer, for_inner), (inner, for_nothing)] = told[..] else {
        unreachable!("{told:?}")
    };
    assert_eq!((main, for_outer), ("the main task", "the result of a task"));
    assert!(outer.starts_with("the task spawned at ") && for_inner == "the result of a task", "{told:?}");
    assert!(inner.starts_with("the task spawned at ") && for_nothing == "what is no read", "{told:?}");
    assert_ne!(outer, inner);
    assert!(blocked.cycles().is_empty());
}

#[test]
fn nothing_of_a_run_is_left_when_its_pools_and_tasks_still_wait() {
    let log = Log::with_room_for(1);
    let signals = Mutex::new(Weak::new());
    let result = par::run_on(2, async |p| {
        *signals.lock().unwrap() = Arc::downgrade(&p.scope.signals);
        let pool = p.pool();
        log.for_each(&pool.clone(), move |p, _| {
            let pool = pool.clone();
            // Work that waits for its own pool waits for ever.
            drop(p.spawn(async move { pool.quiesce().await }));
        });
        log.add(0);
        pending::<()>().await;
    });
    assert!(matches!(result, Err(RunError::Blocked(_))));
    assert!(signals.into_inner().unwrap().upgrade().is_none(), "the run holds itself");
}
