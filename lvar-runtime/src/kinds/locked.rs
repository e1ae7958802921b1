//! The LVar of any lattice: one lock around a pointer to the value.
//!
//! A put joins into a copy and then puts the copy in the place of the value it was made from, unless another put was faster; then it
//! starts again. So the user's join, comparison, clone and drop run outside the lock, a join that panics leaves the old state, and
//! reads look at a value that nobody changes.
//!
//! The state word is read under the lock by which the value is replaced. A freezer sets its bit, a waiter its own, *before* it takes that
//! lock, so a put either comes first and is seen, or sees the bit.

use std::{
    fmt::{self, Debug},
    mem,
    sync::Arc,
};

use lattice_core::{
    Bottom, Conflict,
    threshold::{AtLeast, Decided, Points},
};

use crate::{
    error::PutError,
    level::{MayFreeze, Outside},
    lvar::{
        LVarType, Origin, Put, Watch,
        changes::on_change,
        header::Header,
        state::Snapshot,
        waiters::{Registration, WaitList},
        watch::{Lack, Leaf, Standing},
    },
    sync::{Mutex, lock},
};

/// What a lattice needs to live behind a lock.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no LVar",
    label = "no least state to start from, or not to be shared between threads",
    note = "an LVar behind a lock needs `Bottom`, `Clone`, `Debug`, `Send` and `Sync`; without a bottom wrap it in `Option<_>`, whose `None` is a new one"
)]
pub trait Lockable: Bottom + Clone + Debug + Send + Sync + 'static {}

impl<L: Bottom + Clone + Debug + Send + Sync + 'static> Lockable for L {}

/// The LVar of a lattice without a representation of its own.
///
/// For a lattice of yours: `impl HasLVar for Mine { type LVar = LockedLVar<Mine>; }`. A put that grows it copies the value, so it is
/// for small values; sets, maps and structs have better ones.
///
/// ```
/// use lvars::{LVar, LVarType, Max, Put};
///
/// let last = LVar::<Option<Max<String>>>::new();
/// last.put(Some(Max("m".to_owned())))?;
/// last.at_least(Max("a".to_owned())).wait()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct LockedLVar<L> {
    value: Mutex<Arc<L>>,
    header: Header<WaitList<Test<L>>>,
}

/// Whether a value is what a waiter waits for.
type Test<L> = Box<dyn Fn(&L) -> bool + Send + Sync>;

/// What became of an attempt to replace the value.
enum Replace<L> {
    /// Done; the state word, and what was there before.
    Replaced(Snapshot, Arc<L>),
    /// Another put was faster; this is the value now.
    Changed(Arc<L>),
    /// The LVar is frozen or in conflict.
    Refused(Snapshot),
}

impl<L: Lockable> LockedLVar<L> {
    /// The present value. **Not deterministic**: it depends on the schedule.
    pub fn snapshot(&self, _: Outside) -> L {
        self.present()
    }

    fn present(&self) -> L {
        L::clone(&self.read())
    }

    fn read(&self) -> Arc<L> {
        Arc::clone(&lock(&self.value))
    }

    fn put_value(&self, value: &L) -> Result<(), PutError> {
        let mut seen = self.read();
        loop {
            if self.header.state.load().is_in_conflict() {
                return Err(self.header.in_conflict());
            }
            if value.leq(&seen) {
                return Ok(());
            }
            let mut joined = L::clone(&seen);
            joined.join_ref(value);
            if let Some(conflict) = joined.conflict() {
                let conflict = seen.incompatible(value).unwrap_or(conflict);
                return Err(self.header.enter_conflict(conflict, value));
            }
            match self.replace(&seen, Arc::new(joined)) {
                Replace::Replaced(state, before) => {
                    drop(before);
                    if state.is_watched() {
                        self.header.note_growth();
                        self.notify();
                    }
                    return Ok(());
                }
                Replace::Changed(now) => seen = now,
                Replace::Refused(state) if state.is_in_conflict() => return Err(self.header.in_conflict()),
                Replace::Refused(_) => return self.put_into_frozen(value),
            }
        }
    }

    fn replace(&self, seen: &Arc<L>, joined: Arc<L>) -> Replace<L> {
        let mut value = lock(&self.value);
        let state = self.header.state.load();
        if state.is_frozen() || state.is_in_conflict() {
            return Replace::Refused(state);
        }
        if !Arc::ptr_eq(&value, seen) {
            return Replace::Changed(Arc::clone(&value));
        }
        let before = mem::replace(&mut *value, joined);
        Replace::Replaced(state, before)
    }

