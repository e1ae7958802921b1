//! Puts into a word LVar beside the bare atomic instruction that does the same to a word.

use std::hint::black_box;
use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use lattice_core::Max;
use lvar_runtime::{LVar, LVarType, Put};
use lvars_benches::Contest;

/// Puts in one turn.
const TIMES: u32 = 1_000_000;
const ROUNDS: usize = 31;

fn main() {
    // Each put is news, and each is not: the two ends between which programs live.
    contest("one thread, each grows", 1, u64::from);
    contest("one thread, none grows", 1, |_| 0);
    contest("two threads, each grows for one of them", 2, u64::from);
}

fn contest(title: &str, n_threads: u32, value: fn(u32) -> u64) {
    Contest::new(format!("Max<u64>, {title}: time a put of one thread"), TIMES)
        .side("put", || {
            let lvar = LVar::<Max<u64>>::new();
            turn(n_threads, |i| lvar.put(Max(value(i))).is_ok())
        })
        .side("fetch_max", || {
            let word = AtomicU64::new(0);
            // Relaxed: the weakest there is, so that nothing flatters us.
            turn(n_threads, |i| word.fetch_max(value(i), Ordering::Relaxed) == u64::MAX)
        })
        .run(ROUNDS);
}

/// All threads doing all the writes at once; from the moment that all are there to the end of the last.
fn turn(n_threads: u32, write: impl Fn(u32) -> bool + Sync) -> Duration {
    let start = Barrier::new(n_threads as usize);
    let writes = || {
        start.wait();
        let since = Instant::now();
        for i in 1..=TIMES {
            black_box(write(black_box(i)));
        }
        since.elapsed()
    };
    if n_threads == 1 {
        return writes();
    }
    thread::scope(|scope| {
        let threads: Vec<_> = (0..n_threads).map(|_| scope.spawn(writes)).collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).max().unwrap_or_default()
    })
}
