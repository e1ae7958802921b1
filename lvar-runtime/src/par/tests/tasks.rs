//! Forked closures and spawned futures: all run, they may borrow, and results reach who awaits them.

use std::{
    future::{Future, poll_fn},
    panic::{catch_unwind, resume_unwind},
    pin::Pin,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    task::{Context, Poll, Waker},
};

use crate::par::{self, Par};

/// Forks a binary tree of tasks and counts its nodes.
fn grow<'scope>(par: &Par<'scope, '_>, depth: u32, n_nodes: &'scope AtomicUsize) {
    n_nodes.fetch_add(1, Relaxed);
    if depth > 0 {
        par.fork(move |par| grow(par, depth - 1, n_nodes));
        par.fork(move |par| grow(par, depth - 1, n_nodes));
    }
}

#[test]
fn every_forked_task_runs_once() {
    for n_workers in 1..=8 {
        let n_nodes = AtomicUsize::new(0);
        par::run_on(n_workers, async |p| grow(p, 13, &n_nodes)).unwrap();
        assert_eq!(n_nodes.into_inner(), (1 << 14) - 1);
    }
}

#[test]
fn workers_are_started_when_there_is_work_for_them() {
    let n_started = par::run_on(3, async |p| {
        let n_helpers = || p.scope.helpers.lock().unwrap().len();
        let before = n_helpers();
        p.fork(|_| ());
        (before, n_helpers())
    });
    assert_eq!(n_started, Ok((0, 1)));
}

#[test]
fn tasks_borrow_what_outlives_the_run() {
    let words = ["to", "be", "or"].map(String::from);
    let n_letters = AtomicUsize::new(0);
    let on_this_thread = par::run(async |p| {
        let not_sync = std::cell::Cell::new(0);
        for word in &words {
            let n_letters = &n_letters;
            p.fork(move |_| _ = n_letters.fetch_add(word.len(), Relaxed));
        }
        // The main task stays on this thread, also when it waits.
        p.spawn(async {}).await;
        not_sync.replace(1)
    });
    assert_eq!((n_letters.into_inner(), on_this_thread), (6, Ok(0)));
}

#[test]
fn a_spawned_task_hands_its_result_to_who_awaits_it() {
    for n_workers in 1..=4 {
        let sum = par::run_on(n_workers, async |p| {
            let tasks: Vec<_> = (0..100_u64).map(|n| p.spawn(async move { n * n })).collect();
            let mut sum = 0;
            for task in tasks {
                sum += task.await;
            }
            sum
        });
        assert_eq!(sum, Ok(328_350));
    }
}

#[test]
fn tasks_await_tasks() {
    fn fibonacci<'scope, 'env>(
        par: Par<'scope, 'env>,
        n: u32,
    ) -> Pin<Box<dyn Future<Output = u32> + Send + 'scope>>
    where
        'env: 'scope,
    {
        Box::pin(async move {
            if n < 2 {
                return n;
            }
            let left = par.spawn(fibonacci(par.clone(), n - 1));
            let right = par.spawn(fibonacci(par.clone(), n - 2));
            left.await + right.await
        })
    }
    for n_workers in 1..=4 {
        let result = par::run_on(n_workers, async |p| p.spawn(fibonacci(p.clone(), 15)).await);
        assert_eq!(result, Ok(610));
    }
}

#[test]
fn a_run_waits_for_what_nobody_awaits() {
    let done = AtomicUsize::new(0);
    par::run(async |p| {
        for _ in 0..100 {
            drop(p.spawn(async { done.fetch_add(1, Relaxed) }));
        }
    })
    .unwrap();
    assert_eq!(done.into_inner(), 100);
}

/// Wakes itself the given number of times before it is ready.
struct WakesItself(u32);

impl Future for WakesItself {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0 == 0 {
            return Poll::Ready(());
        }
        self.0 -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

#[test]
fn a_task_woken_during_its_poll_is_polled_again() {
    par::run(async |p| {
        let tasks: Vec<_> = (0..50).map(|n| p.spawn(WakesItself(n))).collect();
        WakesItself(50).await;
        for task in tasks {
            task.await;
        }
    })
    .unwrap();
}

/// Leaves its waker behind, and is then ready.
struct LeavesItsWaker<'a>(&'a Mutex<Vec<Waker>>);

