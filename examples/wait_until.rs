//! A service that makes progress, and readers that wait until there is enough of it: `cargo run --example wait_until`.
//!
//! No reader misses a write, and none is woken by one that is not enough for it. A thread blocks, a future is polled by whatever
//! executor there is, and a deadline is in the type, because what is done after one depends on the clock.
//!
//! ```text
//! a thread that waited for 42 entries went on
//! a future that waited for the service was answered: Up
//! a future that waited for 60 entries, then for term 2, went on
//! by the deadline 500 entries were not there: applied: 100, waiting for at least 500 (400 more)
//! in the end: term 2, 100 entries
//! ```

use std::{
    error::Error,
    future::Future,
    io::{self, Write},
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
    time::Duration,
};

use lvars::prelude::*;

/// How far a service is.
#[derive(Lattice, LVar, Clone, Debug, PartialEq)]
struct Progress {
    phase: Phase,
    #[lattice(max)]
    term: u64,
    #[lattice(max)]
    applied: u64,
}

#[derive(Lattice, LVar, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(Starting < Serving < Torn, Starting < Refused < Torn), conflict = Torn)]
enum Phase {
    Starting,
    Serving,
    Refused,
    Torn,
}

/// How the start ended: the compiler has checked that it cannot end in both ways.
#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Progress)]
enum Started {
    #[when(phase >= Phase::Serving)]
    Up,
    #[when(phase >= Phase::Refused)]
    Down,
}

fn main() -> Result<(), Box<dyn Error>> {
    play(&mut io::stdout().lock())
}

/// Plays the story.
pub(crate) fn play(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let progress = LVar::<Progress>::new();
    let started = thread::scope(|scope| {
        // All three wait for what nobody has written yet.
        let blocked = scope.spawn(|| progress.applied.at_least(42).wait());
        let awaited = scope.spawn(|| block_on(progress.get::<Started>()));
        let in_turn = scope.spawn(|| {
            block_on(async {
                progress.applied.at_least(60).await?;
                progress.term.at_least(2).await
            })
        });
        let service = scope.spawn(|| serve(&progress));
        service.join().expect("the service does not panic")?;
        blocked.join().expect("the reader does not panic")?;
        in_turn.join().expect("the reader does not panic")?;
        Ok::<_, Box<dyn Error>>(awaited.join().expect("the reader does not panic")?)
    })?;
    writeln!(out, "a thread that waited for 42 entries went on")?;
    writeln!(out, "a future that waited for the service was answered: {started:?}")?;
    writeln!(out, "a future that waited for 60 entries, then for term 2, went on")?;
    match progress.applied.at_least(500).wait_timeout(Duration::from_millis(5), Outside::here()) {
        Ok(reached) => reached?,
        Err(late) => writeln!(out, "by the deadline 500 entries were not there: {}", late.lacks.join("; "))?,
    }
    let Progress { term, applied, .. } = progress.into_value()?;
    writeln!(out, "in the end: term {term}, {applied} entries")?;
    Ok(())
}

/// Applies a hundred entries; the second half under a new leader.
fn serve(progress: &LVar<Progress>) -> Result<(), lvars::PutError> {
    progress.put(Progress { phase: Phase::Serving, term: 1, applied: 0 })?;
    for entry in 1..=100 {
        if entry == 51 {
            progress.term.put(2)?;
        }
        progress.applied.put(entry)?;
    }
    Ok(())
}

/// The smallest executor: it polls one future, and parks its thread while there is nothing to poll for.
fn block_on<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}
