//! The life of a run: poll the main task, start the workers, stop, report, clean up.
//!
//! 1. The calling thread is worker 0; the others are scoped threads, which are started when there is work for them. All of them take and
//!    run jobs until the run is over.
//! 2. Over means: nothing is queued or running and nothing ever will be ([`Work`](super::work)), or a task panicked.
//! 3. The caller joins the others; from here on it is alone. A worker that starts another one notes it before it ends itself, so none is left
//!    when there is no note.
//! 4. If tasks are left that wait, they are asked what for.
//! 5. Whatever is left, the main task first, is dropped, by the caller, before the result is handed out: nothing that borrows is alive after.

use std::{
    future::Future,
    iter,
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

use crossbeam_utils::Backoff;

use crate::{
    par::{
        Par, RunError, here,
        scope::{Found, Worker},
        signals::{Ready, Signals},
        tally::Seat,
        wake::{Header, Suspended},
    },
    sync::{lock, os_thread},
    turns,
};

/// Runs `main` and everything that it forks to the end.
pub(super) fn drive<M: Future>(par: &Par<'_, '_>, main: M) -> Result<M::Output, RunError> {
    let scope = &par.scope;
    let outer = here::run();
    let entered = here::enter(&scope.signals);
    let mut guests = turns::Guests::default();
    if turns::are_taken() {
        // All sit there from the start: a schedule is what the seed says, not what happens to be forked.
        iter::from_fn(|| scope.signals.sleep.start_one())
            .for_each(|worker| scope.start(worker, guests.reserve()));
    }
    let mut main = pin!(Some(main));
    // User code that no job guards, such as a foreign waker, may panic too; the others must not wait for this thread then.
    let result = scope.guarded(|| be_worker_0(par, main.as_mut())).flatten();
    guests.see_off();
    let next_helper = || lock(&scope.helpers).pop();
    while let Some(helper) = next_helper() {
        if let Err(payload) = helper.join() {
            scope.signals.note_panic(payload);
        }
    }
    let blocked = scope.ask_blocked(main.as_mut().as_pin_mut());
    scope.guarded(|| main.set(None));
    scope.clear();
    drop(entered);
    let verdict = scope.verdict(result, blocked);
    if let (Some(outer), Err(error)) = (outer, &verdict) {
        // Whether a run inside of a task fails may depend on what other tasks of the outer run did so far; and what a task does with
        // the error would then depend on it too. So it is the outer run's error as well, like that of a put.
        outer.note_error(error.clone());
    }
    verdict
}

/// Where threads are started that end before `'scope` does, whatever may be borrowed around it.
pub(super) trait Threads<'scope>: Sync {
    /// Starts one; `None` if the system grants no more.
    fn start(
        &'scope self,
        name: String,
        code: Box<dyn FnOnce() + Send + 'scope>,
    ) -> Option<os_thread::ScopedJoinHandle<'scope, ()>>;
}

impl<'scope> Threads<'scope> for os_thread::Scope<'scope, '_> {
    fn start(
        &'scope self,
        name: String,
        code: Box<dyn FnOnce() + Send + 'scope>,
    ) -> Option<os_thread::ScopedJoinHandle<'scope, ()>> {
        os_thread::Builder::new().name(name).spawn_scoped(self, code).ok()
    }
}

/// What a worker does that was started, with a handle of its own.
pub(super) fn be_helper(par: &Par<'_, '_>, worker: usize, seat: turns::Reserved) {
    let _seated = seat.sit();
    let _entered = here::enter(&par.scope.signals);
    let local = par.scope.sit(worker);
    // As for worker 0: a panic that no job guards ends the run.
    par.scope.guarded(|| be_worker(&Worker::new(par, local), || false, || ()));
}

