//! Loops, truth, memo tables, cancellable work and slices: deterministic on every schedule.

use std::{
    collections::BTreeSet,
    future::Ready,
    sync::atomic::{AtomicU32, Ordering::Relaxed},
};

use lvars::{
    LVar,
    par::{Branch, Memo, Par, Reader, RunError},
    prelude::*,
};

use crate::correct::explored;

#[test]
fn a_sum_of_floats_by_a_reduction() {
    let items: Vec<f64> = (0..600_i32).map(|n| f64::from(n).sqrt()).collect();
    let sum =
        explored(|| par::run(async |p| p.par_reduce(&items[..], |n| *n, |left, right| left + right).await));
    let (sum, exact) = (sum.unwrap().unwrap(), items.iter().sum::<f64>());
    assert!((sum - exact).abs() < 1e-6, "{sum} is not near {exact}");
}

#[test]
fn a_map_in_the_order_of_its_items() {
    let squares = explored(|| par::run(async |p| p.par_map(0..20_u32, |n| n * n).await));
    assert_eq!(squares, Ok((0..20).map(|n| n * n).collect()));
}

#[test]
fn a_loop_over_a_mutable_slice() {
    let doubled = explored(|| {
        let mut numbers: Vec<u32> = (0..20).collect();
        par::run(async |p| p.par_for(&mut numbers[..], |n| *n *= 2).await)?;
        Ok(numbers)
    });
    assert_eq!(doubled, Ok((0..20).map(|n| 2 * n).collect()));
}

fn none() -> [Ready<bool>; 0] {
    []
}

#[test]
fn truth_as_soon_as_it_is_certain() {
    let answer = explored(|| {
        let steps: [LVar<Max<u32>>; 3] = [LVarType::new(), LVarType::new(), LVarType::new()];
        par::run(async |p| {
            let reached = |n: usize| {
                let step = &steps[n];
                async move { step.at_least(1).await.is_ok() == (n == 1) }
            };
            let (and, or) = (p.async_and((0..3).map(reached)), p.async_or((0..3).map(reached)));
            let nothing = (p.async_and(none()).await, p.async_or(none()).await);
            p.par_for(&steps[..], |step| step.put(1)).await;
            (and.await, or.await, nothing)
        })
    });
    assert_eq!(answer, Ok((false, true, (true, false))));
}

#[test]
fn a_memo_table_that_computes_each_value_once() {
    let answer = explored(|| {
        let n_computed = AtomicU32::new(0);
        let value = par::run(async |p| {
            let n_computed = &n_computed;
            let memo = p.memo(move |memo: Memo<'_, u64, u64>, n| async move {
                n_computed.fetch_add(1, Relaxed);
                let (one, two) = match n {
                    0 | 1 => return n,
                    _ => (memo.get(n - 1), memo.get(n - 2)),
                };
                one.await + two.await
            });
            memo.get(10).await
        })?;
        Ok((value, n_computed.into_inner()))
    });
    assert_eq!(answer, Ok((55, 11)));
}

#[test]
fn a_circle_in_a_memo_table() {
    let answer = explored(|| {
        par::run(async |p| {
            let memo = p.memo(|memo: Memo<'_, u32, u32>, n| async move { memo.get((n + 1) % 3).await });
            let also = p.spawn(memo.get(2));
            memo.get(0).await + also.await
        })
    });
    let Err(RunError::Blocked(blocked)) = answer else { panic!("{answer:?}") };
    assert_eq!(blocked.cycles().len(), 1);
}

#[test]
fn work_that_is_given_up() {
    let answer = explored(|| {
        let (votes, veto) = (LVar::<Max<u32>>::new(), LVar::<Flat<bool>>::new());
        par::run(async |p| {
            let reads = p.read_only();
            let majority = reads.spawn(Reader::new(&votes), |votes| votes.at_least(5));
            let minority = reads.spawn(votes.at_least(1), |read| read);
            p.fork(|_| votes.put(1));
            p.fork(|_| veto.put(true));
            if veto.decided().await == Ok(true) {
                majority.cancel();
            }
            minority.await
        })
    });
    assert_eq!(answer, Ok(Ok(())));
}

fn quicksort<'a>(p: &Par<'a, '_>, slice: &'a mut [u32]) {
    let Some((&mut pivot, rest)) = slice.split_first_mut() else { return };
    let mut n_less = 0;
    for index in 0..rest.len() {
        if rest[index] < pivot {
            rest.swap(index, n_less);
            n_less += 1;
        }
    }
    slice.swap(0, n_less);
    let (less, others) = slice.split_at_mut(n_less);
    p.fork(|p| quicksort(p, less));
    p.fork(|p| quicksort(p, &mut others[1..]));
}

#[test]
fn a_quicksort_of_disjoint_slices() {
    let sorted = explored(|| {
        let mut numbers: Vec<u32> = (0..16).map(|n| n * 7 % 17).collect();
        let slice = &mut numbers[..];
        par::run(async |p| quicksort(p, slice))?;
        Ok(numbers.is_sorted())
    });
    assert_eq!(sorted, Ok(true));
}

#[test]
fn joins_answer_the_same_on_every_schedule() {
    fn sum<'scope>(
        p: &Branch<'_, 'scope, '_>,
        numbers: &'scope [u32],
        seen: &'scope LVar<BTreeSet<u32>>,
    ) -> u32 {
        let [number] = *numbers else {
            let (left, right) = numbers.split_at(numbers.len() / 2);
            let (left, right) = p.join(|p| sum(p, left, seen), |p| sum(p, right, seen));
            return left + right;
        };
        p.fork(move |_| seen.insert(number));
        number
    }
    let numbers: Vec<u32> = (0..13).collect();
    let answer = explored(|| {
        let seen = LVar::<BTreeSet<u32>>::new();
        let total = par::run(async |p| sum(&p.branch(), &numbers, &seen))?;
        Ok((total, seen.into_value()))
    });
    assert_eq!(answer, Ok((78, Ok((0..13).collect()))));
}
