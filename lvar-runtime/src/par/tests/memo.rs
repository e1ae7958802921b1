//! Memo tables: each value is computed once, and keys that wait for each other in a circle are told, the same on every schedule.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use lattice_core::Max;

use crate::{
    LVar, LVarType, Put,
    par::{self, Blocked, Memo, RunError},
};

#[test]
fn each_value_is_computed_once_whoever_asks_for_it() {
    for round in 0..200 {
        let n_computed = AtomicUsize::new(0);
        let sum = par::run_on(1 + round % 8, async |p| {
            let n_computed = &n_computed;
            let memo = p.memo(move |memo: Memo<'_, u64, u64>, n| async move {
                n_computed.fetch_add(1, Relaxed);
                let halves = (n > 0).then(|| (memo.get(n / 2), memo.get(n / 3)));
                match halves {
                    Some((half, third)) => half.await + third.await,
                    None => 1,
                }
            });
            let values: Vec<_> = (0..50).map(|n| p.spawn(memo.get(n))).collect();
            let mut sum = 0;
            for value in values {
                sum += value.await;
            }
            sum
        });
        fn expected(n: u64) -> u64 {
            if n == 0 { 1 } else { expected(n / 2) + expected(n / 3) }
        }
        assert_eq!(sum, Ok((0..50).map(expected).sum()), "round {round}");
        assert_eq!(n_computed.into_inner(), 50, "round {round}");
    }
}

#[test]
fn a_value_may_wait_for_a_threshold() {
    let step = LVar::<Max<u32>>::new();
    let found = par::run(async |p| {
        let step = &step;
        let memo = p.memo(move |_, least: u32| async move { step.at_least(least).await.map(|()| least) });
        let (two, one) = (memo.get(2), memo.get(1));
        p.fork(|_| step.put(2));
        (one.await, two.await)
    });
    assert_eq!(found, Ok((Ok(1), Ok(2))));
}

/// Keys ask for the next one in a circle of `len`; those from 10 on ask for the circle. What the blocked run says.
fn circle(len: u32, n_workers: usize) -> Blocked {
    let result = par::run_on(n_workers, async |p| {
        let memo = p.memo(|memo: Memo<'_, u32, u32>, n| async move {
            let next = if n < 10 { (n + 1) % len } else { n % len };
            memo.get(next).await + 1
        });
        drop(p.par_for(0..20_u32, {
            let memo = memo.clone();
            move |n| drop(memo.get(n))
        }));
        memo.get(12).await
    });
    let Err(RunError::Blocked(blocked)) = result else { panic!("{result:?}") };
    blocked
}

#[test]
fn a_circle_of_keys_is_told_the_same_on_every_schedule() {
    for len in 1..=4 {
        let reports: BTreeSet<String> = (0..60).map(|round| circle(len, 1 + round % 8).to_string()).collect();
        assert_eq!(reports.len(), 1, "{reports:#?}");
        let blocked = circle(len, 2);
        let [cycle] = blocked.cycles() else { panic!("{blocked}") };
        let keys: Vec<_> = cycle.iter().map(|name| name.split(' ').nth(3).unwrap().parse::<u32>()).collect();
        assert!(keys.into_iter().eq((0..len).map(Ok)), "{blocked}");
    }
}

#[test]
fn a_circle_through_a_child_and_another_table_is_found() {
    let other = LVar::<Max<u32>>::new();
    let result = par::run(async |p| {
        // `even` asks a child of its own, which asks the same key.
        let q = p.clone();
        let even = p.memo(move |memo: Memo<'_, u32, u32>, n| q.spawn(memo.get(n)));
        drop(p.spawn(async { other.at_least(1).await }));
        even.get(4).await
    });
    let Err(RunError::Blocked(blocked)) = result else { panic!("{result:?}") };
    let [cycle] = blocked.cycles() else { panic!("{blocked}") };
    assert_eq!(cycle.len(), 2, "the key and its child: {blocked}");
    assert_eq!(blocked.waiters().len(), 4, "the read on no circle is told as well: {blocked}");
}

#[test]
fn nothing_of_a_blocked_table_is_left() {
    struct Counted<'a>(&'a AtomicUsize);
    impl Drop for Counted<'_> {
        fn drop(&mut self) {
            self.0.fetch_add(1, Relaxed);
        }
    }
    let n_dropped = AtomicUsize::new(0);
    let counted = Counted(&n_dropped);
    let result = par::run(async |p| {
        let memo = p.memo(move |memo: Memo<'_, u32, u32>, n| {
            let _held = &counted;
            async move { memo.get(n).await }
        });
        memo.get(1).await
    });
    assert!(matches!(result, Err(RunError::Blocked(_))));
    assert_eq!(n_dropped.load(Relaxed), 1);
}
