//! Parallel loops: each item once, results in their order, the same answer however many workers there are.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use lattice_core::Flat;

use crate::{
    LVar, LVarType, Put,
    par::{self, RunError},
};

#[test]
fn a_loop_visits_each_item_from_its_start_on_once() {
    for n_workers in 1..=8 {
        for (start, end) in [(0, 0), (5, 5), (7, 8), (100, 1000), (1000, 11_000)] {
            let visits: Vec<AtomicUsize> = (0..end).map(|_| AtomicUsize::new(0)).collect();
            let result = par::run_on(n_workers, async |p| {
                p.par_for(start..end, |n| _ = visits[n].fetch_add(1, Relaxed)).await;
                // Awaited, all of them are done.
                visits.iter().map(|n_visits| n_visits.load(Relaxed)).sum()
            });
            assert_eq!(result, Ok(end - start), "{start}..{end}");
            let is_in = |n| if (start..end).contains(&n) { 1 } else { 0 };
            assert!(visits.iter().enumerate().all(|(n, n_visits)| n_visits.load(Relaxed) == is_in(n)));
        }
    }
}

#[test]
fn a_loop_that_nobody_awaits_is_done_at_the_end_of_the_run() {
    let set = LVar::<BTreeSet<u32>>::new();
    par::run(async |p| drop(p.par_for(3..300, |n| set.insert(n)))).unwrap();
    assert_eq!(set.into_value(), Ok((3..300).collect()));
}

#[test]
fn a_put_that_a_body_answers_fails_the_run() {
    let lvar = LVar::<Flat<u32>>::new();
    let result = par::run(async |p| p.par_for(1..3, |n| lvar.put(n)).await);
    assert!(matches!(result, Err(RunError::Put(_))), "{result:?}");
}

#[test]
fn results_are_in_the_order_of_their_items() {
    let words: Vec<String> = (0..5000_u32).map(|n| n.to_string()).collect();
    for n_workers in [1, 2, 5] {
        let lengths = par::run_on(n_workers, async |p| p.par_map(&words[..], String::len).await);
        assert!(lengths.unwrap().into_iter().eq(words.iter().map(String::len)));
    }
}

#[test]
fn a_reduction_joins_the_same_pairs_on_every_schedule() {
    // Subtraction is neither associative nor commutative, so each other order of joining shows; rounding of floats is not associative.
    let differences: BTreeSet<_> = (0..400)
        .map(|round| {
            let items: Vec<f64> = (0..1000_i32).map(|n| f64::from(n).sqrt()).collect();
            par::run_on(1 + round % 8, async |p| {
                let sum = p.par_reduce(&items[..], |n| *n, |left, right| left + right);
                let difference = p.par_reduce(0..1000_i64, |n| n, |left, right| left.wrapping_mul(3) - right);
                (sum.await.map(f64::to_bits), difference.await)
            })
            .unwrap()
        })
        .collect();
    assert_eq!(differences.len(), 1);
}

#[test]
fn a_reduction_with_an_associative_join_is_a_loop_from_left_to_right() {
    let join = |left: String, right: String| left + &right;
    let whole = par::run(async |p| p.par_reduce(0..2000_u32, |n| n.to_string(), join).await);
    assert_eq!(whole, Ok((0..2000_u32).map(|n| n.to_string()).reduce(join)));
    let nothing = par::run(async |p| p.par_reduce(0..0_u32, |n| n.to_string(), join).await);
    assert_eq!(nothing, Ok(None));
}

#[test]
fn loops_nest() {
    let set = LVar::<BTreeSet<(u32, u32)>>::new();
    let set = &set;
    par::run(async |p| {
        let q = p.clone();
        p.par_for(0..20_u32, move |row| drop(q.par_for(0..20_u32, move |column| set.insert((row, column)))))
            .await;
    })
    .unwrap();
    assert_eq!(set.at_least([(19, 19)]).wait(), Ok(()));
    assert_eq!(set.snapshot(crate::Outside::here()).len(), 400);
}

#[test]
fn after_a_panic_in_a_body_no_further_part_is_taken() {
    let n_begun = AtomicUsize::new(0);
    let result = catch_unwind(AssertUnwindSafe(|| {
        par::run_on(1, async |p| {
            p.par_for(0..100_000_usize, |n| {
                n_begun.fetch_add(1, Relaxed);
                if n == 3 {
                    resume_unwind(Box::new("three"));
                }
            })
            .await;
        })
    }));
    assert_eq!(result.unwrap_err().downcast_ref(), Some(&"three"));
    assert_eq!(n_begun.into_inner(), 4);
}
