//! What could stop a thread that others wait for: a blocking read, and a run inside of a run. Each is reported; none hangs.
//!
//! ```text
//!   outer run, worker 0                       its deque
//!   ───────────────────                       ─────────
//!   inner run ── waits for what ─────────────▶ this job would put, which this very worker would have to run
//!     └─ nothing of the inner run can run: blocked, and so is the outer one
//! ```

use std::collections::BTreeSet;

use lattice_core::Max;

use crate::{
    LVar, LVarType, Put,
    error::GetError,
    par::{self, ForEach, RunError},
};

type Answer = Result<(), GetError>;

/// What reads in tasks answer that block, although what they wait for is there: one for each kind of code that a run runs.
fn blocking_reads(step: &LVar<Max<u32>>, found: &LVar<BTreeSet<String>>) -> Result<(), RunError> {
    let note = |kind: &str, answer: Answer| found.insert(format!("{kind}: {answer:?}"));
    let note = &note;
    par::run(async |p| {
        note("main", step.at_least(1).wait())?;
        p.fork(move |_| note("closure", step.at_least(1).wait()));
        p.spawn(async { note("task", step.at_least(1).wait()) }).await?;
        p.join(
            |_| note("first", step.at_least(1).wait()).is_ok(),
            move |_| note("second", step.at_least(1).wait()).is_ok(),
        );
        p.par_for(0..1_u32, move |_| note("loop", step.at_least(1).wait())).await;
        let entries = LVar::<BTreeSet<u32>>::new();
        par::run(async |p| {
            entries.for_each(&p.pool(), |_, _| note("handler", step.at_least(1).wait()));
            entries.insert(1)
        })
        .unwrap()
    })
    .map(Result::unwrap)
}

#[test]
fn a_read_that_blocks_is_refused_in_all_code_of_a_run() {
    let (step, found) = (LVar::<Max<u32>>::new(), LVar::<BTreeSet<String>>::new());
    step.put(1).unwrap();
    assert_eq!(blocking_reads(&step, &found), Ok(()));
    let kinds = ["main", "closure", "task", "first", "second", "loop", "handler"];
    let expected = kinds.map(|kind| format!("{kind}: Err(OnWorker)"));
    assert_eq!(found.into_value(), Ok(BTreeSet::from(expected)));
}

/// Runs a run inside of one, which waits for work of the outer one: on one worker, for what that worker would have to do itself.
fn inner_waits_for_outer(n_workers: usize) -> [Result<Result<(), RunError>, RunError>; 3] {
    let step = LVar::<Max<u32>>::new();
    let for_a_put = par::run_on(n_workers, async |p| {
        p.fork(|_| step.put(1));
        par::run_on(1, async |_| step.at_least(1).await).map(|_| ())
    });
    let for_a_task = par::run_on(n_workers, async |p| {
        let task = p.spawn(async {});
        par::run_on(1, async move |_| task.await)
    });
    let entries = LVar::<BTreeSet<u32>>::new();
    let for_a_pool = par::run_on(n_workers, async |p| {
        let pool = p.pool();
        entries.for_each(&pool, |_, _| ());
        entries.insert(1).unwrap();
        par::run_on(1, async move |_| pool.quiesce().await)
    });
    [for_a_put, for_a_task, for_a_pool]
}

#[test]
fn a_run_inside_of_a_run_that_waits_for_what_its_worker_would_do_is_blocked_and_so_is_the_outer_one() {
    for result in inner_waits_for_outer(1) {
        assert!(matches!(result, Err(RunError::Blocked(_))), "{result:?}");
    }
}

#[test]
fn a_run_inside_of_a_run_that_waits_for_other_workers_answers_or_fails_both() {
    for n_workers in 2..=4 {
        for result in inner_waits_for_outer(n_workers) {
            assert!(matches!(result, Ok(Ok(())) | Err(RunError::Blocked(_))), "{result:?}");
        }
    }
}
