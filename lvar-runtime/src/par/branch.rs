//! How two closures are computed side by side, when nobody may be there to compute the other one?
//!
//! [`Par::join`] calls the first closure and holds the second. A second closure becomes a job only when the worker has too little in its
//! deque for others to take, and then it is not the newest that does but the one that was held first, which is the largest of a
//! tree of joins. So almost all joins of a fine tree are two calls: no allocation, no queue, no fence.
//!
//! 1. A join stands in a chain, from the innermost to the outermost whose first closure runs on this thread. The chain is made of
//!    references from the inner to the outer ones, which [`Branch`] hands in.
//! 2. Who begins a join looks at its deque. If there is too little in it, the first in the chain that is still held is *offered*: it is
//!    moved into a [`Half`], of which the job holds one end, and the join the other.
//! 3. When the first closure has ended, the second is called if it is held. If it is offered, it is taken back, and called; or another worker
//!    has taken it, and is waited for.
//!
//! *The offered ones are the outer ones*: a join is offered after all joins around it. So looking for the one to offer stops at the first that
//! is offered already. In a chain so long that it is not looked through to its end, some outer ones are offered later than that; nothing but
//! who helps when hangs on it.
//!
//! **A branch needs no counting.** It is a part of the job that joins, which does not end before: that job has acquired the end of the branch,
//! and with it whatever the branch began. So whoever sees the end of that job sees the beginnings too, as [`Work`](super::work) needs it.
//!
//! **Waiting ends.** Who waits has begun its job before that job was divided, hence before the half began that it waits for; and if
//! that half waits as well, it is for a later one still. A circle would have to begin before itself. So this holds however many other
//! jobs a worker that waits takes on meanwhile, and if it takes none.

use std::{cell::RefCell, fmt, mem, ops::Deref, panic::resume_unwind, pin::Pin, sync::Arc};

use crate::{
    lvar::why::TaskId,
    par::{
        Par,
        branch::half::Half,
        here,
        scope::{Local, Run, Worker},
        worker,
    },
    turns,
};

pub(super) mod half;

/// With how many jobs in its deque a worker offers no more. One would be enough to keep another worker busy while this one comes back; but what
/// is not offered cannot be taken while a closure runs that joins nothing for long.
const ENOUGH: usize = 3;

/// How far outside it is looked for a closure to offer: more than a tree is deep that fits into memory.
const MOST_LEVELS: u32 = 64;

impl<'scope, 'env> Par<'scope, 'env> {
    /// Calls both closures, side by side if a worker is free, and answers what they answered.
    ///
    /// It is made for the two halves of a recursion: a join that nobody helps with costs little more than the two calls. Recursive functions take
    /// the [`Branch`] that the closures get, which is a handle of the run as well; [`branch`](Self::branch) is the one to begin with.
    ///
    /// The first closure runs here and may borrow whatever it likes. The second may move to another worker, so it has to be `Send`, and to borrow, as
    /// any task, only what outlives the run. Neither can wait: a worker that waits in the middle of a call could do nothing else.
    /// What they fork belongs to the pool of this handle.
    ///
    /// While another worker computes the second closure, this one runs other jobs. So hold no lock over a join that another task takes.
    ///
    /// ```
    /// use lvars::par::{self, Branch};
    ///
    /// fn sum<'scope>(p: &Branch<'_, 'scope, '_>, numbers: &'scope [u64]) -> u64 {
    ///     if numbers.len() < 3 {
    ///         return numbers.iter().sum();
    ///     }
    ///     let (left, right) = numbers.split_at(numbers.len() / 2);
    ///     let (left, right) = p.join(|p| sum(p, left), |p| sum(p, right));
    ///     left + right
    /// }
    ///
    /// let numbers = [3, 1, 4, 1, 5, 9, 2, 6];
    /// assert_eq!(par::run(async |p| sum(&p.branch(), &numbers)), Ok(31));
    /// ```
    ///
    /// # Panics
    ///
    /// If a closure panics, with its payload, when both have ended; of two panics with that of the first closure.
    pub fn join<A, B: Send + 'scope>(
        &self,
        first: impl FnOnce(&Branch<'_, 'scope, 'env>) -> A,
        second: impl FnOnce(&Branch<'_, 'scope, 'env>) -> B + Send + 'scope,
    ) -> (A, B) {
        self.branch().join(first, second)
    }

    /// A handle with which recursive functions [join](Branch::join).
    pub fn branch(&self) -> Branch<'_, 'scope, 'env> {
        // Nothing is offered by who is no worker, nor in a run inside of this one, whose task it would be part of. A single worker
        // would offer to nobody.
        let is_helped = self.scope.n_workers() > 1 && here::is_in(&self.scope.signals);
        Branch { par: self, local: if is_helped { self.scope.local() } else { None }, within: None }
    }
}

/// A handle of a run for a closure of a [`join`](Par::join): joins more. It is also a [`Par`].
pub struct Branch<'f, 'scope, 'env> {
    par: &'f Par<'scope, 'env>,
    /// `None` where all is computed in place.
    local: Option<&'f Local<'scope, 'env>>,
    /// The innermost join whose first closure this is in.
    within: Option<&'f (dyn Outer + 'f)>,
}