    /// The value cannot change any more, so it can be compared at leisure.
    fn put_into_frozen(&self, value: &L) -> Result<(), PutError> {
        if value.leq(&self.read()) { Ok(()) } else { Err(self.header.frozen(value)) }
    }

    #[cold]
    fn notify(&self) {
        self.header.notify(|test| {
            let state = self.header.state.load();
            state.is_frozen() || state.is_in_conflict() || test(&self.read())
        });
    }
}

impl<L: Lockable> LVarType for LockedLVar<L> {
    type Lattice = L;

    fn with_origin(origin: Origin) -> Self {
        Self { value: Mutex::new(Arc::new(L::bottom())), header: Header::new(origin, 0) }
    }

    fn freeze(&self, _: impl MayFreeze) -> Result<L, Conflict> {
        crate::turns::yield_point();
        let before = self.header.state.freeze();
        let value = self.read();
        if before.is_watched() {
            self.notify();
        }
        if before.is_in_conflict() { Err(self.header.conflict()) } else { Ok(L::clone(&value)) }
    }

    fn into_value(self) -> Result<L, Conflict> {
        if self.header.state.load().is_in_conflict() {
            return Err(self.header.conflict());
        }
        // A copy of the pointer that outlives the LVar makes a copy of the value necessary.
        let value = self.read();
        drop(self);
        Ok(Arc::unwrap_or_clone(value))
    }

    fn at_element(&self, element: L, watch: &mut Watch) -> bool {
        let asked = Asked {
            lvar: self,
            answer: &|value: &L| element.leq(value).then_some(()),
            test: &|| {
                let element = element.clone();
                Box::new(move |value: &L| element.leq(value))
            },
            wanted: &|| format!("at least {element:?}"),
        };
        watch.ask(&asked).is_some()
    }
}

on_change!([L: Lockable] LockedLVar<L>);

impl<L: Lockable> Put for LockedLVar<L> {
    fn put(&self, value: impl Into<L>) -> Result<(), PutError> {
        crate::turns::yield_point();
        self.put_value(&value.into())
    }
}

/// A question to a value behind a lock: what it answers, the test that waits for an answer, and how a report calls it.
struct Asked<'a, L, A> {
    lvar: &'a LockedLVar<L>,
    answer: &'a dyn Fn(&L) -> Option<A>,
    test: &'a dyn Fn() -> Test<L>,
    wanted: &'a dyn Fn() -> String,
}

impl<L: Lockable, A> Leaf for Asked<'_, L, A> {
    type Answer = A;

    fn standing(&self) -> Standing<A> {
        let state = self.lvar.header.state.load();
        if state.is_in_conflict() {
            return self.lvar.header.stands_in_conflict();
        }
        match (self.answer)(&self.lvar.read()) {
            Some(answer) => Standing::Reached(answer),
            None if state.is_frozen() => Standing::Frozen,
            None => Standing::Below,
        }
    }

    fn register(&self, registration: &mut Registration) {
        self.lvar.header.register(registration, (self.test)());
    }

    fn explain(&self) -> Lack {
        let state = format!("{:?}", self.lvar.read());
        Lack { path: self.lvar.header.path(), state, wanted: (self.wanted)() }
    }
}

impl<L: Lockable + Points<Point: Debug>> AtLeast<L, Watch> for LockedLVar<L> {
    fn at_least(&self, point: &L::Point, watch: &mut Watch) -> bool {
        let asked = Asked {
            lvar: self,
            answer: &|value: &L| value.is_at_least(point).then_some(()),
            test: &|| {
                let point = point.clone();
                Box::new(move |value: &L| value.is_at_least(&point))
            },
            wanted: &|| format!("at least {point:?}"),
        };
        watch.ask(&asked).is_some()
    }
}

impl<T, L: Lockable + Decided<T, ()>> Decided<T, Watch> for LockedLVar<L> {
    fn decided(&self, watch: &mut Watch) -> Option<T> {
        watch.ask(&Asked {
            lvar: self,
            answer: &|value: &L| value.decided(&mut ()),
            test: &|| Box::new(|value: &L| value.decided(&mut ()).is_some()),
            wanted: &|| "a decision".to_owned(),
        })
    }
}

impl<L: Lockable> Default for LockedLVar<L> {
    fn default() -> Self {
        Self::new()
    }
}

impl<L> Debug for LockedLVar<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.header.debug("LockedLVar", f)
    }
}
