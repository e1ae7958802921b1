//! The same work by several threads at once.

use std::sync::Barrier;
use std::thread;
use std::time::Duration;

use crate::clock::thread_time;

/// `work`, told which thread it is, by `n_threads` threads at once; the CPU time of the one that spent most.
///
/// CPU time, because threads that wait for a turn on a busy machine are no slower for it. They meet less often then, which favours all
/// sides alike.
///
/// # Panics
///
/// If the work does.
pub fn turn(n_threads: usize, work: impl Fn(usize) + Sync) -> Duration {
    let start = Barrier::new(n_threads);
    let timed = |thread| {
        start.wait();
        let since = thread_time();
        work(thread);
        thread_time() - since
    };
    if n_threads == 1 {
        return timed(0);
    }
    let timed = &timed;
    thread::scope(|scope| {
        let threads: Vec<_> = (0..n_threads).map(|thread| scope.spawn(move || timed(thread))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no work panics")).max().unwrap_or_default()
    })
}
