//! The part of a run that borrows: its jobs, its tasks, its handlers, and who may take which.
//!
//! A job is counted, in [`Work`](super::work::Work) and in its pool, before it is in any queue. Each queue hands a job to exactly one worker:
//!
//! | queue | who fills it | who empties it |
//! | --- | --- | --- |
//! | a worker's deque | that worker: forks and first polls, newest first | that worker; the others steal the oldest |
//! | `injected` | forks from threads that are no worker | any worker |
//! | [`Signals`]' queue | wakers and doorbells, which cannot hold what borrows | any worker |
//!
//! The owner's end of a deque is behind a lock that nobody else takes but for cleaning up: that is what makes it reachable from a
//! [`Par`] that may cross threads, at the price of an uncontended lock.

use std::{
    future::Future,
    iter,
    panic::{AssertUnwindSafe, Location, catch_unwind},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Waker},
};

use crossbeam_deque::{Injector, Steal, Stealer, Worker};
use slab::Slab;

use crate::{
    par::{
        Par,
        handler::{Bell, Pump},
        here,
        pool::PoolCount,
        signals::{Ready, Signals},
        wake::{Header, Suspended},
    },
    sync::{Mutex, lock},
};

/// The future of a spawned task; its result goes where [`Task`](super::Task) finds it.
pub(super) type TaskFuture<'scope> = Pin<Box<dyn Future<Output = ()> + Send + 'scope>>;

/// A closure that was forked.
pub(super) type Closure<'scope, 'env> = Box<dyn FnOnce(&Par<'scope, 'env>) + Send + 'scope>;

mod close;

/// What a worker runs between two looks at the queues.
pub(super) enum Job<'scope, 'env> {
    /// A forked closure, and the pool to which it and its children belong.
    Closure(Closure<'scope, 'env>, Option<Arc<PoolCount>>),
    /// A task or a handler.
    Ready(Ready),
}

/// A spawned task that is not done.
struct Spawned<'scope> {
    /// Taken out while it is polled.
    future: Option<TaskFuture<'scope>>,
    header: Arc<Header>,
    pool: Option<Arc<PoolCount>>,
}

/// The jobs, tasks and handlers of one run.
pub(super) struct Scope<'scope, 'env> {
    pub(super) signals: Arc<Signals>,
    deques: Box<[Mutex<Worker<Job<'scope, 'env>>>]>,
    stealers: Box<[Stealer<Job<'scope, 'env>>]>,
    injected: Injector<Job<'scope, 'env>>,
    tasks: Mutex<Slab<Spawned<'scope>>>,
    handlers: Mutex<Vec<Arc<dyn Pump<'scope, 'env> + 'scope>>>,
    /// Where the run was started.
    run_at: &'static Location<'static>,
}

impl<'scope, 'env> Scope<'scope, 'env> {
    pub(super) fn new(n_workers: usize, run_at: &'static Location<'static>) -> Self {
        let deques: Box<[_]> = iter::repeat_with(Worker::new_lifo).take(n_workers).collect();
        let stealers = deques.iter().map(Worker::stealer).collect();
        Self {
            signals: Signals::new(),
            deques: deques.into_iter().map(Mutex::new).collect(),
            stealers,
            injected: Injector::new(),
            tasks: Mutex::new(Slab::new()),
            handlers: Mutex::new(Vec::new()),
            run_at,
        }
    }

    pub(super) fn n_workers(&self) -> usize {
        self.deques.len()
    }

    /// Queues a closure, or drops it if the run is over.
    pub(super) fn fork(&self, closure: Closure<'scope, 'env>, pool: Option<Arc<PoolCount>>) {
        if !self.signals.work.admit() {
            return;
        }
        if let Some(pool) = &pool {
            pool.enter();
        }
        self.push(Job::Closure(closure, pool));
    }

    /// Queues the first poll of a task, or drops its future if the run is over.
    pub(super) fn spawn(&self, future: TaskFuture<'scope>, pool: Option<Arc<PoolCount>>) {
        if !self.signals.work.admit() {
            return;
        }
        if let Some(pool) = &pool {
            pool.enter();
        }
        let key = {
            let mut tasks = lock(&self.tasks);
            let vacant = tasks.vacant_entry();
            let key = vacant.key();
            let header = Header::new(Arc::clone(&self.signals), Ready::Task(key));
            vacant.insert(Spawned { future: Some(future), header, pool });
            key
        };
        self.push(Job::Ready(Ready::Task(key)));
    }

