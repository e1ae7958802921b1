//! Conjunction and disjunction of conditions that tasks find out, answered as soon as the answer is certain.
//!
//! Both are one thing: there is a *decisive* verdict, `false` for and, `true` for or. The first task that finds it decides; so does the last of
//! all tasks, if none found it. Whoever decides, decides the same: "one is decisive" and "none is" exclude each other. So this is a
//! threshold read with two activation sets, and deterministic.

use std::{future::Future, panic::Location, sync::Arc};

use crate::{
    par::{
        Par, Task,
        task::{self, Slot},
    },
    sync::{Mutex, lock},
};

/// What the tasks of one conjunction or disjunction share.
struct Verdict {
    decisive: bool,
    open: Mutex<Open>,
}

/// What is to be done as long as nothing is certain.
struct Open {
    /// How many conditions may still turn out to be decisive.
    n_open: usize,
    /// Where the verdict goes; gone once it is there.
    slot: Option<Arc<Slot<bool>>>,
}

impl Verdict {
    /// Takes note of one more condition.
    fn note(&self, condition: bool) {
        let mut open = lock(&self.open);
        open.n_open -= 1;
        let is_certain = condition == self.decisive || open.n_open == 0;
        let slot = if is_certain { open.slot.take() } else { None };
        // Who waits is woken after the unlock.
        drop(open);
        if let Some(slot) = slot {
            slot.fill(condition);
        }
    }
}

impl<'scope> Par<'scope, '_> {
    /// Whether all `conditions` are true: `false` as soon as one is false, `true` when all are true, so also if there are none.
    ///
    /// Each condition becomes a task, which runs on when the answer is known already; one that waits for ever blocks the run.
    ///
    /// ```
    /// use lvars::{LVar, LVarType, Max, Put, par};
    ///
    /// let limits = [3, 5].map(|limit| (limit, LVar::<Max<u32>>::new()));
    /// let all_kept = par::run(async |p| {
    ///     limits.iter().for_each(|(limit, used)| p.fork(move |_| used.put(limit - 1)));
    ///     p.async_and(limits.iter().map(|(limit, used)| async move { used.at_least(limit - 1).await.is_ok() })).await
    /// });
    /// assert_eq!(all_kept, Ok(true));
    /// ```
    #[track_caller]
    pub fn async_and<C>(&self, conditions: impl IntoIterator<Item = C>) -> Task<'scope, bool>
    where
        C: Future<Output = bool> + Send + 'scope,
    {
        self.decide(conditions.into_iter().collect(), false, Location::caller())
    }

    /// Whether one of the `conditions` is true: `true` as soon as one is, `false` when all are false, so also if there are none.
    ///
    /// Each condition becomes a task, which runs on when the answer is known already; one that waits for ever blocks the run.
    ///
    /// ```
    /// use lvars::par;
    ///
    /// let words = ["lattice", "join", "bottom"];
    /// let has_short = par::run(async |p| p.async_or(words.iter().map(async |word| word.len() < 5)).await);
    /// assert_eq!(has_short, Ok(true));
    /// ```
    #[track_caller]
    pub fn async_or<C>(&self, conditions: impl IntoIterator<Item = C>) -> Task<'scope, bool>
    where
        C: Future<Output = bool> + Send + 'scope,
    {
        self.decide(conditions.into_iter().collect(), true, Location::caller())
    }

    fn decide<C>(
        &self,
        conditions: Vec<C>,
        decisive: bool,
        at: &'static Location<'static>,
    ) -> Task<'scope, bool>
    where
        C: Future<Output = bool> + Send + 'scope,
    {
        let (task, slot) = task::channel(at);
        if conditions.is_empty() {
            slot.fill(!decisive);
            return task;
        }
        let open = Open { n_open: conditions.len(), slot: Some(slot) };
        let verdict = Arc::new(Verdict { decisive, open: Mutex::new(open) });
        for condition in conditions {
            let verdict = Arc::clone(&verdict);
            drop(self.spawn_at(async move { verdict.note(condition.await) }, at));
        }
        task
    }
}