impl<'scope, 'env> Branch<'_, 'scope, 'env> {
    /// [`Par::join`].
    ///
    /// # Panics
    ///
    /// As [`Par::join`].
    #[inline]
    pub fn join<A, B: Send + 'scope>(
        &self,
        first: impl FnOnce(&Branch<'_, 'scope, 'env>) -> A,
        second: impl FnOnce(&Branch<'_, 'scope, 'env>) -> B + Send + 'scope,
    ) -> (A, B) {
        turns::yield_point();
        let Some(local) = self.local else {
            let left = first(self);
            return (left, second(self));
        };
        let mut join = Join { branch: self, local, second: RefCell::new(Second::Held(second)) };
        if local.n_jobs() < ENOUGH {
            join.offer_outermost(MOST_LEVELS);
        }
        let left = first(&Branch { par: self.par, local: self.local, within: Some(&join) });
        let right = match mem::take(join.second.get_mut()) {
            Second::Held(second) => second(self),
            Second::Offered(half) => self.get_back(local, &half),
            Second::Gone => unreachable!("only the end of the join takes it"),
        };
        (left, right)
    }

    /// The answer of a closure that was offered: called here if no other worker has taken it.
    #[cold]
    fn get_back<F, B>(&self, local: &Local<'scope, 'env>, half: &Half<F, B>) -> B
    where
        F: FnOnce(&Branch<'_, 'scope, 'env>) -> B,
    {
        if let Some(second) = half.take() {
            self.par.scope.drop_spent(local);
            return second(self);
        }
        let par = Par::of(self.par.scope.nearest());
        worker::help(&Worker::new(&par, local), || half.is_done());
        half.wait_until_done();
        half.answer().unwrap_or_else(|payload| resume_unwind(payload))
    }
}

/// A join whose first closure runs.
struct Join<'f, 'scope, 'env, F, B> {
    branch: &'f Branch<'f, 'scope, 'env>,
    local: &'f Local<'scope, 'env>,
    second: RefCell<Second<F, B>>,
}

/// Where the second closure of a join is.
#[derive(Default)]
enum Second<F, B> {
    /// In the join itself.
    Held(F),
    /// In a job, which any worker may take.
    Offered(Arc<Half<F, B>>),
    #[default]
    Gone,
}

/// A join without its types, as the joins inside of it see it.
trait Outer {
    /// Offers the second closure of the outermost join that holds its own, not further outside than so many levels. False if this one
    /// does not hold its own: then no join around it does.
    fn offer_outermost(&self, n_levels: u32) -> bool;
}

impl<'scope, 'env, F, B> Outer for Join<'_, 'scope, 'env, F, B>
where
    F: FnOnce(&Branch<'_, 'scope, 'env>) -> B + Send + 'scope,
    B: Send + 'scope,
{
    #[cold]
    fn offer_outermost(&self, n_levels: u32) -> bool {
        let mut place = self.second.borrow_mut();
        if !matches!(*place, Second::Held(_)) {
            return false;
        }
        if n_levels > 0 && self.branch.within.is_some_and(|outer| outer.offer_outermost(n_levels - 1)) {
            return true;
        }
        if let Second::Held(second) = mem::take(&mut *place) {
            let half = Arc::new(Half::new(second));
            *place = Second::Offered(Arc::clone(&half));
            let pool = self.branch.par.pool.as_ref().map(|pool| pool.key);
            let for_worker = self.local.seat.worker();
            self.branch.par.scope.push(Box::pin(Offered { half, pool, for_worker }), self.local);
        }
        true
    }
}

/// The first closure has panicked. The second must not go on when the job that it is a part of has ended.
impl<F, B> Drop for Join<'_, '_, '_, F, B> {
    fn drop(&mut self) {
        if let Second::Offered(half) = mem::take(self.second.get_mut()) {
            self.branch.par.scope.guarded(|| {
                if half.take().is_none() {
                    // Nothing else is run meanwhile: it would be run by a thread that unwinds.
                    half.wait_until_done();
                    drop(half.answer());
                }
            });
        }
    }
}

/// The job of a second closure that was offered.
struct Offered<F, B> {
    half: Arc<Half<F, B>>,
    pool: Option<usize>,
    /// The worker that will need the answer.
    for_worker: usize,
}

impl<'scope, 'env, F, B> Run<'scope, 'env> for Offered<F, B>
where
    F: FnOnce(&Branch<'_, 'scope, 'env>) -> B + Send + 'scope,
    B: Send + 'scope,
{
    fn run(self: Pin<Box<Self>>, worker: &Worker<'_, 'scope, 'env>) {
        let Some(second) = self.half.take() else { return };
        let call = |par: &Par<'scope, 'env>| {
            self.half.call(|| second(&Branch { par, local: Some(worker.local), within: None }));
        };
        match self.pool {
            None => call(worker.par),
            Some(key) => worker.in_pool(key, |par, _| call(par)),
        }
        worker.par.scope.signals.sleep.wake(self.for_worker);
    }

    fn task(&self) -> Option<TaskId> {
        None
    }

    fn is_spent(&self) -> bool {
        self.half.is_taken()
    }
}

impl<'scope, 'env> Deref for Branch<'_, 'scope, 'env> {
    type Target = Par<'scope, 'env>;

    fn deref(&self) -> &Self::Target {
        self.par
    }
}

impl fmt::Debug for Branch<'_, '_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Branch").field("par", self.par).finish_non_exhaustive()
    }
}
