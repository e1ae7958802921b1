//! Deterministic parallelism: a run whose tasks share LVars answers the same on every schedule, or fails on every schedule.
//!
//! [`run`] starts a main task and answers when nothing can run any more. Tasks are [forked](Par::fork) closures (cheap, for effects)
//! and [spawned](Par::spawn) futures (which may wait for thresholds and have a result). Both may borrow what outlives the run.
//! [Handlers](ForEach) follow the growth of sets and maps. On top of these are [loops](Par::par_for), [truth](Par::async_and), [memo tables](Par::memo)
//! and [work that can be cancelled](Par::read_only). What each of them promises is in `docs/determinism.md`; how the scheduler works,
//! with its proofs, in `par/README.md`.

mod and_or;
mod branch;
mod cancel;
#[cfg(all(feature = "explore", not(loom)))]
mod explore;
mod handler;
mod here;
#[cfg(all(test, loom))]
mod loom_branch;
#[cfg(all(test, loom))]
mod loom_models;
#[cfg(all(test, loom))]
mod loom_structures;
mod loops;
mod memo;
mod parts;
mod pool;
mod read_only;
mod run_error;
mod scope;
mod signals;
mod sleep;
mod tally;
mod task;
mod task_end;
#[cfg(test)]
#[cfg(not(any(loom, shuttle)))]
mod tests;
mod wake;
mod work;
mod worker;

use std::{fmt, future::Future, marker::PhantomData, panic::Location, sync::Arc};

pub use branch::Branch;
pub use cancel::{Cancellable, ReadPar};
#[cfg(all(feature = "explore", not(loom)))]
pub use explore::explore;
pub use handler::{ForEach, ForEachBatch};
pub use memo::{Memo, MemoGet};
pub use parts::Parts;
pub use pool::{Pool, Quiesce};
pub use read_only::{ReadOnly, Reader};
pub use run_error::{Blocked, RunError};
pub use task::Task;
pub use task_end::TaskEnd;

pub use crate::level::Quasi;
use crate::{
    current::Errors,
    error::PutError,
    lvar::LVarType,
    par::{
        pool::PoolCount,
        scope::{Forked, Home, Job, PoolRef, Scope, Spawned, Who},
    },
    sync::{n_cores, os_thread},
    turns,
};

/// Runs `main` and all that it forks on as many threads as the machine has, at least two, and answers what `main` answered. A thread is started
/// when there is work for it.
///
/// Tasks wait for what tasks of this run write. What is written from outside, by another thread or a merge into a replica, may or may not
/// come in time, so it does not count: a run that can only go on by it is reported as blocked.
///
/// It returns only when no task can run any more, so a conflict that any task met is reported, and nothing that was forked goes on
/// afterwards.
///
/// The run is deterministic: no task can get hold of a permit to [freeze](LVarType::freeze) or to look at a state, which is why what `main`
/// captures has to be `Send`, although it runs on the calling thread. The permit of a freeze comes with [`run_quasi`].
///
/// # Errors
///
/// [`RunError::Put`] if any put of any task was refused, whatever the task did with the error; [`RunError::Blocked`] if tasks still
/// wait when nothing can run.
///
/// # Panics
///
/// If a task panics: the others stop at their next boundary, what is left is dropped, and the panic resurfaces here once.
///
/// # Examples
///
/// ```
/// use lvars::{LVar, LVarType, Max, Put, par};
///
/// let best = LVar::<Max<u64>>::new();
/// let reached = par::run(async |p| {
///     for bid in [3, 9, 5] {
///         let best = &best;
///         p.fork(move |_| best.put(bid));
///     }
///     best.at_least(8).await
/// });
/// assert_eq!(reached, Ok(Ok(())));
/// assert_eq!(best.into_value(), Ok(Max(9)));
/// ```
#[track_caller]
pub fn run<'env, R, F>(main: F) -> Result<R, RunError>
where
    F: for<'scope> AsyncFnOnce(&Par<'scope, 'env>) -> R + Send,
{
    run_on(default_workers(), main)
}

/// [`run`] with a given number of workers, the calling thread among them; 0 is taken as 1.
///
/// The answer does not depend on the number.
///
/// # Errors
///
/// As [`run`].
///
/// # Panics
///
/// As [`run`].
#[track_caller]
pub fn run_on<'env, R, F>(n_workers: usize, main: F) -> Result<R, RunError>
where
    F: for<'scope> AsyncFnOnce(&Par<'scope, 'env>) -> R + Send,
{
    let at = Location::caller();
    os_thread::scope(|threads| {
        let par = Par::new(threads, n_workers, at);
        // `main` is called inside of the first poll, so that all of its code runs as a task.
        worker::drive(&par, async { main(&par).await })
    })
}