    /// Registers the handler that `make` makes of its bell, unless the run is over.
    pub(super) fn add_handler(
        &self,
        pool: &Arc<PoolCount>,
        make: impl FnOnce(Arc<Bell>) -> Arc<dyn Pump<'scope, 'env> + 'scope>,
    ) -> Option<Arc<Bell>> {
        if self.signals.work.is_over() {
            return None;
        }
        let mut handlers = lock(&self.handlers);
        let bell = Bell::new(&self.signals, pool, handlers.len());
        pool.add_handler(handlers.len());
        // There before anyone can ring: who takes the ring from the queue finds the handler.
        handlers.push(make(Arc::clone(&bell)));
        Some(bell)
    }

    /// Rings the bells of those handlers of a pool that have an entry ready.
    pub(super) fn ring_due(&self, pool: &PoolCount) {
        for key in pool.handlers() {
            let handler = lock(&self.handlers).get(key).cloned();
            if let Some(handler) = handler {
                handler.ring_if_due();
            }
        }
    }

    /// Queues a job that is counted already.
    fn push(&self, job: Job<'scope, 'env>) {
        match here::worker_of(&self.signals) {
            Some(worker) => lock(&self.deques[worker]).push(job),
            None => self.injected.push(job),
        }
        self.signals.sleep.wake_one();
    }

    /// Takes a job for a worker: its own newest, else what became ready, else what was injected, else another worker's oldest.
    pub(super) fn find(&self, worker: usize) -> Option<Job<'scope, 'env>> {
        let own = lock(&self.deques[worker]);
        let job = own.pop().or_else(|| self.signals.take_ready().map(Job::Ready));
        if job.is_some() {
            return job;
        }
        let n_workers = self.n_workers();
        let others = (1..n_workers).map(|distance| &self.stealers[(worker + distance) % n_workers]);
        let job = until_decided(|| self.injected.steal_batch_and_pop(&own)).or_else(|| {
            others.into_iter().find_map(|other| until_decided(|| other.steal_batch_and_pop(&own)))
        });
        // While the batch moved it was in no deque, and a worker that looked then went to sleep.
        if !own.is_empty() {
            self.signals.sleep.wake_one();
        }
        job
    }

    /// Runs a job to its end and uncounts it.
    pub(super) fn run(&self, job: Job<'scope, 'env>, par: &Par<'scope, 'env>) {
        match job {
            Job::Closure(closure, None) => {
                self.guarded(|| closure(par));
            }
            Job::Closure(closure, Some(pool)) => {
                let par = par.in_pool(Arc::clone(&pool));
                self.guarded(|| closure(&par));
                pool.leave();
            }
            Job::Ready(Ready::Task(key)) => {
                if self.poll(key) == Suspended::QueueAgain {
                    // Still counted: it goes from running to queued.
                    return self.signals.queue(Ready::Task(key));
                }
            }
            Job::Ready(Ready::Handler(key)) => {
                let handler = lock(&self.handlers).get(key).cloned();
                if let Some(handler) = handler {
                    self.guarded(|| handler.pump(par));
                    handler.pool().leave();
                }
            }
            // Worker 0 polls the main task itself.
            Job::Ready(Ready::Main) => {}
        }
        self.signals.finish_job();
    }

    fn poll(&self, key: usize) -> Suspended {
        let Some((mut future, header)) = self.take_future(key) else {
            return Suspended::Waits;
        };
        header.state.start();
        let waker = Waker::from(Arc::clone(&header));
        let poll = self.guarded(|| future.as_mut().poll(&mut Context::from_waker(&waker)));
        if poll == Some(Poll::Pending) {
            if let Some(task) = lock(&self.tasks).get_mut(key) {
                task.future = Some(future);
            }
            return header.state.suspend();
        }
        header.state.finish();
        let done = lock(&self.tasks).try_remove(key);
        self.guarded(|| drop(future));
        if let Some(pool) = done.and_then(|task| task.pool) {
            pool.leave();
        }
        Suspended::Waits
    }

    fn take_future(&self, key: usize) -> Option<(TaskFuture<'scope>, Arc<Header>)> {
        let mut tasks = lock(&self.tasks);
        let task = tasks.get_mut(key)?;
        Some((task.future.take()?, Arc::clone(&task.header)))
    }

    /// Runs user code. A panic is noted, ends the run, and answers `None`.
    pub(super) fn guarded<R>(&self, code: impl FnOnce() -> R) -> Option<R> {
        // Unwind safe: what the code leaves broken is the user's own and behind their own types; the scheduler's state is not
        // reachable from it but through methods that hold no lock while user code runs, and the panic resurfaces at the caller.
        match catch_unwind(AssertUnwindSafe(code)) {
            Ok(result) => Some(result),
            Err(payload) => {
                self.signals.note_panic(payload);
                None
            }
        }
    }
}

/// Steals until the answer is final.
fn until_decided<T>(mut steal: impl FnMut() -> Steal<T>) -> Option<T> {
    iter::repeat_with(&mut steal).find(|answer| !answer.is_retry()).and_then(Steal::success)
}
