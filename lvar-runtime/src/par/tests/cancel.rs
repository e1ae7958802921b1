//! Work that only reads may be cancelled, and then nothing of it can be seen.

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use lattice_core::{Flat, Max};

use crate::{
    LVar, LVarType, Put,
    par::{self, ReadOnly, Reader, RunError},
};

#[test]
fn read_only_work_that_is_awaited_answers() {
    for n_workers in 1..=4 {
        let (votes, name) = (LVar::<Max<u32>>::new(), LVar::<Flat<&str>>::new());
        let answer = par::run_on(n_workers, async |p| {
            let reads = (Reader::new(&votes), name.decided());
            let work = p.read_only().spawn(reads, |(votes, name)| async move {
                votes.at_least(2).await?;
                name.await
            });
            p.fork(|_| votes.put(3));
            p.fork(|_| name.put("ann"));
            work.await
        });
        assert_eq!(answer, Ok(Ok("ann")));
    }
}

#[test]
fn work_that_is_cancelled_does_not_block_the_run_whenever_it_is() {
    let votes = LVar::<Max<u32>>::new();
    for round in 0..300 {
        let result = par::run_on(1 + round % 8, async |p| {
            let reads = p.read_only();
            let early = reads.spawn(votes.at_least(5), |read| read);
            early.cancel();
            let late = reads.spawn(votes.at_least(5), |read| read);
            p.spawn(async {}).await;
            drop(late);
            // Cancelled by a task that runs beside it.
            let other = reads.spawn(votes.at_least(5), |read| read);
            p.fork(move |_| other.cancel());
        });
        assert_eq!(result, Ok(()), "round {round}");
    }
    assert_eq!(votes.n_waiters(), 0, "what is cancelled leaves no waiter behind");
}

#[test]
fn work_that_is_neither_awaited_nor_cancelled_blocks_the_run_like_any() {
    let votes = LVar::<Max<u32>>::new();
    let result = par::run(async |p| p.read_only().spawn(votes.at_least(5), |read| read).await);
    let Err(RunError::Blocked(blocked)) = result else { panic!("{result:?}") };
    assert_eq!(blocked.waiters().len(), 2, "the read, and who awaits it: {blocked}");
}

#[test]
fn what_cancelled_work_has_spawned_is_cancelled_with_it() {
    let votes = LVar::<Max<u32>>::new();
    for round in 0..100 {
        let result = par::run_on(1 + round % 4, async |p| {
            let input = (p.read_only(), Reader::new(&votes));
            let parent = p.read_only().spawn(input, |(reads, votes)| async move {
                let child = reads.spawn(votes, |votes| votes.at_least(7));
                _ = votes.at_least(8).await;
                child.await
            });
            p.spawn(async {}).await;
            parent.cancel();
        });
        assert_eq!(result, Ok(()), "round {round}");
    }
    assert_eq!(votes.n_waiters(), 0);
}

fn blow_up() {
    resume_unwind(Box::new("out of cheese"));
}

#[test]
fn a_panic_of_cancelled_work_never_happened_and_that_of_awaited_work_resurfaces() {
    for n_workers in 1..=4 {
        let cancelled = par::run_on(n_workers, async |p| {
            let work = p.read_only().spawn((), |()| async { blow_up() });
            p.spawn(async {}).await;
            work.cancel();
        });
        assert_eq!(cancelled, Ok(()));
        let awaited = catch_unwind(AssertUnwindSafe(|| {
            par::run_on(n_workers, async |p| p.read_only().spawn((), |()| async { blow_up() }).await)
        }));
        assert_eq!(awaited.unwrap_err().downcast_ref(), Some(&"out of cheese"));
    }
}

#[test]
fn the_result_of_cancelled_work_is_dropped() {
    #[derive(Clone)]
    struct Counted<'a>(&'a AtomicUsize);
    impl ReadOnly for Counted<'_> {}
    impl Drop for Counted<'_> {
        fn drop(&mut self) {
            self.0.fetch_add(1, Relaxed);
        }
    }
    for n_workers in 1..=4 {
        let n_dropped = AtomicUsize::new(0);
        par::run_on(n_workers, async |p| {
            for _ in 0..10 {
                let work = p.read_only().spawn(Counted(&n_dropped), |counted| async { counted });
                p.spawn(async {}).await;
                work.cancel();
            }
        })
        .unwrap();
        assert_eq!(n_dropped.into_inner(), 10);
    }
}
