//! How a job runs.

use std::{
    future::Future,
    panic::Location,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use pin_project_lite::pin_project;

use crate::{
    lvar::why::{self, TaskId},
    par::{
        Par, TaskEnd, here,
        pool::PoolCount,
        scope::{Body, Home, Local, MOST_NESTED, PoolRef, Run, Scope, Task, Waiting, Worker},
        signals::Ready,
        task::RunNewest,
        wake::{Polled, Suspended},
    },
    sync::lock,
    turns,
};

/// How many headers a worker keeps: one for each task that is polled inside of others.
const MOST_SPARES: usize = MOST_NESTED;

/// How many jobs a worker that has more to do ends at most between two looks for pools that are quiet. Each look takes the other workers'
/// words away, so there are twice as many jobs before each next one: a pool is found quiet at the latest when as much has been done
/// again as since someone began to wait.
const MOST_BETWEEN_LOOKS: u32 = 1 << 12;

/// A closure that was forked, and the key of the pool to which it and its children belong.
pub(in crate::par) struct Forked<F> {
    pub(in crate::par) closure: F,
    pub(in crate::par) pool: Option<usize>,
}

/// It is pinned only because tasks are, with which it shares a queue; nothing points into it.
impl<F> Unpin for Forked<F> {}

impl<'scope, 'env, F, R> Run<'scope, 'env> for Forked<F>
where
    F: FnOnce(&Par<'scope, 'env>) -> R + Send,
    R: TaskEnd,
{
    fn run(self: Pin<Box<Self>>, worker: &Worker<'_, 'scope, 'env>) {
        // Freed before it runs: what it forks takes its place, which is in the cache.
        let Self { closure, pool } = *Pin::into_inner(self);
        let par = worker.par;
        match pool {
            None => {
                par.scope.guarded(|| par.note_end(closure(par)));
            }
            Some(key) => worker.in_pool(key, |par, count| {
                par.scope.guarded(|| par.note_end(closure(par)));
                count.leave(Some(&worker.local.seat));
            }),
        }
        par.scope.finish(worker.local);
    }

    fn task(&self) -> Option<TaskId> {
        None
    }
}

impl<'scope, 'env> Worker<'_, 'scope, 'env> {
    /// Calls `code` with a handle whose forks belong to a pool. The handle is kept for the next job, which is mostly of the same pool.
    pub(in crate::par) fn in_pool(&self, key: usize, code: impl FnOnce(&Par<'scope, 'env>, &PoolCount)) {
        // Borrowed while the code runs: a job that is run inside of another has a `Worker` of its own.
        let mut pooled = self.pooled.borrow_mut();
        if pooled.as_ref().is_none_or(|(_, pool)| pool.key != key) {
            let count = Arc::clone(&lock(&self.par.scope.pools)[key]);
            *pooled = Some((self.par.in_pool(key, Arc::clone(&count)), PoolRef { key, count }));
        }
        if let Some((par, pool)) = &*pooled {
            code(par, &pool.count);
        }
    }
}

/// Who a task is.
pub(in crate::par) struct Who<N> {
    pub(in crate::par) id: TaskId,
    /// What a report calls it, given where it was spawned.
    pub(in crate::par) name: N,
    /// Where it was spawned.
    pub(in crate::par) at: &'static Location<'static>,
}

pin_project! {
    /// A spawned task that is not done.
    pub(in crate::par) struct Spawned<F, E, N> {
        // Until it is ready.
        #[pin]
        future: Option<F>,
        end: Option<E>,
        who: Who<N>,
        pool: Option<PoolRef>,
    }
}

impl<F, E, N> Spawned<F, E, N> {
    /// The task of `future`, whose result goes to `end`.
    pub(in crate::par) fn new(who: Who<N>, future: F, end: E, pool: Option<PoolRef>) -> Self {
        Self { future: Some(future), end: Some(end), who, pool }
    }
}

impl<F, E, N> Body for Spawned<F, E, N>
where
    F: Future + Send,
    E: FnOnce(F::Output) + Send,
    N: Fn(&Location<'_>) -> String + Send,
{
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut task = self.project();
        let Some(future) = task.future.as_mut().as_pin_mut() else { return Poll::Ready(()) };
        future.poll(context).map(|result| {
            // Dropped before anyone hears of the result: what it borrows or guards is over then.
            task.future.set(None);
            if let Some(end) = task.end.take() {
                end(result);
            }
        })
    }

    fn ask(self: Pin<&mut Self>, context: &mut Context<'_>) {
        let Who { id, name, at } = &self.who;
        let (id, name, at) = (*id, name(at), *at);
        _ = why::as_task(id, name, at, || self.poll(context));
    }

    fn pool(&self) -> Option<&PoolRef> {
        self.pool.as_ref()
    }
}