impl Future for LeavesItsWaker<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        self.0.lock().unwrap().push(context.waker().clone());
        Poll::Ready(())
    }
}

#[test]
fn a_waker_called_after_the_run_does_nothing() {
    let wakers = Mutex::new(Vec::new());
    par::run(async |p| {
        p.spawn(LeavesItsWaker(&wakers)).await;
        LeavesItsWaker(&wakers).await;
    })
    .unwrap();
    let wakers = wakers.into_inner().unwrap();
    assert_eq!(wakers.len(), 2);
    wakers.into_iter().for_each(Waker::wake);
}

#[test]
fn a_task_may_run_a_run() {
    let total = AtomicUsize::new(0);
    par::run_on(2, async |p| {
        for _ in 0..8 {
            p.fork(|p| {
                par::run_on(2, async |inner| {
                    for _ in 0..8 {
                        inner.fork(|_| _ = total.fetch_add(1, Relaxed));
                        // The outer run's handle still works inside.
                        p.fork(|_| _ = total.fetch_add(1, Relaxed));
                    }
                })
                .unwrap();
            });
        }
    })
    .unwrap();
    assert_eq!(total.into_inner(), 128);
}

#[test]
fn a_run_needs_no_workers_but_the_caller() {
    let caller = std::thread::current().id();
    let elsewhere = AtomicUsize::new(0);
    par::run_on(0, async |p| {
        for _ in 0..100 {
            p.fork(|_| {
                if std::thread::current().id() != caller {
                    elsewhere.fetch_add(1, Relaxed);
                }
            });
        }
    })
    .unwrap();
    assert_eq!(elsewhere.into_inner(), 0);
}

#[test]
fn who_awaits_what_it_just_spawned_runs_it_in_place() {
    let result = par::run_on(1, async |p| {
        let mut child = p.spawn(async { 7 });
        poll_fn(|context| {
            assert_eq!(Pin::new(&mut child).poll(context), Poll::Ready(7), "it had to wait");
            Poll::Ready(())
        })
        .await;
    });
    assert_eq!(result, Ok(()));
}

#[test]
fn what_was_spawned_before_is_not_run_in_place_of_the_newest() {
    let result = par::run_on(1, async |p| {
        let mut first = p.spawn(async { 1 });
        let second = p.spawn(async { 2 });
        let sum = poll_fn(|context| Poll::Ready(Pin::new(&mut first).poll(context).is_pending())).await;
        (sum, first.await, second.await)
    });
    assert_eq!(result, Ok((true, 1, 2)));
}

#[test]
fn a_long_chain_of_tasks_that_await_each_other_fits_on_the_stack() {
    fn chain<'scope>(p: Par<'scope, '_>, n: u32) -> Pin<Box<dyn Future<Output = u32> + Send + 'scope>> {
        Box::pin(async move { if n == 0 { 0 } else { p.spawn(chain(p.clone(), n - 1)).await + 1 } })
    }
    for n_workers in 1..=3 {
        assert_eq!(par::run_on(n_workers, async |p| chain(p.clone(), 100_000).await), Ok(100_000));
    }
}

#[test]
fn a_panic_of_a_task_that_is_run_in_place_resurfaces() {
    let payload = catch_unwind(|| {
        par::run_on(1, async |p| {
            let child = p.spawn(async {
                if true {
                    resume_unwind(Box::new("child"));
                }
            });
            p.spawn(child).await;
        })
    })
    .unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&"child"));
}

/// Says when it is dropped.
struct SaysWhenDropped<'a>(&'a AtomicUsize);

impl Drop for SaysWhenDropped<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Relaxed);
    }
}

#[test]
fn a_future_is_gone_when_its_result_is_there() {
    for n_workers in 1..=4 {
        let n_dropped = AtomicUsize::new(0);
        par::run_on(n_workers, async |p| {
            for n in 1..=100 {
                let held = SaysWhenDropped(&n_dropped);
                let mut inner = Box::pin(async move {
                    let _held = &held;
                    std::future::ready(n).await
                });
                assert_eq!(p.spawn(poll_fn(move |context| inner.as_mut().poll(context))).await, n);
                assert_eq!(n_dropped.load(Relaxed), n);
            }
        })
        .unwrap();
    }
}
