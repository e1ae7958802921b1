//! Handlers that get the entries of a growing LVar in batches: what one worker has claimed of them.
//!
//! The protocol is that of [`for_each`](super::ForEach::for_each); only the callback differs.

use std::sync::Arc;

use super::{BATCH, Bell, Cursors, Pump};
use crate::{
    lvar::{Doorbell, Growth},
    par::{Par, Pool, TaskEnd, scope::PoolRef},
    turns,
};

/// LVars whose growth handlers may follow in batches: as [`ForEach`](super::ForEach), for callbacks that do better with several entries.
///
/// A callback that looks something up for each entry, in an array that no cache holds, waits for memory each time. With a batch it can
/// look everything up first, so that the processor waits for many answers at once, and put then.
pub trait ForEachBatch: Growth {
    /// Calls `callback` with all entries, those that are there already included, each in one batch, in no particular order and in parallel.
    ///
    /// Which entries come together depends on the schedule: so a callback has to write what it would write if it got them one by one.
    /// In all else this is [`ForEach::for_each`](super::ForEach::for_each).
    ///
    /// ```
    /// use std::collections::BTreeSet;
    /// use lvars::{LVar, LVarType, par::{self, ForEachBatch}};
    ///
    /// let reached = par::run_then_freeze(LVar::<BTreeSet<u32>>::new(), async |p, reached| {
    ///     reached.for_each_batch(&p.pool(), move |_, numbers| {
    ///         let next: Vec<u32> = numbers.iter().map(|n| 2 * **n).filter(|n| *n < 100).collect();
    ///         next.into_iter().try_for_each(|n| reached.insert(n))
    ///     });
    ///     reached.insert(3)
    /// });
    /// assert_eq!(reached, Ok(BTreeSet::from([3, 6, 12, 24, 48, 96])));
    /// ```
    fn for_each_batch<'scope, 'env, R: TaskEnd>(
        &'scope self,
        pool: &Pool<'scope, 'env>,
        callback: impl Fn(&Par<'scope, 'env>, &[&'scope Self::Entry]) -> R + Send + Sync + 'scope,
    ) {
        let make = |bell| {
            let pool = pool.by_key().clone();
            Arc::new(BatchHandler { log: self, cursors: Cursors::new(), bell, pool, callback }) as Arc<_>
        };
        if let Some(bell) = pool.par().scope.add_handler(pool.count(), make) {
            self.follow(Arc::<Bell>::clone(&bell));
            // For the entries that were there before, as in `for_each`.
            bell.ring();
        }
    }
}

impl<G: Growth> ForEachBatch for G {}

/// A handler of batches with its types.
struct BatchHandler<'scope, G, F> {
    log: &'scope G,
    cursors: Cursors,
    bell: Arc<Bell>,
    pool: PoolRef,
    callback: F,
}

impl<'scope, 'env, G, F, R> Pump<'scope, 'env> for BatchHandler<'scope, G, F>
where
    G: Growth,
    F: Fn(&Par<'scope, 'env>, &[&'scope G::Entry]) -> R + Send + Sync,
    R: TaskEnd,
{
    fn pump(&self, par: &Par<'scope, 'env>) {
        let par = par.in_pool(self.pool.key, Arc::clone(&self.pool.count));
        let log = self.log;
        let is_ready = |index| log.entry(index).is_some();
        let mut batch = Vec::with_capacity(BATCH);
        self.bell.pending.clear();
        while let Some(claimed) = self.cursors.claim(log) {
            if is_ready(claimed.end) {
                // More is there than one worker should take at once: whoever is idle may help.
                self.bell.ring();
            }
            if par.scope.signals.work.is_over() {
                return;
            }
            batch.clear();
            batch.extend(claimed.filter_map(|index| log.entry(index)));
            turns::yield_point();
            par.note_end((self.callback)(&par, &batch));
        }
    }

    fn ring_if_due(&self) {
        self.log.settle();
        if self.cursors.are_due(self.log) {
            self.bell.ring();
        }
    }

    fn pool(&self) -> &PoolRef {
        &self.pool
    }
}

#[cfg(test)]
#[cfg(not(loom))]
mod tests {
    use std::{
        collections::BTreeSet,
        sync::atomic::{AtomicUsize, Ordering::Relaxed},
    };

    use super::{BATCH, ForEachBatch};
    use crate::{LVar, LVarType, PutError, par};

    #[test]
    fn each_entry_is_in_one_batch() {
        const N: usize = 1_000;
        for round in 0..20 {
            let seen: Vec<_> = (0..N).map(|_| AtomicUsize::new(0)).collect();
            let numbers = LVar::<BTreeSet<usize>>::new();
            par::run_on(1 + round % 4, async |p| {
                let pool = p.pool();
                numbers.for_each_batch(&pool, |_, batch| {
                    assert!((1..=BATCH).contains(&batch.len()));
                    for n in batch {
                        seen[**n].fetch_add(1, Relaxed);
                    }
                });
                p.par_for(1..N, |n| numbers.insert(n)).await;
                numbers.insert(0)?;
                pool.quiesce().await;
                assert!(seen.iter().all(|times| times.load(Relaxed) == 1), "in round {round}");
                Ok::<_, PutError>(())
            })
            .unwrap()
            .unwrap();
        }
    }

    #[test]
    fn an_error_of_a_batch_is_the_error_of_the_run() {
        let (numbers, frozen) = (LVar::<BTreeSet<u32>>::new(), LVar::<BTreeSet<u32>>::new());
        frozen.freeze(crate::Outside::here()).unwrap();
        let run = par::run(async |p| {
            numbers.for_each_batch(&p.pool(), |_, batch| batch.iter().try_for_each(|n| frozen.insert(**n)));
            numbers.insert(1)
        });
        assert!(matches!(run, Err(par::RunError::Put(PutError::Frozen { .. }))), "{run:?}");
    }
}