impl<'scope, 'env, F, E, N> Run<'scope, 'env> for Spawned<F, E, N>
where
    F: Future + Send + 'scope,
    E: FnOnce(F::Output) + Send + 'scope,
    N: Fn(&Location<'_>) -> String + Send + 'scope,
{
    fn run(self: Pin<Box<Self>>, worker: &Worker<'_, 'scope, 'env>) {
        let (scope, local) = (&worker.par.scope, worker.local);
        let spare = local.spares.borrow_mut().pop();
        scope.poll(self, spare.unwrap_or_else(|| Polled::new(&scope.signals)), local);
    }

    fn task(&self) -> Option<TaskId> {
        Some(self.who.id)
    }
}

impl<'scope, 'env> Scope<'scope, 'env> {
    /// Runs what became ready and uncounts it.
    pub(in crate::par) fn run_ready(&self, ready: Ready, worker: &Worker<'_, 'scope, 'env>) {
        let local = worker.local;
        // Who made it ready could not start a worker for what else there is.
        worker.par.scope.start_if(self.signals.sleep.start_if_lacking());
        match ready {
            Ready::Task(key) => return self.resume(key, local),
            Ready::Handler(key) => {
                let handler = lock(&self.handlers).get(key).cloned();
                if let Some(handler) = handler {
                    self.guarded(|| handler.pump(worker.par));
                    handler.pool().count.leave(Some(&local.seat));
                }
            }
            // Worker 0 polls the main task itself.
            Ready::Main => {}
        }
        self.finish(local);
    }

    /// Uncounts a job, after all else.
    #[inline]
    pub(in crate::par) fn finish(&self, local: &Local<'scope, 'env>) {
        if self.signals.quiescers.is_anyone_waiting() {
            match local.n_until_look.get() {
                0 => self.look_for_quiet_pools(local),
                more => local.n_until_look.set(more - 1),
            }
        }
        self.signals.work.finish(&local.seat);
    }

    #[cold]
    fn look_for_quiet_pools(&self, local: &Local<'scope, 'env>) {
        let more = if local.jobs.is_empty() { 0 } else { 2 * local.n_between_looks.get() + 1 };
        local.n_between_looks.set(more.min(MOST_BETWEEN_LOOKS));
        local.n_until_look.set(local.n_between_looks.get());
        self.guarded(|| self.signals.quiescers.wake_quiet());
    }

    /// Polls a task that waited and was woken.
    fn resume(&self, key: usize, local: &Local<'scope, 'env>) {
        let n_parts = self.waiting.len();
        let woken = lock(&self.waiting[key % n_parts]).try_remove(key / n_parts);
        match woken {
            Some(Waiting { task, polled }) => {
                polled.header.state.start();
                self.poll(task, polled, local);
            }
            None => self.finish(local),
        }
    }

    /// Polls a task and puts it where it belongs then: to those that wait, back into a queue, or nowhere.
    fn poll(&self, mut task: Task<'scope>, polled: Polled, local: &Local<'scope, 'env>) {
        let context = &mut Context::from_waker(&polled.waker);
        if self.guarded(|| task.as_mut().poll(context)) == Some(Poll::Pending) {
            return self.suspend(task, polled, local);
        }
        if let Some(spare) = polled.finish() {
            let mut spares = local.spares.borrow_mut();
            if spares.len() < MOST_SPARES {
                spares.push(spare);
            }
        }
        let pool = task.pool().cloned();
        self.guarded(|| drop(task));
        if let Some(pool) = pool {
            pool.count.leave(Some(&local.seat));
        }
        self.finish(local);
    }

    fn suspend(&self, task: Task<'scope>, polled: Polled, local: &Local<'scope, 'env>) {
        let part = local.seat.worker();
        let mut waiting = lock(&self.waiting[part]);
        let place = waiting.vacant_entry();
        let key = place.key() * self.waiting.len() + part;
        // Under the lock, so that whoever takes the key from the queue finds the task, which is put in its place below.
        let suspended = polled.header.suspend_at(key);
        place.insert(Waiting { task, polled });
        drop(waiting);
        match suspended {
            Suspended::Waits => self.finish(local),
            // Still counted: it goes from running to queued.
            Suspended::QueueAgain => self.signals.queue(Ready::Task(key)),
        }
    }
}

#[expect(single_use_lifetimes, reason = "the bound is what makes it well formed")]
impl<'scope, 'env: 'scope> RunNewest for Home<'scope, 'env> {
    fn run_if_newest(self: Arc<Self>, task: TaskId) {
        turns::yield_point();
        let par = Par::of(self);
        let Some(local) = par.scope.local() else { return };
        let signals = &par.scope.signals;
        // In a run inside of this one, what the task does would be taken for that run's.
        if signals.work.is_over() || !here::is_in(signals) {
            return;
        }
        local.nest(|| match local.jobs.pop() {
            Some(job) if job.task() == Some(task) => job.run(&Worker::new(&par, local)),
            Some(other) => {
                local.jobs.push(other);
                // Nobody could steal it in between.
                signals.sleep.wake_one();
            }
            None => {}
        });
    }
}
