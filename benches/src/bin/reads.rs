//! Values that are written once, and reads that wait for a put, beside what programs use for that: once-cells, events, channels.

use std::fmt::Debug;
use std::future::Future;
use std::hint::black_box;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};

use event_listener::{Event, IntoNotification};
use lattice_core::{Flat, Max};
use lvar_runtime::{LVar, LVarType, Put};
use lvars_benches::{Contest, Goal, clock, is_short};
use tokio::sync::{Notify, oneshot};

/// Values in one turn.
const TIMES: u32 = 100_000;

fn main() {
    let n_rounds = if is_short() { 11 } else { 31 };
    once(n_rounds);
    wait(n_rounds);
    wait_for_a_value(n_rounds);
}

/// In a vector, as a program has them: what is made, written and read at once would never leave the registers.
fn once(n_rounds: usize) {
    let goal = Goal { must: 0.7, stretch: 0.45 };
    Contest::new("Flat<u64>: create, put and get", TIMES)
        .side("LVar", || {
            let (time, sum) = clock::timed(|| {
                let values: Vec<_> = (0..TIMES).map(|_| LVar::<Flat<u64>>::new()).collect();
                values.iter().zip(0..).for_each(|(value, i)| assert!(value.put(black_box(i)).is_ok()));
                values.iter().fold(0, |sum, value| sum ^ answer(&mut value.decided(), Waker::noop()))
            });
            black_box(sum);
            time
        })
        .side("OnceLock", || {
            let (time, sum) = clock::timed(|| {
                let values: Vec<_> = (0..TIMES).map(|_| OnceLock::<u64>::new()).collect();
                values.iter().zip(0..).for_each(|(value, i)| assert!(value.set(black_box(i)).is_ok()));
                values.iter().fold(0, |sum, value| sum ^ value.get().expect("it was set"))
            });
            black_box(sum);
            time
        })
        .judge(n_rounds, &[("OnceLock", goal)]);
}

/// One LVar, one event: each read waits, is woken by a put, and ends.
fn wait(n_rounds: usize) {
    let goal = Goal { must: 0.9, stretch: 0.5 };
    let waker = Waker::from(Arc::new(Calls::default()));
    Contest::new("Max<u64>: a read that waits, the put that wakes it, its end", TIMES)
        .side("LVar", || {
            let lvar = LVar::<Max<u64>>::new();
            clock::timed(|| {
                for i in 1..=u64::from(TIMES) {
                    let mut read = lvar.at_least(black_box(i));
                    assert!(is_pending(&mut read, &waker));
                    black_box(lvar.put(i).is_ok());
                    answer(&mut read, &waker);
                }
            })
            .0
        })
        .side("event-listener", || {
            let (value, event) = (AtomicU64::new(0), Event::new());
            clock::timed(|| {
                for i in 1..=u64::from(TIMES) {
                    // What its documentation advises: look, listen, look again, wait.
                    assert!(value.load(Ordering::SeqCst) < black_box(i));
                    let mut listening = event.listen();
                    assert!(value.load(Ordering::SeqCst) < i);
                    assert!(is_pending(&mut listening, &waker));
                    value.fetch_max(i, Ordering::SeqCst);
                    event.notify(usize::MAX.additional());
                    ready(&mut listening, &waker);
                    assert!(value.load(Ordering::SeqCst) >= i);
                }
            })
            .0
        })
        .side("tokio Notify", || {
            let (value, notify) = (AtomicU64::new(0), Notify::new());
            clock::timed(|| {
                for i in 1..=u64::from(TIMES) {
                    // What its documentation advises: enable, look, wait.
                    let mut notified = pin!(notify.notified());
                    notified.as_mut().enable();
                    assert!(value.load(Ordering::SeqCst) < black_box(i));
                    assert!(is_pending(&mut notified, &waker));
                    value.fetch_max(i, Ordering::SeqCst);
                    notify.notify_waiters();
                    ready(&mut notified, &waker);
                    assert!(value.load(Ordering::SeqCst) >= i);
                }
            })
            .0
        })
        .judge(n_rounds, &[("event-listener", goal)]);
}

/// A new value, and a new channel, for each read.
fn wait_for_a_value(n_rounds: usize) {
    let goal = Goal { must: 1.1, stretch: 1.1 };
    let waker = Waker::from(Arc::new(Calls::default()));
    Contest::new("Flat<u64>: create, a read that waits, the put that wakes it, its end", TIMES)
        .side("LVar", || {
            clock::timed(|| {
                for i in 0..u64::from(TIMES) {
                    let lvar = LVar::<Flat<u64>>::new();
                    let mut read = lvar.decided();
                    assert!(is_pending(&mut read, &waker));
                    black_box(lvar.put(black_box(i)).is_ok());
                    assert_eq!(answer(&mut read, &waker), i);
                }
            })
            .0
        })
        .side("tokio oneshot", || {
            clock::timed(|| {
                for i in 0..u64::from(TIMES) {
                    let (sender, mut receiver) = oneshot::channel();
                    assert!(is_pending(&mut receiver, &waker));
                    black_box(sender.send(black_box(i)).is_ok());
                    assert_eq!(answer(&mut receiver, &waker), i);
                }
            })
            .0
        })
        .judge(n_rounds, &[("tokio oneshot", goal)]);
}

/// A waker that does as little as one can.
#[derive(Default)]
struct Calls(AtomicUsize);

impl Wake for Calls {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[inline]
fn is_pending(future: &mut (impl Future + Unpin), waker: &Waker) -> bool {
    Pin::new(future).poll(&mut Context::from_waker(waker)).is_pending()
}

/// What a future that is ready answers.
#[inline]
fn ready<F: Future + Unpin>(future: &mut F, waker: &Waker) -> F::Output {
    match Pin::new(future).poll(&mut Context::from_waker(waker)) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it was woken"),
    }
}

#[inline]
fn answer<T, E: Debug>(future: &mut (impl Future<Output = Result<T, E>> + Unpin), waker: &Waker) -> T {
    ready(future, waker).expect("nothing is refused")
}
