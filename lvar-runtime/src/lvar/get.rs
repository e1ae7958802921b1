//! The threshold read as a future.
//!
//! It looks first, and registers only if it has to wait. A poll that comes before anything happened changes the waker and nothing
//! else. Dropping the future takes its waiter out of every list.

use std::{
    any::type_name,
    fmt::{self, Debug},
    future::Future,
    marker::PhantomData,
    panic::Location,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Waker},
    time::{Duration, Instant},
};

use lattice_core::{
    Lattice,
    threshold::{Reached, Threshold, ThresholdSet},
};

use crate::{
    current,
    error::{GetError, PutError, TimedOut},
    level::Outside,
    lvar::{
        LVarType,
        waiters::Places,
        wake::Blocked,
        watch::{Lazy, Watch},
        why,
    },
    turns,
};

/// What a [`Get`] asks of the LVar `V`.
pub trait Question<V: ?Sized> {
    /// What it answers.
    type Answer;

    /// Whether [`glance`](Self::glance) is worth looking for what it is asked of.
    const GLANCES: bool = false;

    /// The answer, if it can be had by a few loads. None says nothing: [`ask`](Self::ask) does.
    #[inline]
    fn glance(&self, _: &V) -> Option<Self::Answer> {
        None
    }

    /// The answer, if the threshold is reached.
    fn ask(&self, observer: &V, watch: &mut Watch) -> Option<Self::Answer>;

    /// The threshold, for reports.
    fn threshold(&self) -> String;
}

/// The question of [`LVarType::get`](crate::LVarType::get): which activation set of `T` is reached?
pub struct Of<T>(PhantomData<fn() -> T>);

impl<T> Of<T> {
    pub(crate) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T> fmt::Debug for Of<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(type_name::<T>())
    }
}

impl<V: ?Sized, T: Threshold + Reached<V, Watch>> Question<V> for Of<T> {
    type Answer = T;

    fn ask(&self, observer: &V, watch: &mut Watch) -> Option<T> {
        T::reached(observer, watch)
    }

    fn threshold(&self) -> String {
        T::NAME.to_owned()
    }
}

/// The question of [`LVarType::at_least`](crate::LVarType::at_least): is this element reached?
#[derive(Debug)]
pub struct AtOrAbove<L> {
    pub(crate) element: L,
}

impl<L> AtOrAbove<L> {
    pub(crate) fn new(element: L) -> Self {
        Self { element }
    }
}

impl<L: Lattice + Clone + Debug, V: LVarType<Lattice = L>> Question<V> for AtOrAbove<L> {
    type Answer = ();

    fn ask(&self, lvar: &V, watch: &mut Watch) -> Option<()> {
        lvar.at_element(self.element.clone(), watch).then_some(())
    }

    fn threshold(&self) -> String {
        format!("at least {:?}", self.element)
    }
}

/// The question of [`LVarType::get_one_of`](crate::LVarType::get_one_of): which activation set of a set made at run time is reached?
#[derive(Debug)]
pub struct OneOf<'a, L, A> {
    pub(crate) set: &'a ThresholdSet<L, A>,
}

impl<'a, L, A> OneOf<'a, L, A> {
    pub(crate) fn new(set: &'a ThresholdSet<L, A>) -> Self {
        Self { set }
    }
}

impl<L: Debug, A> OneOf<'_, L, A> {
    /// The elements of each activation set, for reports.
    pub(crate) fn describe(&self) -> String {
        let sets = self.set.activation_sets().map(|(_, elements)| {
            let elements: Vec<String> = elements.iter().map(|element| format!("{element:?}")).collect();
            format!("{{{}}}", elements.join(", "))
        });
        format!("one of {}", sets.collect::<Vec<_>>().join(", "))
    }
}

impl<L: Lattice + Clone + Debug, A: Clone, V: LVarType<Lattice = L>> Question<V> for OneOf<'_, L, A> {
    type Answer = A;

    fn ask(&self, lvar: &V, watch: &mut Watch) -> Option<A> {
        self.set.reached(|element| lvar.at_element(element.clone(), watch)).cloned()
    }

    fn threshold(&self) -> String {
        self.describe()
    }
}

