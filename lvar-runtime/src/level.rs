//! Who may ask for what depends on the schedule? Permits, which a deterministic run hands out to nobody.
//!
//! An operation that is not deterministic takes a permit, of a type that says how far it may go:
//!
//! | permit | who has it | what it is good for |
//! | --- | --- | --- |
//! | none | every task of every run | all that is deterministic |
//! | [`Quasi`] | the tasks of a run by [`run_quasi`](crate::par::run_quasi) | [`freeze`](crate::LVarType::freeze): the same answer on every schedule, or an error; a replica's `update` and `merge` |
//! | [`Outside`] | code that no run runs | all that `Quasi` is, and ordinary reads: `snapshot`, `why`, `wait_timeout`, a replica's `now` and `query` |
//!
//! *Why no task comes by the permit of an outsider:* it is neither `Send` nor `Sync`, while what is forked or spawned, and the main task's
//! closure, has to be `Send`; and [`Outside::here`] panics on a thread that runs tasks.

use std::{fmt, marker::PhantomData};

use crate::current;

/// The permit of code that no parallel run runs: plain threads, tests, async tasks of other executors, `main`.
///
/// Make one where it is needed; it is nothing but a word to the compiler.
///
/// ```
/// use lvars::{LVar, LVarType, Max, Outside, Put};
///
/// let votes = LVar::<Max<u32>>::new();
/// votes.put(3)?;
/// assert_eq!(votes.snapshot(Outside::here()), Max(3), "so far");
/// assert_eq!(votes.freeze(Outside::here()), Ok(Max(3)), "for ever");
/// # Ok::<(), lvars::PutError>(())
/// ```
///
/// A task cannot get hold of one, neither from its surroundings,
///
/// ```compile_fail,E0277
/// use lvars::{LVar, LVarType, Max, Outside, par};
///
/// let votes = LVar::<Max<u32>>::new();
/// let outside = Outside::here();
/// par::run(async |p| p.fork(move |_| _ = votes.snapshot(outside)));
/// ```
///
/// nor by making one, which is a panic.
#[derive(Clone, Copy)]
pub struct Outside(PhantomData<*const NoTaskMayHoldThis>);

/// What the compiler names as the reason why an [`Outside`] cannot be sent to a task.
struct NoTaskMayHoldThis;

impl Outside {
    /// The permit of the code that calls this.
    ///
    /// # Panics
    ///
    /// In a task of a parallel run, and in what a task calls.
    #[track_caller]
    pub fn here() -> Self {
        assert!(
            !current::on_worker(),
            "a task of a parallel run is not outside of it; wait for a threshold, or take the exact value from \
             `run_then_freeze`, or freeze in a run by `run_quasi`"
        );
        Self(PhantomData)
    }
}

impl fmt::Debug for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Outside")
    }
}

/// The permit of a quasi-deterministic run: by [`run_quasi`](crate::par::run_quasi), to be captured by whichever of its tasks freezes.
///
/// It cannot leave its run. A deterministic run inside of a task that holds one may use it, but is no more than quasi-deterministic then.
#[derive(Clone, Copy)]
pub struct Quasi<'scope>(PhantomData<fn(&'scope ()) -> &'scope ()>);

impl Quasi<'_> {
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }
}

impl fmt::Debug for Quasi<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Quasi")
    }
}

/// A permit to freeze, and to write into a replica: [`Quasi`] or [`Outside`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no permit to freeze or to write into a replica",
    label = "neither the permit of a run by `par::run_quasi` nor `Outside::here()`",
    note = "a deterministic run has no such permit, since what these answer depends on the schedule",
    note = "`par::run_then_freeze` and `into_value` need none; `par::run_quasi(async |p, quasi| ..)` hands one out"
)]
pub trait MayFreeze: Copy + closed::Permit {}

impl MayFreeze for Quasi<'_> {}
impl MayFreeze for Outside {}

mod closed {
    /// No other crate can implement it.
    #[expect(unnameable_types, reason = "nobody can name it, so nobody else makes a permit")]
    pub trait Permit {}

    impl Permit for super::Quasi<'_> {}
    impl Permit for super::Outside {}
}

#[cfg(test)]
#[cfg(not(loom))]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use lattice_core::Max;

    use super::Outside;
    use crate::{LVar, LVarType, Put, par};

    #[test]
    fn a_task_that_says_it_is_outside_panics() {
        let payload = catch_unwind(AssertUnwindSafe(|| par::run(async |p| p.fork(|_| _ = Outside::here()))));
        let text = *payload.unwrap_err().downcast::<&str>().unwrap();
        assert!(text.starts_with("a task of a parallel run is not outside of it; "), "{text}");
        // The run is over, and this thread is outside again.
        _ = Outside::here();
    }

    #[test]
    fn a_quasi_deterministic_run_freezes_wherever_its_permit_is_brought() {
        let votes = &LVar::<Max<u32>>::new();
        let result = par::run_quasi(async |p, quasi| {
            votes.put(3).unwrap();
            p.spawn(async move { votes.freeze(quasi) }).await
        });
        assert_eq!(result, Ok(Ok(Max(3))));
        assert!(votes.put(4).is_err());
    }
}
