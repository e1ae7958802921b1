//! Puts into LVars of one word beside the bare atomic instruction that does the same to a word.

use std::collections::BTreeMap;
use std::future::Future;
use std::hint::black_box;
use std::pin::Pin;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::task::{Context, Waker};
use std::time::Duration;

use lattice_core::Max;
use lvar_runtime::{LVar, LVarType, Put, PutError};
use lvars_benches::{Contest, Goal, clock, is_short, turn};

/// Puts in one turn.
const TIMES: u32 = 1_000_000;

fn main() {
    let n_rounds = if is_short() { 11 } else { 31 };
    let alone = Goal { must: 1.10, stretch: 1.00 };
    let contended = Goal { must: 0.85, stretch: 0.72 };
    let no_news = Goal { must: 0.45, stretch: 0.25 };
    // Each put is news, and each is not: the two ends between which programs live.
    max("one thread, each grows", 1, n_rounds, 0, alone);
    max("one thread, none grows", 1, n_rounds, u64::from(TIMES), no_news);
    max("two threads, each grows for one of them", 2, n_rounds, 0, contended);
    chain(n_rounds);
    bystanders(n_rounds);
    waiters_at_many_points(n_rounds);
}

fn max(title: &str, n_threads: usize, n_rounds: usize, start: u64, goal: Goal) {
    Contest::new(format!("Max<u64>, {title}: time a put of one thread"), TIMES)
        .side("put", || {
            let lvar = LVar::<Max<u64>>::new();
            lvar.put(start).expect("nobody freezes it");
            writes(n_threads, |i| lvar.put(i))
        })
        .side("fetch_max", || {
            let word = AtomicU64::new(start);
            // Relaxed: the weakest there is, so that nothing flatters us.
            writes(n_threads, |i| {
                word.fetch_max(i, Ordering::Relaxed);
                Ok(())
            })
        })
        .judge(n_rounds, &[("fetch_max", goal)]);
}

/// All threads doing all the writes at once. A writer passes errors on, as programs do.
fn writes(n_threads: usize, write: impl Fn(u64) -> Result<(), PutError> + Sync) -> Duration {
    let all = || (1..=u64::from(TIMES)).try_for_each(|i| write(black_box(i)));
    turn(n_threads, |_| all().expect("nothing is refused"))
}

#[derive(lvars::Lattice, lvars::LVar, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Stage {
    New,
    Paid,
    Packed,
    Sent,
    Done,
}

/// Eight thousand orders that go through all their stages: all puts are news but the first of each order.
fn chain(n_rounds: usize) {
    const ORDERS: usize = 8_192;
    const STAGES: [Stage; 5] = [Stage::New, Stage::Paid, Stage::Packed, Stage::Sent, Stage::Done];
    let goal = Goal { must: 1.15, stretch: 1.00 };
    fn all<O>(orders: &[O], write: impl Fn(&O, Stage) -> Result<(), PutError>) -> Duration {
        let each = || {
            orders
                .iter()
                .try_for_each(|order| STAGES.iter().try_for_each(|stage| write(order, black_box(*stage))))
        };
        clock::timed(|| each().expect("nothing is refused")).0
    }
    Contest::new("an enum of five states, each grows: time a put", (ORDERS * STAGES.len()) as u32)
        .side("put", || {
            let lvars: Vec<_> = (0..ORDERS).map(|_| LVar::<Stage>::new()).collect();
            all(&lvars, |order, stage| order.put(stage))
        })
        .side("fetch_or", || {
            let words: Vec<_> = (0..ORDERS).map(|_| AtomicU8::new(0)).collect();
            // Relaxed: the weakest there is, so that nothing flatters us.
            all(&words, |order, stage| {
                order.fetch_or(1 << stage as u8, Ordering::Relaxed);
                Ok(())
            })
        })
        .judge(n_rounds, &[("fetch_or", goal)]);
}

/// Reads that wait under other keys of the same map.
fn bystanders(n_rounds: usize) {
    const WAITERS: u32 = 10_000;
    const PUTS: u32 = 100_000;
    let goal = Goal { must: 1.20, stretch: 1.00 };
    let puts = |map: &LVar<BTreeMap<u32, Max<u64>>>| {
        clock::timed(|| {
            for i in 1..=PUTS {
                black_box(map.key(&black_box(i % 64)).put(u64::from(i)).is_ok());
            }
        })
        .0
    };
    Contest::new("puts into a map: time a put", PUTS)
        .side("10,000 reads wait elsewhere", || {
            let map = LVar::<BTreeMap<u32, Max<u64>>>::new();
            let keys: Vec<u32> = (64..64 + WAITERS).collect();
            let mut reads: Vec<_> = keys.iter().map(|key| map.key(key).at_least(1)).collect();
            assert!(reads.iter_mut().all(is_pending));
            puts(&map)
        })
        .side("nobody waits", || puts(&LVar::<BTreeMap<u32, Max<u64>>>::new()))
        .judge(n_rounds, &[("nobody waits", goal)]);
}

/// Reads of one word that wait at different points, and are woken one a put. Ten times as many may not cost more each.
fn waiters_at_many_points(n_rounds: usize) {
    let goal = Goal { must: 2.0, stretch: 1.5 };
    let time_a_read = |n: u32| {
        let lvar = LVar::<Max<u32>>::new();
        let mut reads: Vec<_> = (1..=n).map(|point| lvar.at_least(point)).collect();
        let (time, ()) = clock::timed(|| {
            assert!(reads.iter_mut().all(is_pending));
            for i in 1..=n {
                black_box(lvar.put(black_box(i)).is_ok());
            }
            assert!(!reads.iter_mut().any(is_pending));
        });
        time * 1_000 / n
    };
    Contest::new("Max<u32>, each read at a point of its own: to wait, a put that wakes it, its end", 1_000)
        .side("20,000 reads", || time_a_read(20_000))
        .side("2,000 reads", || time_a_read(2_000))
        .judge(n_rounds, &[("2,000 reads", goal)]);
}

fn is_pending(read: &mut (impl Future + Unpin)) -> bool {
    Pin::new(read).poll(&mut Context::from_waker(Waker::noop())).is_pending()
}