/// [`run`], but its tasks may freeze: it answers the same on every schedule, **or fails on some**.
///
/// `main` also gets the permit to freeze, for itself and for whichever of its tasks captures it. A freeze is a bet that all is written. If a
/// later write would change what was frozen, that write is refused, and the run fails. [`Pool::quiesce`] helps to win the bet. To look
/// at a state without freezing it is not permitted: see [`Outside`](crate::Outside).
///
/// ```
/// use std::collections::BTreeSet;
/// use lvars::{LVar, LVarType, par::{self, ForEach}};
///
/// let reached = LVar::<BTreeSet<u32>>::new();
/// let n_reached = par::run_quasi(async |p, quasi| {
///     let pool = p.pool();
///     reached.for_each(&pool, |_, &n| if n < 100 { reached.insert(2 * n) } else { Ok(()) });
///     reached.insert(1)?;
///     pool.quiesce().await;
///     Ok::<_, lvars::PutError>(reached.freeze(quasi)?.len())
/// })?;
/// assert_eq!(n_reached, Ok(8));
/// # Ok::<(), par::RunError>(())
/// ```
///
/// # Errors
///
/// As [`run`].
///
/// # Panics
///
/// As [`run`].
#[track_caller]
pub fn run_quasi<'env, R, F>(main: F) -> Result<R, RunError>
where
    F: for<'scope> AsyncFnOnce(&Par<'scope, 'env>, Quasi<'scope>) -> R + Send,
{
    let at = Location::caller();
    os_thread::scope(|threads| {
        let par = Par::new(threads, default_workers(), at);
        worker::drive(&par, async { main(&par, Quasi::new()).await })
    })
}

/// Runs `main` with an LVar and answers the LVar's exact value when the run is over.
///
/// Nothing can write any more then, so the freeze is deterministic. `main` gets a reference that its tasks may use too; being a
/// local variable, it has to be moved into them.
///
/// ```
/// use std::collections::BTreeSet;
/// use lvars::{LVar, LVarType, par};
///
/// let squares = par::run_then_freeze(LVar::<BTreeSet<u32>>::new(), async |p, squares| {
///     for n in 1..=3 {
///         p.fork(move |_| squares.insert(n * n));
///     }
/// });
/// assert_eq!(squares, Ok(BTreeSet::from([1, 4, 9])));
/// ```
///
/// # Errors
///
/// As [`run`].
///
/// # Panics
///
/// As [`run`].
#[track_caller]
pub fn run_then_freeze<'env, V, R, F>(lvar: V, main: F) -> Result<V::Lattice, RunError>
where
    V: LVarType,
    R: TaskEnd,
    F: for<'scope> AsyncFnOnce(&Par<'scope, 'env>, &'scope V) -> R + Send,
{
    let at = Location::caller();
    os_thread::scope(|threads| {
        let par = Par::new(threads, default_workers(), at);
        worker::drive(&par, async { par.note_end(main(&par, &lvar).await) })
    })?;
    // A conflict in the LVar was a refused put before, so this error is not news to the run.
    lvar.into_value().map_err(|conflict| RunError::Put(PutError::Conflict(conflict)))
}

/// A handle of a run: forks and spawns its tasks, and makes its handler pools. A clone is the same handle.
///
/// Tasks may borrow what lives for `'scope`: everything that was there before the run, `'env`, and nothing that a task or the main
/// task made, exactly as with [`std::thread::scope`].
pub struct Par<'scope, 'env: 'scope> {
    /// The handle of the worker that made this one.
    scope: Arc<Home<'scope, 'env>>,
    /// The pool to which what is forked through this handle belongs.
    pool: Option<PoolRef>,
    env: PhantomData<&'env mut &'env ()>,
}

impl<'scope, 'env> Par<'scope, 'env> {
    fn new(
        threads: &'scope os_thread::Scope<'scope, '_>,
        n_workers: usize,
        at: &'static Location<'static>,
    ) -> Self {
        let n_workers = turns::n_workers(n_workers.max(1));
        Self::of(Home::of(&Arc::new(Scope::new(threads, n_workers, at))))
    }

    fn of(scope: Arc<Home<'scope, 'env>>) -> Self {
        Self { scope, pool: None, env: PhantomData }
    }

    fn in_pool(&self, key: usize, count: Arc<PoolCount>) -> Self {
        Self { scope: Arc::clone(&self.scope), pool: Some(PoolRef { key, count }), env: PhantomData }
    }

