//! The part of a run that borrows: its jobs, its tasks, its handlers, and who may take which.
//!
//! A job is counted, in [`Work`](super::work::Work) and in its pool, before it is in any queue. Each queue hands a job to exactly one worker:
//!
//! | queue | who fills it | who empties it |
//! | --- | --- | --- |
//! | a worker's deque | that worker: forks and first polls, newest first | that worker; the others steal the oldest |
//! | `injected` | forks from threads that are no worker | any worker |
//! | [`Signals`]' queues | wakers and doorbells, which cannot hold what borrows | the worker on which it was; any other |
//!
//! The owner's end of a deque is thread-local to its worker: that is what makes it reachable, without a lock, from a [`Par`] that may
//! cross threads.

use std::{
    cell::{Cell, RefCell},
    iter,
    ops::Deref,
    panic::{AssertUnwindSafe, Location, catch_unwind},
    pin::Pin,
    sync::{Arc, Weak},
    task::{Context, Poll},
};

use crossbeam_deque::{Injector, Steal, Stealer, Worker as Deque};
use slab::Slab;
use thread_local::ThreadLocal;

use crate::{
    lvar::why::TaskId,
    par::{
        Par,
        handler::{Bell, Pump},
        pool::PoolCount,
        signals::{Ready, Signals},
        tally::Seat,
        wake::Polled,
        worker::{self, Threads},
    },
    sync::{Mutex, OnceLock, lock, os_thread},
    turns,
};

mod close;
mod jobs;

pub(super) use jobs::{Forked, Spawned, Who};

/// What is queued in deques: a [`Forked`] closure or a [`Spawned`] task before its first poll.
///
/// One wide pointer, so that it goes through the queue in two registers.
pub(super) type Job<'scope, 'env> = Pin<Box<dyn Run<'scope, 'env> + 'scope>>;

/// What a worker found to do.
pub(super) enum Found<'scope, 'env> {
    Queued(Job<'scope, 'env>),
    Ready(Ready),
}

/// A job that is run once, to its end.
pub(super) trait Run<'scope, 'env>: Send {
    /// Runs it and uncounts it.
    fn run(self: Pin<Box<Self>>, worker: &Worker<'_, 'scope, 'env>);

    /// Which task it is, if it is one.
    fn task(&self) -> Option<TaskId>;

    /// Whether there is nothing left to run, since someone needed it before.
    fn is_spent(&self) -> bool {
        false
    }
}

/// A pool, and its key in the scope: what a job keeps of its pool, since a counted reference would be one more word that workers share.
#[derive(Clone, Debug)]
pub(super) struct PoolRef {
    pub(super) key: usize,
    pub(super) count: Arc<PoolCount>,
}

/// A task's future, and what is known of it. Whoever has it may poll it.
pub(super) type Task<'scope> = Pin<Box<dyn Body + 'scope>>;

/// A [`Spawned`] without its types.
pub(super) trait Body: Send {
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()>;

    /// Polls it as part of a report of what waits for what.
    fn ask(self: Pin<&mut Self>, context: &mut Context<'_>);

    /// The pool that the task leaves when it is done.
    fn pool(&self) -> Option<&PoolRef>;
}

/// A task that waits.
struct Waiting<'scope> {
    task: Task<'scope>,
    polled: Polled,
}

/// What a worker owns of the scope.
pub(super) struct Local<'scope, 'env> {
    pub(super) seat: Seat,
    jobs: Deque<Job<'scope, 'env>>,
    /// Headers for first polls.
    spares: RefCell<Vec<Polled>>,
    /// How many jobs are being run inside of one another.
    n_nested: Cell<usize>,
    /// How many more jobs it may end before it looks for pools that are quiet, and how many it might after the last look.
    n_until_look: Cell<u32>,
    n_between_looks: Cell<u32>,
    /// The handle that the worker itself holds.
    home: Weak<Home<'scope, 'env>>,
}

/// How many jobs may be run inside of one another: enough that suspending those in between costs nothing, few enough for any stack.
pub(super) const MOST_NESTED: usize = 50;

impl Local<'_, '_> {
    pub(super) fn n_jobs(&self) -> usize {
        self.jobs.len()
    }

