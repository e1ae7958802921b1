//! Work that can be cancelled, because it cannot write.
//!
//! Whether work that is cancelled has got to its next write depends on the schedule, so only work without writes may be. That it has none is
//! a type: it is a plain function without captures, and what it is given is [`ReadOnly`].
//!
//! *The answer does not depend on how far the work has got.* It is awaited or cancelled, not both, by the ownership of [`Cancellable`]. Awaited,
//! it answers as any task. Cancelled, nothing of it can be seen: it wrote nothing; its result is dropped; even its panic is only
//! raised where the result is awaited.
//!
//! ```text
//!   the work's task                          who holds the handle
//!   ───────────────                          ────────────────────
//!   1. lock: over? drop the work, end        await: lock: done? take the result : leave the waker
//!      leave the task's waker                drop:  lock: over; unlock: drop the result, wake the task
//!   2. unlocked: poll the work
//!   3. done: lock: leave the result;
//!      unlock: wake who awaits
//! ```
//!
//! A cancel between 1 and 3 finds the task's waker, so the task is polled again and ends at 1. It does not wait on, and so does not block the
//! run.

use std::{
    any::Any,
    fmt,
    future::Future,
    marker::PhantomData,
    mem,
    panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Waker},
};

use crate::{
    lvar::why::{self, TaskId},
    par::{Par, ReadOnly, scope::Who, task},
    sync::{Mutex, lock},
};

impl<'scope, 'env> Par<'scope, 'env> {
    /// The handle whose tasks can only read, and can be cancelled for it.
    pub fn read_only(&self) -> ReadPar<'scope, 'env> {
        ReadPar(self.clone())
    }
}

/// A handle of a run that spawns tasks which only read: by [`Par::read_only`]. It may be given to such a task, to spawn more.
///
/// ```
/// use lvars::{Flat, LVar, LVarType, Max, Put, par::{self, Reader}};
///
/// let (votes, veto) = (LVar::<Max<u32>>::new(), LVar::<Flat<bool>>::new());
/// let result = par::run(async |p| {
///     let majority = p.read_only().spawn(Reader::new(&votes), |votes| votes.at_least(5));
///     p.fork(|_| veto.put(true));
///     if veto.decided().await? {
///         // Without this, the run would be blocked: there are no votes.
///         majority.cancel();
///         return Ok("vetoed");
///     }
///     majority.await.map(|()| "carried")
/// });
/// assert_eq!(result, Ok(Ok("vetoed")));
/// ```
#[derive(Clone, Debug)]
pub struct ReadPar<'scope, 'env>(Par<'scope, 'env>);

impl ReadOnly for ReadPar<'_, '_> {}

impl<'scope> ReadPar<'scope, '_> {
    /// Runs `work` as a task that waits for thresholds and answers, until it is done or its handle is dropped.
    ///
    /// `work` is a function or a closure that captures nothing; all that it can use is `input`. Work that waits for nothing runs to its end also
    /// when it is cancelled.
    #[track_caller]
    pub fn spawn<I, F>(&self, input: I, work: fn(I) -> F) -> Cancellable<'scope, F::Output>
    where
        I: ReadOnly + Send + 'scope,
        F: Future<Output: Send> + Send + 'scope,
    {
        let at = Location::caller();
        let (attempt, handle) = channel(async move { work(input).await }, at);
        self.0.start(Who { id: TaskId::of(&*handle.shared), name: task::name, at }, attempt, drop);
        handle
    }
}

/// The future of a task that can be cancelled, and its handle.
pub(super) fn channel<'scope, F: Future>(
    work: F,
    spawned_at: &'static Location<'static>,
) -> (Attempt<F>, Cancellable<'scope, F::Output>) {
    let shared = Arc::new(Mutex::new(State::Runs { task: None, reader: None }));
    let attempt = Attempt { work: Box::pin(work), shared: Arc::clone(&shared) };
    (attempt, Cancellable { shared, spawned_at, run: PhantomData })
}

