//! Parallel loops over ranges and slices: for effects, for the list of the results, for one result.
//!
//! The input is cut into [parts](super::parts). As many closures are forked as there are workers, and each takes the next part
//! that nobody has taken until there is none:
//!
//! 1. Who takes a part, with its position, does so under the lock of `untaken`.
//! 2. The results of a part are put in their place under the lock of `done`.
//! 3. Who puts the last ones there makes the answer of all, in the order of the parts, and fills the task's slot.
//!
//! A body is never called under a lock. If it panics, the run ends as by any other panic.

use std::{iter::Enumerate, panic::Location, sync::Arc, vec};

use crate::{
    par::{
        Par, Parts, Task, TaskEnd,
        task::{self, Slot},
    },
    sync::{Mutex, lock},
    turns,
};

impl<'scope> Par<'scope, '_> {
    /// Calls `body` once for each item, in parallel and in no order. It runs whether the answer is awaited or not; awaited, it is done.
    ///
    /// `body` may return `Result<(), PutError>`, as a [forked](Par::fork) closure may; every item is visited all the same, since which others
    /// were visited before depends on the schedule.
    ///
    /// ```
    /// use std::collections::BTreeSet;
    /// use lvars::{LVar, LVarType, par};
    ///
    /// let squares = LVar::<BTreeSet<u32>>::new();
    /// par::run(async |p| p.par_for(3..6, |n| squares.insert(n * n)).await)?;
    /// assert_eq!(squares.into_value(), Ok(BTreeSet::from([9, 16, 25])), "from its start on");
    /// # Ok::<(), par::RunError>(())
    /// ```
    ///
    /// Over a mutable slice each item is lent to one call, so its tasks need no LVar to write side by side:
    ///
    /// ```
    /// use lvars::par;
    ///
    /// let mut pixels = vec![7_u8; 1000];
    /// par::run(async |p| p.par_for(&mut pixels[..], |pixel| *pixel *= 2).await)?;
    /// assert!(pixels.iter().all(|pixel| *pixel == 14));
    /// # Ok::<(), par::RunError>(())
    /// ```
    #[track_caller]
    pub fn par_for<P, R>(
        &self,
        input: P,
        body: impl Fn(P::Item) -> R + Send + Sync + 'scope,
    ) -> Task<'scope, ()>
    where
        P: Parts<Part: 'scope>,
        R: TaskEnd,
    {
        let par = self.clone();
        let each = move |part: P::Part| part.for_each(|item| par.note_end(body(item)));
        self.start_loop(input, each, |_| (), Location::caller())
    }

    /// The results of `body` for the items, in the order of the items. It runs whether the answer is awaited or not.
    ///
    /// ```
    /// use lvars::par;
    ///
    /// let words = ["to", "be", "or", "not"];
    /// let lengths = par::run(async |p| p.par_map(&words[..], |word| word.len()).await);
    /// assert_eq!(lengths, Ok(vec![2, 2, 2, 3]));
    /// ```
    #[track_caller]
    pub fn par_map<P, R>(
        &self,
        input: P,
        body: impl Fn(P::Item) -> R + Send + Sync + 'scope,
    ) -> Task<'scope, Vec<R>>
    where
        P: Parts<Part: 'scope>,
        R: Send + 'scope,
    {
        let each = move |part: P::Part| part.map(&body).collect::<Vec<R>>();
        self.start_loop(input, each, |parts| parts.into_iter().flatten().collect(), Location::caller())
    }

    /// The results of `body` for the items, reduced to one by `join`; `None` if there are no items. It runs whether the answer is awaited or
    /// not.
    ///
    /// Which results are joined with which depends on the number of items only, so the answer is the same on every schedule even if `join` is
    /// not associative. If it is, the answer is that of a loop from left to right.
    ///
    /// ```
    /// use lvars::par;
    ///
    /// let sum = par::run(async |p| p.par_reduce(1..1001_u64, |n| n * n, |left, right| left + right).await);
    /// assert_eq!(sum, Ok(Some(333_833_500)));
    /// ```
    #[track_caller]
    pub fn par_reduce<P, R>(
        &self,
        input: P,
        body: impl Fn(P::Item) -> R + Send + Sync + 'scope,
        join: impl Fn(R, R) -> R + Send + Sync + 'scope,
    ) -> Task<'scope, Option<R>>
    where
        P: Parts<Part: 'scope>,
        R: Send + 'scope,
    {
        let join = Arc::new(join);
        let join_all = Arc::clone(&join);
        let each = move |part: P::Part| part.map(&body).reduce(&*join);
        let all = move |parts: Vec<Option<R>>| parts.into_iter().flatten().reduce(&*join_all);
        self.start_loop(input, each, all, Location::caller())
    }

    /// Calls `each` for each part, and then `all` for the results in the order of the parts.
    fn start_loop<P, Each, R, All, A>(
        &self,
        input: P,
        each: Each,
        all: All,
        at: &'static Location<'static>,
    ) -> Task<'scope, A>
    where
        P: Parts<Part: 'scope>,
        Each: Fn(P::Part) -> R + Send + Sync + 'scope,
        R: Send + 'scope,
        All: FnOnce(Vec<R>) -> A + Send + 'scope,
        A: Send + 'scope,
    {
        let (task, slot) = task::channel(at);
        let parts = input.parts();
        let n_parts = parts.len();
        if n_parts == 0 {
            slot.fill(all(Vec::new()));
            return task;
        }
        let done = Done { results: (0..n_parts).map(|_| None).collect(), n_left: n_parts, all, slot };
        let untaken = parts.into_iter().enumerate();
        let shared = Arc::new(Loop { untaken: Mutex::new(untaken), each, done: Mutex::new(Some(done)) });
        for _ in 0..self.scope.n_workers().min(n_parts) {
            let shared = Arc::clone(&shared);
            self.fork(move |par| shared.take_parts(|| par.scope.signals.work.is_over()));
        }
        task
    }
}

/// A loop that runs.
struct Loop<Part, Each, R, All, A> {
    untaken: Mutex<Enumerate<vec::IntoIter<Part>>>,
    each: Each,
    /// `None` once all is done.
    done: Mutex<Option<Done<R, All, A>>>,
}

/// What has been done of a loop.
struct Done<R, All, A> {
    /// The results of each part, in the order of the parts.
    results: Vec<Option<R>>,
    n_left: usize,
    all: All,
    slot: Arc<Slot<A>>,
}

impl<Part, Each, R, All, A> Loop<Part, Each, R, All, A>
where
    Each: Fn(Part) -> R,
    All: FnOnce(Vec<R>) -> A,
{
    /// Takes parts until none is left, or a panic ends the run.
    fn take_parts(&self, is_over: impl Fn() -> bool) {
        while !is_over()
            && let Some((index, part)) = self.next_part()
        {
            turns::yield_point();
            let result = (self.each)(part);
            if let Some(Done { results, all, slot, .. }) = self.put(index, result) {
                slot.fill(all(results.into_iter().flatten().collect()));
            }
        }
    }

    fn next_part(&self) -> Option<(usize, Part)> {
        lock(&self.untaken).next()
    }

    /// Puts the result of a part in its place, and answers what is done if that is all.
    fn put(&self, index: usize, result: R) -> Option<Done<R, All, A>> {
        let mut place = lock(&self.done);
        let done = place.as_mut()?;
        done.results[index] = Some(result);
        done.n_left -= 1;
        if done.n_left == 0 { place.take() } else { None }
    }
}