    /// Runs a job inside of the one that runs, unless too many are already.
    pub(super) fn nest(&self, run: impl FnOnce()) -> bool {
        let n_nested = self.n_nested.get();
        let may_nest = n_nested < MOST_NESTED;
        if may_nest {
            self.n_nested.set(n_nested + 1);
            run();
            self.n_nested.set(n_nested);
        }
        may_nest
    }
}

/// What a worker needs to run jobs.
pub(super) struct Worker<'a, 'scope, 'env> {
    pub(super) par: &'a Par<'scope, 'env>,
    pub(super) local: &'a Local<'scope, 'env>,
    /// The pool whose work it did last, and a handle whose forks belong to it.
    pooled: RefCell<Option<(Par<'scope, 'env>, PoolRef)>>,
}

impl<'a, 'scope, 'env> Worker<'a, 'scope, 'env> {
    pub(super) fn new(par: &'a Par<'scope, 'env>, local: &'a Local<'scope, 'env>) -> Self {
        Self { par, local, pooled: RefCell::new(None) }
    }
}

/// The jobs, tasks and handlers of one run.
pub(super) struct Scope<'scope, 'env> {
    pub(super) signals: Arc<Signals>,
    /// Where workers are started.
    threads: &'scope (dyn Threads<'scope> + 'scope),
    /// The workers that were.
    pub(super) helpers: Mutex<Vec<os_thread::ScopedJoinHandle<'scope, ()>>>,
    locals: ThreadLocal<Local<'scope, 'env>>,
    /// The other ends of the workers' deques, once they have come.
    stealers: Box<[OnceLock<Stealer<Job<'scope, 'env>>>]>,
    injected: Injector<Job<'scope, 'env>>,
    /// The tasks that wait, in as many parts as there are workers, so that they do not wait for each other.
    waiting: Box<[Mutex<Slab<Waiting<'scope>>>]>,
    handlers: Mutex<Vec<Arc<dyn Pump<'scope, 'env> + 'scope>>>,
    /// The pools, by their keys. They stay to the end of the run, like handlers.
    pools: Mutex<Vec<Arc<PoolCount>>>,
    /// Where the run was started.
    run_at: &'static Location<'static>,
}

impl<'scope, 'env> Scope<'scope, 'env> {
    pub(super) fn new(
        threads: &'scope (dyn Threads<'scope> + 'scope),
        n_workers: usize,
        run_at: &'static Location<'static>,
    ) -> Self {
        Self {
            signals: Signals::new(n_workers),
            threads,
            helpers: Mutex::new(Vec::new()),
            locals: ThreadLocal::new(),
            stealers: iter::repeat_with(OnceLock::new).take(n_workers).collect(),
            injected: Injector::new(),
            waiting: iter::repeat_with(Mutex::default).take(n_workers).collect(),
            handlers: Mutex::new(Vec::new()),
            pools: Mutex::new(Vec::new()),
            run_at,
        }
    }

    pub(super) fn n_workers(&self) -> usize {
        self.stealers.len()
    }

    /// What this thread owns, if it is a worker of this run.
    #[inline]
    pub(super) fn local(&self) -> Option<&Local<'scope, 'env>> {
        self.locals.get()
    }

    /// Gives a pool its key.
    pub(super) fn add_pool(&self, count: &Arc<PoolCount>) -> usize {
        let mut pools = lock(&self.pools);
        pools.push(Arc::clone(count));
        pools.len() - 1
    }

