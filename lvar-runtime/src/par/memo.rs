//! A function whose values are computed once for each argument, in parallel, and may ask for each other.
//!
//! The values lie in an insert-only table, from a key to its *cell*:
//!
//! 1. Whoever asks for a key enters a cell for it, or finds one. Who finds it `New`, under its lock, spawns the task that computes the value.
//! 2. The task sets the value, then takes the wakers under the lock, and wakes after the unlock.
//! 3. A poll looks for the value, else leaves its waker under the lock, and looks once more.
//!
//! **No lost wake-up.** Of the locks in 2 and 3 one comes first. If it is that of 3, the waker is there and is woken; if that of 2, the value was set
//! before, and 3 sees it when it looks once more.
//!
//! Keys that wait for each other in a circle wait for ever, on every schedule, so the run is blocked, and its report tells the
//! [cycle](super::Blocked::cycles). To answer the key that closed the circle with an error would be quicker, and wrong: which one that is depends
//! on the schedule.

use std::{
    fmt::{self, Debug},
    future::Future,
    hash::Hash,
    mem,
    panic::Location,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Waker},
};

use crate::{
    kinds::table::{Found, Table},
    lvar::{
        wake,
        why::{self, TaskId},
    },
    par::{Par, scope::Who},
    sync::{Mutex, OnceLock, lock},
};

/// A memo table: by [`Par::memo`]. A clone is the same table.
pub struct Memo<'scope, K, V> {
    shared: Arc<Shared<'scope, K, V>>,
}

struct Shared<'scope, K, V> {
    cells: Table<(K, Cell<V>)>,
    /// Spawns the task that computes the value of a key.
    compute: Compute<'scope, K, V>,
    made_at: &'static Location<'static>,
}

type Compute<'scope, K, V> = Box<dyn Fn(&Memo<'scope, K, V>, &K) + Send + Sync + 'scope>;

/// What is known of one key.
pub(super) struct Cell<V> {
    value: OnceLock<V>,
    state: Mutex<State>,
}

enum State {
    /// Nobody computes the value yet.
    New,
    /// A task does, or did; who waits for it.
    Asked(Vec<Waker>),
}

impl<'scope> Par<'scope, '_> {
    /// A memo table of `function`, which computes the value of a key, once, as a task. It gets the table, to ask for the values of other keys.
    ///
    /// The answer may depend on the key, on other values of the table, and on what LVars answer.
    ///
    /// ```
    /// use lvars::par::{self, Memo};
    ///
    /// let fibonacci = par::run(async |p| {
    ///     let memo = p.memo(|memo: Memo<'_, u64, u64>, n| async move {
    ///         // Both are asked for before one is awaited, so both are computed in parallel.
    ///         let (one, two) = match n {
    ///             0 | 1 => return n,
    ///             _ => (memo.get(n - 1), memo.get(n - 2)),
    ///         };
    ///         one.await + two.await
    ///     });
    ///     memo.get(90).await
    /// });
    /// assert_eq!(fibonacci, Ok(2_880_067_194_370_816_120));
    /// ```
    ///
    /// Keys whose values hang on each other in a circle have none. The run says so, the same on every schedule:
    ///
    /// ```
    /// use lvars::par::{self, Memo, RunError};
    ///
    /// let result = par::run(async |p| {
    ///     let next = p.memo(|memo: Memo<'_, u32, u32>, n| async move { memo.get((n + 1) % 3).await });
    ///     next.get(7).await
    /// });
    /// let Err(RunError::Blocked(blocked)) = result else { unreachable!() };
    /// let [cycle] = blocked.cycles() else { unreachable!() };
    /// assert!(cycle[0].starts_with("the task for 0 of the memo table at "), "{cycle:?}");
    /// assert_eq!(cycle.len(), 3);
    /// ```
    #[track_caller]
    pub fn memo<K, V, F>(
        &self,
        function: impl Fn(Memo<'scope, K, V>, K) -> F + Send + Sync + 'scope,
    ) -> Memo<'scope, K, V>
    where
        K: Eq + Hash + Clone + Debug + Send + Sync + 'scope,
        V: Clone + Send + Sync + 'scope,
        F: Future<Output = V> + Send + 'scope,
    {
        let (par, made_at, function) = (self.clone(), Location::caller(), Arc::new(function));
        let compute: Compute<'scope, K, V> = Box::new(move |memo, key| {
            let (function, memo, key) = (Arc::clone(&function), memo.clone(), key.clone());
            let id = TaskId::of(memo.cell(&key));
            let name = {
                let key = key.clone();
                move |at: &Location<'_>| format!("the task for {key:?} of the memo table at {at}")
            };
            let value = {
                let (memo, key) = (memo.clone(), key.clone());
                async move { function(memo, key).await }
            };
            let end = move |value| memo.cell(&key).fill(value);
            par.start(Who { id, name, at: made_at }, value, end);
        });
        Memo { shared: Arc::new(Shared { cells: Table::new(), compute, made_at }) }
    }
}