/// How far the work is.
enum State<T> {
    /// It is not done. Who is to be woken when it is cancelled, and when it is done.
    Runs { task: Option<Waker>, reader: Option<Waker> },
    /// It is done, by an answer or a panic.
    Done(Ended<T>),
    /// The answer was handed out, or nobody wants it.
    Over,
}

/// How it ended: by an answer or a panic.
type Ended<T> = Result<T, Box<dyn Any + Send>>;

type Shared<T> = Arc<Mutex<State<T>>>;

/// The future of a task that can be cancelled.
pub(super) struct Attempt<F: Future> {
    work: Pin<Box<F>>,
    shared: Shared<F::Output>,
}

impl<F: Future> Future for Attempt<F> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut waker = Some(context.waker().clone());
        let is_over = match &mut *lock(&self.shared) {
            State::Runs { task, .. } => {
                mem::swap(task, &mut waker);
                false
            }
            State::Done(_) | State::Over => true,
        };
        // The waker of the last poll, a foreign destructor: after the unlock.
        drop(waker);
        if is_over {
            return Poll::Ready(());
        }
        // Unwind safe: the work is not polled again after a panic, and can have left nothing half written, since it does not write.
        let done = match catch_unwind(AssertUnwindSafe(|| self.work.as_mut().poll(context))) {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(answer)) => Ok(answer),
            Err(payload) => Err(payload),
        };
        self.finish(done);
        Poll::Ready(())
    }
}

impl<F: Future> Attempt<F> {
    fn finish(&self, done: Ended<F::Output>) {
        let mut state = lock(&self.shared);
        let next = match *state {
            State::Runs { .. } => State::Done(done),
            State::Done(_) | State::Over => {
                drop(state);
                // Nobody wants it: dropped here, after the unlock.
                return drop(done);
            }
        };
        let before = mem::replace(&mut *state, next);
        drop(state);
        if let State::Runs { reader: Some(reader), .. } = before {
            reader.wake();
        }
    }
}

/// The result of a task that only reads: by [`ReadPar::spawn`]. To await it is to want it; to drop it is to cancel the task.
///
/// What the task itself holds is dropped with it, so the tasks that it has spawned, and not awaited, are cancelled too.
#[must_use = "dropping it cancels the task"]
pub struct Cancellable<'scope, T> {
    shared: Shared<T>,
    spawned_at: &'static Location<'static>,
    /// Invariant, like the run's other handles.
    run: PhantomData<fn(&'scope ()) -> &'scope ()>,
}

impl<T: ReadOnly> ReadOnly for Cancellable<'_, T> {}

impl<T> Cancellable<'_, T> {
    /// Cancels the task: the same as to drop the handle, for the reader.
    pub fn cancel(self) {}
}

impl<T> Drop for Cancellable<'_, T> {
    fn drop(&mut self) {
        let before = mem::replace(&mut *lock(&self.shared), State::Over);
        if let State::Runs { task: Some(task), .. } = before {
            task.wake();
        }
    }
}

impl<T> Future for Cancellable<'_, T> {
    type Output = T;

    /// # Panics
    ///
    /// As the task panicked; and if it is polled after it answered, as futures may.
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let mut waker = Some(context.waker().clone());
        let mut state = lock(&self.shared);
        if let State::Runs { reader, .. } = &mut *state {
            mem::swap(reader, &mut waker);
            drop(state);
            drop(waker);
            if why::is_collecting() {
                why::report_task(TaskId::of(&*self.shared), self.spawned_at);
            }
            return Poll::Pending;
        }
        let before = mem::replace(&mut *state, State::Over);
        drop(state);
        match before {
            State::Done(Ok(answer)) => Poll::Ready(answer),
            State::Done(Err(payload)) => resume_unwind(payload),
            State::Runs { .. } | State::Over => panic!("a `Cancellable` was polled after it gave its result"),
        }
    }
}

impl<T> fmt::Debug for Cancellable<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cancellable").field("spawned_at", &self.spawned_at).finish_non_exhaustive()
    }
}