    /// Runs `closure` some time, on some worker, and forgets it.
    ///
    /// It gets a handle of its own to fork more. It cannot wait: use [`spawn`](Self::spawn) for what may have to. It may return
    /// `Result<(), PutError>`, so that `?` ends it early. After the end of the run, that is in destructors, nothing is forked.
    ///
    /// It costs one allocation, and touches no word that another worker writes.
    ///
    /// ```
    /// use lvars::{LVar, LVarType, Max, Put, par};
    ///
    /// let (left, right) = (LVar::<Max<u64>>::new(), LVar::<Max<u64>>::new());
    /// par::run(async |p| {
    ///     p.fork(|p| {
    ///         p.fork(|_| right.put(2));
    ///         left.put(1)?;
    ///         Ok(())
    ///     });
    /// })?;
    /// assert_eq!((left.into_value(), right.into_value()), (Ok(Max(1)), Ok(Max(2))));
    /// # Ok::<(), par::RunError>(())
    /// ```
    ///
    /// A closure in a loop has to own the loop's variable, and only borrow what all share: move a reference in.
    ///
    /// ```
    /// use std::collections::BTreeSet;
    /// use lvars::{LVar, LVarType, par};
    ///
    /// let squares = LVar::<BTreeSet<u32>>::new();
    /// par::run(async |p| {
    ///     for n in 1..=3 {
    ///         let squares = &squares;
    ///         p.fork(move |_| squares.insert(n * n));
    ///     }
    /// })?;
    /// assert_eq!(squares.into_value(), Ok(BTreeSet::from([1, 4, 9])));
    /// # Ok::<(), par::RunError>(())
    /// ```
    pub fn fork<R: TaskEnd>(&self, closure: impl FnOnce(&Par<'scope, 'env>) -> R + Send + 'scope) {
        turns::yield_point();
        self.queue(Box::pin(Forked { closure, pool: self.pool.as_ref().map(|pool| pool.key) }));
    }

    /// Runs `future` as a task, which may wait, and answers a handle to await its result.
    ///
    /// To fork or spawn inside of it, move a clone of the handle in. Awaiting what is no read, task or pool of this run is reported as
    /// blocked: only work of the run can wake its tasks.
    ///
    /// ```
    /// use lvars::{LVar, LVarType, Max, Put, par};
    ///
    /// let step = LVar::<Max<u64>>::new();
    /// let answer = par::run(async |p| {
    ///     let waits = p.spawn(async { step.at_least(1).await.map(|()| 42) });
    ///     p.fork(|_| step.put(1));
    ///     waits.await
    /// });
    /// assert_eq!(answer, Ok(Ok(42)));
    /// ```
    #[track_caller]
    pub fn spawn<F>(&self, future: F) -> Task<'scope, F::Output>
    where
        F: Future<Output: Send> + Send + 'scope,
    {
        self.spawn_at(future, Location::caller())
    }

    fn spawn_at<F>(&self, future: F, at: &'static Location<'static>) -> Task<'scope, F::Output>
    where
        F: Future<Output: Send> + Send + 'scope,
    {
        let (task, slot) = task::channel(at);
        self.start(Who { id: task.id(), name: task::name, at }, future, move |result| slot.fill(result));
        task.queued(self.scope.nearest())
    }

    /// Runs `future` as a task, and hands its result to `end`.
    fn start<F>(
        &self,
        who: Who<impl Fn(&Location<'_>) -> String + Send + 'scope>,
        future: F,
        end: impl FnOnce(F::Output) + Send + 'scope,
    ) where
        F: Future + Send + 'scope,
    {
        turns::yield_point();
        self.queue(Box::pin(Spawned::new(who, future, end, self.pool.clone())));
    }

    fn queue(&self, job: Job<'scope, 'env>) {
        self.scope.queue(job, self.pool.as_ref().map(|pool| &*pool.count));
    }

    /// A new handler pool, which has nothing to do with the pool of this handle. See [`ForEach::for_each`].
    pub fn pool(&self) -> Pool<'scope, 'env> {
        Pool::new(self)
    }

    /// Notes the error with which a closure ended. Its put has noted it already, unless it was made on a thread that is no worker.
    fn note_end(&self, end: impl TaskEnd) {
        if let Some(error) = end.put_error() {
            self.scope.signals.note(&error);
        }
    }
}

impl Clone for Par<'_, '_> {
    fn clone(&self) -> Self {
        Self { scope: self.scope.nearest(), pool: self.pool.clone(), env: PhantomData }
    }
}

impl fmt::Debug for Par<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Par").field("n_workers", &self.scope.n_workers()).field("pool", &self.pool).finish()
    }
}

/// As many workers as the machine has cores; at least two, so that what a schedule could break shows on small machines too.
fn default_workers() -> usize {
    n_cores().max(2)
}
