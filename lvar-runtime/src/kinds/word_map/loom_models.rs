//! The handshakes of a map of words under every schedule: with the freezer, with a waiter, with a handler.

use std::{
    future::Future,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    task::{Context, Wake, Waker},
};

use lattice_core::{Any, DenseMap, Max};
use loom::thread;

use super::WordMapLVar;
use crate::{
    level::Outside,
    lvar::{Growth, LVarType},
};

/// At each schedule no thread is interrupted more than three times.
fn bounded(model: impl Fn() + Send + Sync + 'static) {
    let mut checker = loom::model::Builder::new();
    checker.preemption_bound = checker.preemption_bound.or(Some(3));
    checker.check(model);
}

#[test]
fn a_frozen_map_of_words_has_what_was_not_refused() {
    bounded(|| {
        let map = Arc::new(WordMapLVar::<u8, Any>::new());
        let writer = thread::spawn({
            let map = Arc::clone(&map);
            move || map.key(0).put(true).is_ok()
        });
        let frozen = map.freeze(Outside::here()).unwrap();
        assert_eq!(writer.join().unwrap(), frozen.get(0).is_some());
        assert_eq!(map.freeze(Outside::here()).unwrap(), frozen);
        assert_eq!(map.snapshot(Outside::here()), frozen);
    });
}

#[derive(Default)]
struct Wakes(AtomicUsize);

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Relaxed);
    }
}

#[test]
fn a_put_into_a_map_of_words_wakes_who_waits_for_it() {
    bounded(|| {
        let map = Arc::new(WordMapLVar::<u8, Any>::new());
        let wakes = Arc::new(Wakes::default());
        let waker = Waker::from(Arc::clone(&wakes));
        let mut read = pin!(map.at_least([(0, Any(true))]));
        let writer = thread::spawn({
            let map = Arc::clone(&map);
            move || map.key(0).put(true).unwrap()
        });
        let first = read.as_mut().poll(&mut Context::from_waker(&waker));
        writer.join().unwrap();
        if first.is_pending() {
            assert_eq!(wakes.0.load(Relaxed), 1, "a read that waited is woken");
            assert!(read.poll(&mut Context::from_waker(&waker)).is_ready());
        }
    });
}

/// A handler that is attached during puts, and takes the marks before it reads, has read the last values in the end.
#[test]
fn a_handler_of_a_map_of_words_reads_the_last_growth() {
    bounded(|| {
        let map = Arc::new(WordMapLVar::<u8, Max<u64>>::new());
        let writer = thread::spawn({
            let map = Arc::clone(&map);
            move || [1, 2].into_iter().try_for_each(|n| map.key(0).put(n)).unwrap()
        });
        let marks = map.attach(|_| ());
        map.note_what_is_there(marks);
        let (mut cursor, mut last) = (0, DenseMap::new());
        let mut handle = || {
            while let Some(block) = marks.entry(cursor) {
                cursor += 1;
                map.take(marks, *block).into_iter().for_each(|(key, value)| _ = last.put(key, value));
            }
            last.clone()
        };
        handle();
        writer.join().unwrap();
        assert_eq!(handle(), DenseMap::from([(0, Max(2))]));
    });
}
