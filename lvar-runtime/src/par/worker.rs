//! The life of a run: start the workers, poll the main task, stop, report, clean up.
//!
//! 1. The calling thread is worker 0; the others are scoped threads. All of them take and run jobs until the run is over.
//! 2. Over means: nothing is queued or running and nothing ever will be ([`Work`](super::work)), or a task panicked.
//! 3. The caller joins the others; from here on it is alone.
//! 4. If tasks are left that wait, they are asked what for.
//! 5. Whatever is left, the main task first, is dropped, by the caller, before the result is handed out: nothing that borrows is alive after.

use std::{
    future::Future,
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
    sync::os_thread,
    turns,
};

/// Runs `main` and everything that it forks to the end, with the threads of `threads` and this one.
pub(super) fn drive<'scope, M: Future>(
    threads: &'scope os_thread::Scope<'scope, '_>,
    par: &Par<'scope, '_>,
    main: M,
) -> Result<M::Output, RunError> {
    let scope = &par.scope;
    let outer = here::run();
    let entered = here::enter(&scope.signals);
    let mut guests = turns::Guests::default();
    let helpers: Vec<_> = (1..scope.n_workers())
        .map_while(|worker| start_helper(threads, par, worker, guests.reserve()))
        .collect();
    let mut main = pin!(Some(main));
    // User code that no job guards, such as a foreign waker, may panic too; the others must not wait for this thread then.
    let result = scope.guarded(|| be_worker_0(par, main.as_mut())).flatten();
    guests.see_off();
    for helper in helpers {
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

/// Starts one more worker. If the system grants no more threads, the run makes do with fewer: the result is the same.
fn start_helper<'scope>(
    threads: &'scope os_thread::Scope<'scope, '_>,
    par: &Par<'scope, '_>,
    worker: usize,
    seat: turns::Reserved,
) -> Option<os_thread::ScopedJoinHandle<'scope, ()>> {
    let par = par.at_home();
    let be_worker = move || {
        let _seated = seat.sit();
        let _entered = here::enter(&par.scope.signals);
        let at = par.scope.sit(worker);
        // As for worker 0: a panic that no job guards ends the run.
        par.scope.guarded(|| be_worker(&Worker::new(&par, at), || false, || ()));
    };
    os_thread::Builder::new().name(format!("par-{worker}")).spawn_scoped(threads, be_worker).ok()
}

/// The calling thread's part: jobs as the others, and the main task whenever it is ready.
fn be_worker_0<M: Future>(par: &Par<'_, '_>, mut main: Pin<&mut Option<M>>) -> Option<M::Output> {
    let scope = &par.scope;
    let at = scope.sit(0);
    let header = Header::of_main(&scope.signals);
    let waker = Waker::from(header.clone());
    let mut result = None;
    let poll_main = || {
        header.state.start();
        let context = &mut Context::from_waker(&waker);
        let poll = scope.guarded(|| main.as_mut().as_pin_mut().map(|main| main.poll(context)));
        if let Some(Some(Poll::Pending)) = poll {
            match header.state.suspend() {
                Suspended::Waits => scope.finish(at),
                // Still counted: it goes from running to queued.
                Suspended::QueueAgain => scope.signals.queue(Ready::Main, Some(at.here)),
            }
            return;
        }
        header.state.finish();
        if let Some(Some(Poll::Ready(value))) = poll {
            result = Some(value);
        }
        // Dropped here, in the job: what it borrows from the run ends before the last job does.
        scope.guarded(|| main.set(None));
        scope.finish(at);
    };
    be_worker(&Worker::new(par, at), || scope.signals.take_main(), poll_main);
    result
}

/// Runs jobs until the run is over, and the main task whenever it is this worker's turn to.
fn be_worker(worker: &Worker<'_, '_, '_>, take_main: impl Fn() -> bool, mut poll_main: impl FnMut()) {
    let (scope, at) = (&worker.par.scope, worker.at);
    let signals = &scope.signals;
    loop {
        turns::yield_point();
        if signals.work.is_over() {
            return;
        }
        if take_main() {
            poll_main();
        } else if let Some(job) = scope.pop(at) {
            job.run(worker);
        } else {
            let find = || if take_main() { Some(Found::Ready(Ready::Main)) } else { scope.find(at) };
            match next(signals, &at.here.seat, find) {
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
    let (scope, at) = (&worker.par.scope, worker.at);
    let find = || if is_done() { Some(None) } else { scope.find(at).map(Some) };
    at.local.nest(|| {
        while let Some(Some(found)) = next(&scope.signals, &at.here.seat, find) {
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