impl<'scope, K: Eq + Hash + Clone, V: Clone> Memo<'scope, K, V> {
    /// The value of `key`, which is computed now if nobody has asked for it before.
    #[track_caller]
    pub fn get(&self, key: K) -> MemoGet<'scope, K, V> {
        if self.cell(&key).is_to_be_computed() {
            (self.shared.compute)(self, &key);
        }
        MemoGet { memo: self.clone(), key, at: Location::caller() }
    }

    /// The cell of a key, which stays where it is as long as the table.
    fn cell(&self, key: &K) -> &Cell<V> {
        let cells = &self.shared.cells;
        let hash = cells.hash(key);
        if let Found::Present((_, cell)) = cells.find(hash, |(other, _)| other == key) {
            return cell;
        }
        match cells.insert(hash, (key.clone(), Cell::new()), |(left, _), (right, _)| left == right) {
            Ok((_, cell)) => cell,
            Err(_) => unreachable!("nobody freezes a memo table"),
        }
    }
}

impl<V> Cell<V> {
    pub(super) fn new() -> Self {
        Self { value: OnceLock::new(), state: Mutex::new(State::New) }
    }

    /// Whether the caller is the first who asks, and so has to see to it that the value is computed.
    pub(super) fn is_to_be_computed(&self) -> bool {
        let mut state = lock(&self.state);
        let is_new = matches!(*state, State::New);
        if is_new {
            *state = State::Asked(Vec::new());
        }
        is_new
    }

    pub(super) fn fill(&self, value: V) {
        let _ = self.value.get_or_init(|| value);
        let state = mem::replace(&mut *lock(&self.state), State::Asked(Vec::new()));
        if let State::Asked(wakers) = state {
            wake::each(wakers, Waker::wake);
        }
    }

    /// The value, if it is there; else `waker` is woken when it is.
    pub(super) fn poll(&self, waker: &Waker) -> Option<&V> {
        if let Some(value) = self.value.get() {
            return Some(value);
        }
        let waker = waker.clone();
        let mut state = lock(&self.state);
        // A waker that is dropped runs foreign code, so one that is surplus is dropped after the lock.
        let surplus = match &mut *state {
            State::Asked(wakers) if !wakers.iter().any(|known| known.will_wake(&waker)) => {
                wakers.push(waker);
                None
            }
            State::Asked(_) | State::New => Some(waker),
        };
        drop(state);
        drop(surplus);
        self.value.get()
    }
}

/// Waits for a value of a memo table: by [`Memo::get`]. Dropping it changes nothing: the value is computed.
#[must_use = "the value is computed without it, but only awaiting it gives it"]
pub struct MemoGet<'scope, K, V> {
    memo: Memo<'scope, K, V>,
    key: K,
    at: &'static Location<'static>,
}

// Nothing in it is ever pinned: the future refers to no part of itself.
impl<K, V> Unpin for MemoGet<'_, K, V> {}

impl<K: Eq + Hash + Clone + Debug, V: Clone> Future for MemoGet<'_, K, V> {
    type Output = V;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<V> {
        let cell = self.memo.cell(&self.key);
        if why::is_collecting() {
            let threshold = format!("the value of {:?}", self.key);
            let lack = "the task that computes it itself waits".to_owned();
            why::report(threshold, self.at, vec![lack], Some(TaskId::of(cell)));
            return Poll::Pending;
        }
        cell.poll(context.waker()).map_or(Poll::Pending, |value| Poll::Ready(value.clone()))
    }
}

impl<K, V> Clone for Memo<'_, K, V> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared) }
    }
}

impl<K, V> Debug for Memo<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memo").field("made_at", &self.shared.made_at).finish_non_exhaustive()
    }
}

impl<K: Debug, V> Debug for MemoGet<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoGet").field("memo", &self.memo).field("key", &self.key).finish()
    }
}
