//! The protocols of what is built on tasks, memo tables and cancellable work, under every schedule that the model checker can tell apart.

use std::{
    future::{Future, poll_fn, ready},
    panic::Location,
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Waker},
};

use loom::thread;

use crate::par::{
    cancel::channel,
    loom_models::{Woken, model},
    memo::Cell,
};

#[test]
fn who_waits_for_a_value_of_a_memo_table_finds_it_or_is_woken() {
    model(3, || {
        let cell = Arc::new(Cell::new());
        assert!(cell.is_to_be_computed());
        let filler = {
            let cell = Arc::clone(&cell);
            thread::spawn(move || cell.fill(7))
        };
        assert!(!cell.is_to_be_computed(), "it is computed once");
        let woken = Arc::new(Woken::default());
        let first = cell.poll(&Waker::from(Arc::clone(&woken))).copied();
        filler.join().unwrap();
        if first.is_none() {
            assert!(woken.is_woken(), "the value is there and nobody says so");
        }
        assert_eq!(cell.poll(Waker::noop()), Some(&7));
    });
}

#[test]
fn work_that_is_cancelled_is_dropped_or_its_task_is_woken_to_drop_it() {
    model(3, || {
        let held = Arc::new(());
        let weak = Arc::downgrade(&held);
        let work = poll_fn(move |_| {
            let _held = &held;
            Poll::<()>::Pending
        });
        let (attempt, handle) = channel(work, Location::caller());
        let canceller = thread::spawn(move || handle.cancel());
        let woken = Arc::new(Woken::default());
        let waker = Waker::from(Arc::clone(&woken));
        let mut attempt = Box::pin(attempt);
        let first = attempt.as_mut().poll(&mut Context::from_waker(&waker));
        canceller.join().unwrap();
        if first.is_pending() {
            assert!(woken.is_woken(), "the task waits for ever, and blocks the run");
            assert!(attempt.as_mut().poll(&mut Context::from_waker(&waker)).is_ready());
        }
        drop(attempt);
        assert!(weak.upgrade().is_none());
    });
}

#[test]
fn who_awaits_work_that_could_be_cancelled_gets_its_result_or_is_woken() {
    model(3, || {
        let (attempt, handle) = channel(ready(7), Location::caller());
        let worker = thread::spawn(move || {
            assert!(pin!(attempt).poll(&mut Context::from_waker(Waker::noop())).is_ready());
        });
        let woken = Arc::new(Woken::default());
        let waker = Waker::from(Arc::clone(&woken));
        let mut handle = pin!(handle);
        let first = handle.as_mut().poll(&mut Context::from_waker(&waker));
        worker.join().unwrap();
        if first.is_pending() {
            assert!(woken.is_woken(), "the result is there and nobody says so");
            assert_eq!(handle.poll(&mut Context::from_waker(&waker)), Poll::Ready(7));
        }
    });
}