    /// Takes away a part that was offered and is spent, if it is this worker's newest job. Else it stays until someone takes it, who finds
    /// nothing to do.
    pub(super) fn drop_spent(&self, local: &Local<'scope, 'env>) {
        if let Some(job) = local.jobs.pop()
            && !job.is_spent()
        {
            local.jobs.push(job);
            // Nobody could steal it in between.
            self.signals.sleep.wake_one();
        }
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

    /// Takes a worker's own newest job.
    #[inline]
    pub(super) fn pop(&self, local: &Local<'scope, 'env>) -> Option<Job<'scope, 'env>> {
        local.jobs.pop()
    }

    /// Takes a job for a worker: its own newest, else what became ready, else what was injected, else another worker's oldest.
    pub(super) fn find(&self, local: &Local<'scope, 'env>) -> Option<Found<'scope, 'env>> {
        if let Some(job) = local.jobs.pop() {
            return Some(Found::Queued(job));
        }
        // After what others have begun, it looks whether that was the last work of a pool.
        local.n_until_look.set(0);
        if let Some(ready) = self.signals.take_ready() {
            return Some(Found::Ready(ready));
        }
        let others = |distance| (local.seat.worker() + distance) % self.n_workers();
        let injected = until_decided(|| self.injected.steal()).map(Found::Queued);
        injected.or_else(|| (1..self.n_workers()).map(others).find_map(|other| self.steal(other)))
    }

    /// Takes one thing from another worker. Not more: what is moved to this worker's queue is stolen back, and who awaits a task that was
    /// moved finds it in none of its own.
    fn steal(&self, from: usize) -> Option<Found<'scope, 'env>> {
        let jobs = self.stealers[from].get()?;
        let stolen = until_decided(|| jobs.steal()).map(Found::Queued);
        stolen.or_else(|| self.signals.steal_ready(from).map(Found::Ready))
    }

    /// Runs user code. A panic is noted, ends the run, and answers `None`.
    #[inline]
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

/// A worker's own handle of the scope. All that its jobs hold hangs on this one, so the count of who holds the scope is none that workers
/// share; it would cost more than the queue.
pub(super) struct Home<'scope, 'env> {
    scope: Arc<Scope<'scope, 'env>>,
}

impl<'scope, 'env: 'scope> Home<'scope, 'env> {
    pub(super) fn of(scope: &Arc<Scope<'scope, 'env>>) -> Arc<Self> {
        Arc::new(Self { scope: Arc::clone(scope) })
    }

    /// Another worker's.
    pub(super) fn another(&self) -> Arc<Self> {
        Self::of(&self.scope)
    }

    /// Queues a job of `pool`, or drops it if the run is over.
    pub(super) fn queue(&self, job: Job<'scope, 'env>, pool: Option<&PoolCount>) {
        let local = self.local();
        // Counted before it is queued: a queued job that is not counted could let the run end.
        if !self.signals.work.admit(local.map(|local| &local.seat)) {
            return;
        }
        if let Some(pool) = pool {
            pool.enter(local.map(|local| &local.seat));
        }
        match local {
            Some(local) => self.push(job, local),
            None => {
                self.injected.push(job);
                self.signals.sleep.wake_one();
            }
        }
    }

    /// Queues a job that is counted, or a part of one, on its worker.
    #[inline]
    pub(super) fn push(&self, job: Job<'scope, 'env>, local: &Local<'scope, 'env>) {
        local.jobs.push(job);
        self.start_if(self.signals.sleep.wake_one_or_start());
    }

    /// Starts a worker, if there is one to start.
    #[inline]
    pub(super) fn start_if(&self, worker: Option<usize>) {
        if let Some(worker) = worker {
            self.start(worker, turns::Reserved::elsewhere());
        }
    }

    /// Starts a worker. If the system grants no more threads, the run makes do with fewer: the result is the same.
    #[cold]
    pub(super) fn start(&self, worker: usize, seat: turns::Reserved) {
        let par = Par::of(self.another());
        let code = move || worker::be_helper(&par, worker, seat);
        match self.threads.start(format!("par-{worker}"), Box::new(code)) {
            Some(helper) => lock(&self.helpers).push(helper),
            None => self.signals.sleep.start_no_more(),
        }
    }

    /// Makes this thread a worker, which it is until the run is over.
    pub(super) fn sit(self: &Arc<Self>, worker: usize) -> &Local<'scope, 'env> {
        self.signals.sit(worker);
        self.locals.get_or(|| {
            let jobs = Deque::new_lifo();
            self.stealers[worker].get_or_init(|| jobs.stealer());
            Local {
                seat: Seat::of(worker),
                jobs,
                spares: RefCell::default(),
                n_nested: Cell::new(0),
                n_until_look: Cell::new(0),
                n_between_looks: Cell::new(0),
                home: Arc::downgrade(self),
            }
        })
    }

    /// The handle of the worker that this thread is, if it is one of the run.
    pub(super) fn nearest(self: &Arc<Self>) -> Arc<Self> {
        match self.locals.get() {
            Some(local) if local.home.as_ptr() != Arc::as_ptr(self) => local.home.upgrade(),
            _ => None,
        }
        .unwrap_or_else(|| Arc::clone(self))
    }
}

impl<'scope, 'env> Deref for Home<'scope, 'env> {
    type Target = Scope<'scope, 'env>;

    fn deref(&self) -> &Self::Target {
        &self.scope
    }
}

/// Steals until the answer is final.
pub(super) fn until_decided<T>(steal: impl FnMut() -> Steal<T>) -> Option<T> {
    iter::repeat_with(steal).find(|answer| !answer.is_retry()).and_then(Steal::success)
}