/// The calling thread's part: jobs as the others, and the main task whenever it is ready.
fn be_worker_0<M: Future>(par: &Par<'_, '_>, mut main: Pin<&mut Option<M>>) -> Option<M::Output> {
    let scope = &par.scope;
    let local = scope.sit(0);
    let header = Header::of_main(&scope.signals);
    let waker = Waker::from(header.clone());
    let mut result = None;
    let poll_main = || {
        header.state.start();
        let context = &mut Context::from_waker(&waker);
        let poll = scope.guarded(|| main.as_mut().as_pin_mut().map(|main| main.poll(context)));
        if let Some(Some(Poll::Pending)) = poll {
            match header.state.suspend() {
                Suspended::Waits => scope.finish(local),
                // Still counted: it goes from running to queued.
                Suspended::QueueAgain => scope.signals.queue(Ready::Main),
            }
            return;
        }
        header.state.finish();
        if let Some(Some(Poll::Ready(value))) = poll {
            result = Some(value);
        }
        // Dropped here, in the job: what it borrows from the run ends before the last job does.
        scope.guarded(|| main.set(None));
        scope.finish(local);
    };
    be_worker(&Worker::new(par, local), || scope.signals.take_main(), poll_main);
    result
}

/// Runs jobs until the run is over, and the main task whenever it is this worker's turn to.
fn be_worker(worker: &Worker<'_, '_, '_>, take_main: impl Fn() -> bool, mut poll_main: impl FnMut()) {
    let (scope, local) = (&worker.par.scope, worker.local);
    let signals = &scope.signals;
    loop {
        turns::yield_point();
        if signals.work.is_over() {
            return;
        }
        if take_main() {
            poll_main();
        } else if let Some(job) = scope.pop(local) {
            job.run(worker);
        } else {
            let find = || if take_main() { Some(Found::Ready(Ready::Main)) } else { scope.find(local) };
            match next(signals, &local.seat, find) {
                Some(Found::Queued(job)) => job.run(worker),
                Some(Found::Ready(Ready::Main)) => poll_main(),
                Some(Found::Ready(ready)) => scope.run_ready(ready, worker),
                None => return,
            }
        }
    }
}

/// Runs jobs on a worker that waits in the middle of one, until it `is_done`. Gives up if the run was stopped, or if too many jobs stand
/// inside of one another.
pub(super) fn help(worker: &Worker<'_, '_, '_>, is_done: impl Fn() -> bool) {
    let (scope, local) = (&worker.par.scope, worker.local);
    let find = || if is_done() { Some(None) } else { scope.find(local).map(Some) };
    local.nest(|| {
        while let Some(Some(found)) = next(&scope.signals, &local.seat, find) {
            match found {
                Found::Queued(job) => job.run(worker),
                Found::Ready(ready) => scope.run_ready(ready, worker),
            }
        }
    });
}

/// Waits for something to do; `None` when the run is over. Spins a little before it sleeps: waking a thread costs more than most jobs.
fn next<F>(signals: &Signals, seat: &Seat, find: impl Fn() -> Option<F>) -> Option<F> {
    let Signals { work, sleep, quiescers, .. } = signals;
    let worker = seat.worker();
    let backoff = Backoff::new();
    let mut has_looked = false;
    loop {
        if work.is_over() {
            return None;
        }
        if let Some(found) = find() {
            return Some(found);
        }
        if !has_looked && quiescers.is_anyone_waiting() {
            has_looked = true;
            signals.wake_quiet(seat);
            continue;
        }
        if signals.is_over_if_done(seat) {
            sleep.wake_all();
            return None;
        }
        if turns::idle() {
            continue;
        }
        if !backoff.is_completed() {
            backoff.snooze();
            continue;
        }
        sleep.prepare(worker);
        // The second look: at the queues, and at whether the others ended their last jobs meanwhile.
        let found = find();
        if found.is_none() && !has_looked && quiescers.is_anyone_waiting() {
            sleep.cancel(worker);
            has_looked = true;
            signals.wake_quiet(seat);
            continue;
        }
        if found.is_none() && !signals.is_over_if_done(seat) {
            sleep.wait(worker);
            continue;
        }
        sleep.cancel(worker);
        if found.is_none() {
            sleep.wake_all();
        }
        return found;
    }
}