/// A threshold read: a future for any executor, or [`wait`](Self::wait) to block the thread.
///
/// There is no way to ask whether it is reached *now*: that a threshold is not reached yet depends on the schedule, so nothing
/// deterministic can come of it. For people there is [`why`](Self::why).
///
/// Dropping it is free of consequences: no put knows that it ever waited.
///
/// It ends with an error if a leaf that it looks at is in conflict, or if every leaf that the answer hangs on is frozen too low.
#[must_use = "a read does nothing until it is awaited or waited for"]
pub struct Get<'a, V: ?Sized, Q> {
    observer: &'a V,
    question: Q,
    at: &'static Location<'static>,
    watch: Lazy,
}

// Nothing in it is ever pinned: the future refers to no part of itself.
impl<V: ?Sized, Q> Unpin for Get<'_, V, Q> {}

impl<'a, V: ?Sized, Q: Question<V>> Get<'a, V, Q> {
    #[inline]
    pub(crate) fn new(observer: &'a V, question: Q, at: &'static Location<'static>) -> Self {
        Self { observer, question, at, watch: Lazy::none() }
    }

    /// Blocks the thread until the threshold is reached.
    ///
    /// # Errors
    ///
    /// Those of the future; and [`GetError::OnWorker`], always, in a task of a parallel run, whose thread must not block.
    pub fn wait(mut self) -> Result<Q::Answer, GetError> {
        if current::on_worker() {
            return Err(GetError::OnWorker);
        }
        let here = Blocked::here();
        let waker = Waker::from(Arc::clone(&here));
        loop {
            if let Poll::Ready(answer) = self.poll_with(&waker) {
                return answer;
            }
            here.park();
        }
    }

    /// [`wait`](Self::wait), but gives up after `timeout`.
    ///
    /// **This read is not deterministic.** Whether it is given up depends on the schedule and the clock, so a program that acts on
    /// [`TimedOut`] may answer differently on each run; that is why it is in the type, and needs the permit of an outsider.
    ///
    /// # Errors
    ///
    /// The outer one when time is up; the inner ones are those of [`wait`](Self::wait).
    pub fn wait_timeout(
        mut self,
        timeout: Duration,
        _: Outside,
    ) -> Result<Result<Q::Answer, GetError>, TimedOut> {
        // A time beyond what the clock can say is never up.
        let deadline = Instant::now().checked_add(timeout);
        let here = Blocked::here();
        let waker = Waker::from(Arc::clone(&here));
        loop {
            if let Poll::Ready(answer) = self.poll_with(&waker) {
                return Ok(answer);
            }
            match deadline.map(|deadline| deadline.saturating_duration_since(Instant::now())) {
                None => here.park(),
                Some(Duration::ZERO) => return Err(TimedOut { lacks: self.lacks() }),
                Some(left) => here.park_timeout(left),
            }
        }
    }

    /// Why the threshold is not reached: one line for each LVar that the answer hangs on, with its present state and what would be
    /// enough. Empty once it is reached.
    ///
    /// Of a `when` with several conditions it names the first that is not met, since the answer hangs on that one next; the others
    /// follow when that one is met.
    ///
    /// For people: the lines tell a present state, which a program must not act on.
    pub fn why(&self, _: Outside) -> Vec<String> {
        self.lacks()
    }

    fn lacks(&self) -> Vec<String> {
        let mut watch = Watch::explain();
        match self.question.ask(self.observer, &mut watch) {
            Some(_) => Vec::new(),
            None => watch.into_lines(),
        }
    }

    #[inline]
    fn poll_with(&mut self, waker: &Waker) -> Poll<Result<Q::Answer, GetError>> {
        turns::yield_point();
        if self.watch.is_none()
            && !why::is_collecting()
            && let Some(answer) = self.question.glance(self.observer)
        {
            return Poll::Ready(Ok(answer));
        }
        self.poll_in_full(waker)
    }

    /// Apart, so that a read that is answered at a glance costs the caller no more.
    #[inline(never)]
    fn poll_in_full(&mut self, waker: &Waker) -> Poll<Result<Q::Answer, GetError>> {
        if why::is_collecting() {
            why::report(self.question.threshold(), self.at, self.lacks(), None);
            return Poll::Pending;
        }
        if self.watch.get().sleeps_on(waker) {
            return Poll::Pending;
        }
        let mut places = Places::One;
        loop {
            let watch = self.watch.get();
            match self.question.ask(self.observer, watch) {
                Some(answer) if !watch.is_in_conflict() => {
                    watch.end();
                    return Poll::Ready(Ok(answer));
                }
                None if watch.can_sleep() => return Poll::Pending,
                _ if watch.can_go_on() => watch.register(waker, places),
                _ => return Poll::Ready(Err(self.error())),
            }
            places = Places::Many;
        }
    }

