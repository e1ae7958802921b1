//! `async_and` and `async_or`: certain as soon as may be, and the truth over nothing.

use std::future::{Future, ready};

use lattice_core::Max;

use crate::{
    LVar, LVarType, Put,
    par::{self, RunError},
};

fn none() -> [std::future::Ready<bool>; 0] {
    []
}

#[test]
fn over_nothing_and_is_true_and_or_is_false() {
    assert_eq!(par::run(async |p| (p.async_and(none()).await, p.async_or(none()).await)), Ok((true, false)));
}

#[test]
fn both_are_what_std_says_of_all_and_any() {
    for n_workers in 1..=4 {
        for bits in 0..64_u32 {
            let conditions = || (0..6).map(move |bit| bits & 1 << bit != 0);
            let found = par::run_on(n_workers, async |p| {
                let (and, or) = (p.async_and(conditions().map(ready)), p.async_or(conditions().map(ready)));
                (and.await, or.await)
            });
            assert_eq!(found, Ok((conditions().all(|one| one), conditions().any(|one| one))), "{bits:06b}");
        }
    }
}

#[test]
fn one_decisive_condition_decides_while_another_still_waits() {
    for n_workers in 1..=4 {
        let (step, end) = (&LVar::<Max<u32>>::new(), &LVar::<Max<u32>>::new());
        // The other condition can only be known after the answer is.
        let condition = |decisive: bool, waits: bool| async move {
            if waits {
                end.at_least(1).await.is_ok() != decisive
            } else {
                step.at_least(1).await.is_ok() == decisive
            }
        };
        let found = par::run_on(n_workers, async |p| {
            let or = p.async_or([condition(true, true), condition(true, false)]);
            let and = p.async_and([condition(false, false), condition(false, true)]);
            p.fork(|_| step.put(1));
            let found = (or.await, and.await);
            end.put(1).unwrap();
            found
        });
        assert_eq!(found, Ok((true, false)));
    }
}

#[test]
fn a_condition_that_waits_for_ever_blocks_the_run_although_the_answer_is_known() {
    let votes = LVar::<Max<u32>>::new();
    let waits = |least: u32| {
        let votes = &votes;
        async move { least == 0 || votes.at_least(least).await.is_ok() }
    };
    let result = par::run(async |p| p.async_or([waits(0), waits(5)]).await);
    let Err(RunError::Blocked(blocked)) = result else { panic!("{result:?}") };
    assert_eq!(blocked.waiters().len(), 1);
}

#[test]
fn the_answer_is_a_task_that_may_be_awaited_anywhere() {
    fn is_send(future: impl Future<Output = bool> + Send) -> impl Future<Output = bool> + Send {
        future
    }
    let found = par::run(async |p| {
        let inner = is_send(p.async_and([ready(true)]));
        p.spawn(async move { !inner.await }).await
    });
    assert_eq!(found, Ok(false));
}
