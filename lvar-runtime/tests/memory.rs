//! What reads that wait leave behind when they are dropped, counted by the allocator: nothing that grows with their number.
//!
//! One test, since the allocator is one for the process.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
    future::Future,
    pin::Pin,
    task::{Context, Waker},
};

use lattice_core::{DenseMap, DenseSet, Flat, GCounter, Max};
use lvar_runtime::{LVar, LVarType};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What lists may keep of their places, sixteen each, and what the test's runner does meanwhile.
const SLACK: usize = 4_096;

fn is_pending(read: &mut (impl Future + Unpin)) -> bool {
    Pin::new(read).poll(&mut Context::from_waker(Waker::noop())).is_pending()
}

/// The keys of a dense map: to ask for one makes its LVar, which stays, waited for or not.
const N_KEYS: u32 = 8;

/// An LVar holds as much after `n` reads have waited at once as after a few have. `wait` makes one of them.
fn leaves_nothing<'a, V, F>(lvar: &'a V, n: u32, wait: impl Fn(&'a V, u32) -> F)
where
    V: LVarType + Debug,
    F: Future + Unpin,
{
    let all = |n: u32| {
        let mut reads: Vec<F> = (0..n).map(|i| wait(lvar, i)).collect();
        assert!(reads.iter_mut().all(is_pending));
        // Every other one first, so that they do not go in the order in which they came.
        let mut at = 0;
        reads.retain(|_| {
            at += 1;
            at % 2 == 0
        });
    };
    all(N_KEYS);
    let before = MEMORY.current_usage();
    all(n);
    let left = MEMORY.current_usage().saturating_sub(before);
    assert!(left <= SLACK, "{n} reads of {lvar:?} leave {left} bytes");
}

#[test]
fn a_million_reads_that_are_dropped_leave_no_memory_behind() {
    // Most of a debug build's time would be its checks.
    let (most, many) = if cfg!(debug_assertions) { (20_000, 5_000) } else { (1_000_000, 100_000) };
    leaves_nothing(&LVar::<Max<u64>>::new(), most, |word, _| word.at_least(1));
    leaves_nothing(&LVar::<Max<u64>>::new(), many, |word, i| word.at_least(1 + u64::from(i)));
    leaves_nothing(&LVar::<Flat<u64>>::new(), many, |once, _| once.decided());
    leaves_nothing(&LVar::<GCounter>::new(), many, |count, i| count.at_least(1 + u64::from(i)));
    leaves_nothing(&LVar::<Max<String>>::new(), many, |locked, i| locked.at_least(i.to_string()));
    leaves_nothing(&LVar::<BTreeSet<u32>>::new(), most, |set, i| set.at_least([i]));
    leaves_nothing(&LVar::<DenseSet<u32>>::new(), many, |set, i| set.at_least([i]));
    leaves_nothing(&LVar::<DenseMap<u32, Flat<u8>>>::new(), many, |map, i| {
        map.at_least([(i % N_KEYS, Flat::Value(1))])
    });
    let map = |i: u32| BTreeMap::from([(i, Flat::Value(1))]);
    leaves_nothing(&LVar::<BTreeMap<u32, Flat<u8>>>::new(), many, |lvar, i| lvar.at_least(map(i)));
}