    /// Why the read ends without an answer.
    #[cold]
    fn error(&mut self) -> GetError {
        let watch = self.watch.get();
        watch.end();
        match watch.conflict() {
            Some(conflict) => {
                current::note_error(&PutError::Conflict(conflict.clone()));
                GetError::Conflict(conflict)
            }
            None => GetError::Frozen { lacks: self.lacks() },
        }
    }
}

impl<V: ?Sized, Q: Question<V>> Future for Get<'_, V, Q> {
    type Output = Result<Q::Answer, GetError>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.poll_with(cx.waker())
    }
}

impl<V: ?Sized, Q: Question<V>> fmt::Debug for Get<'_, V, Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let threshold = self.question.threshold();
        f.debug_struct("Get").field("threshold", &threshold).field("at", &self.at).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::{
        collections::BTreeMap,
        sync::{Arc, Mutex},
    };

    use lattice_core::{Flat, Max};

    use super::{Context, Future, GetError, Pin, Poll, PutError, Waker, current, why};
    use crate::{LVar, LVarType, Put, current::Errors};

    fn poll<F: Future + Unpin>(read: &mut F) -> Poll<F::Output> {
        Pin::new(read).poll(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn reads_that_are_dropped_leave_no_entry() {
        let word = LVar::<Max<u32>>::new();
        let map = LVar::<BTreeMap<u32, Flat<u32>>>::new();
        // Most of a debug build's time would be its checks.
        let n_rounds = if cfg!(debug_assertions) { 20_000 } else { 1_000_000 };
        for round in 0..n_rounds {
            assert!(poll(&mut word.at_least(1)).is_pending());
            assert!(poll(&mut map.key(&round).decided()).is_pending());
        }
        assert_eq!((word.n_waiters(), map.n_waiters()), (0, 0));

        let keys: Vec<u32> = (0..1_000).collect();
        let mut reads: Vec<_> = keys.iter().map(|_| word.at_least(1)).collect();
        let mut others: Vec<_> = keys.iter().map(|key| map.key(key).decided()).collect();
        assert!(reads.iter_mut().all(|read| poll(read).is_pending()));
        assert!(others.iter_mut().all(|read| poll(read).is_pending()));
        assert_eq!((word.n_waiters(), map.n_waiters()), (1_000, 1_000));
        reads.truncate(10);
        others.truncate(10);
        assert_eq!((word.n_waiters(), map.n_waiters()), (10, 10));
        drop((reads, others));
        assert_eq!((word.n_waiters(), map.n_waiters()), (0, 0));
    }

    #[test]
    fn a_poll_before_anything_happened_registers_nothing_more() {
        let word = LVar::<Max<u32>>::new();
        let mut read = word.at_least(1);
        for _ in 0..100 {
            assert!(poll(&mut read).is_pending());
        }
        assert_eq!(word.n_waiters(), 1);
    }

    #[test]
    fn a_read_that_is_asked_why_it_waits_does_not_go_on() {
        let word = LVar::<Max<u32>>::new();
        let mut read = word.at_least(2);
        assert!(poll(&mut read).is_pending());
        let line = line!() - 2;
        word.put(2).unwrap();
        let waiting = why::collect(|| assert!(poll(&mut read).is_pending()));
        assert_eq!(waiting.len(), 1);
        let waiting = &waiting[0].waiting;
        assert_eq!((waiting.threshold.as_str(), waiting.at.line()), ("at least Max(2)", line));
        assert_eq!(poll(&mut read), Poll::Ready(Ok(())));
    }

    struct Noted(Mutex<Vec<PutError>>);

    impl Errors for Noted {
        fn note(&self, error: &PutError) {
            self.0.lock().unwrap().push(error.clone());
        }
    }

    #[test]
    fn a_run_is_told_of_the_errors_of_its_tasks_and_its_threads_never_block() {
        let noted = Arc::new(Noted(Mutex::new(Vec::new())));
        let value = LVar::<Flat<u8>>::new();
        let entered = current::enter(Arc::clone(&noted) as Arc<dyn Errors>);
        value.put(1).unwrap();
        assert_eq!(value.at_least(1).wait(), Err(GetError::OnWorker), "though it need not block");
        let refused = value.put(2).unwrap_err();
        assert!(matches!(poll(&mut value.at_least(1)), Poll::Ready(Err(GetError::Conflict(_)))));
        drop(entered);
        value.put(2).unwrap_err();
        assert_eq!(*noted.0.lock().unwrap(), [refused.clone(), refused]);
    }
}
