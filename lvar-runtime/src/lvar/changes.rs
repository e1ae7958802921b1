//! Handlers for the growth of a value, which has no history: a dirty bit per value, and a log of the values that became dirty.
//!
//! ```text
//!   put                                   handler (a cursor over the log)
//!   ───                                   ───────
//!   1. raise the value                    1. take the next mark out of the log
//!   2. dirty already? done                2. dirty = false
//!      no: under a lock                   3. read the value, call back
//!        dirty = true, log the mark
//!      ring
//! ```
//!
//! **No growth is lost.** All changes of the bit are in one order. Let a put find the bit set. Then it is set since some entry was logged,
//! and no handler has cleared it for that entry yet: each clears later, and so reads a value that the put has raised. Let it find the
//! bit clear: it logs an entry of its own. Handlers may share the bit, since each clears it before it reads, for each entry: the
//! clearing of one makes the others see one entry more, never one less.
//!
//! **Quiesce misses nothing that its caller knows of.** A put that finds the bit set is over before the entry is in the log, perhaps, which another put
//! makes. So the bit is set under a lock under which the entry is made, and a quiesce passes through that lock before it looks.
//!
//! **Growth coalesces**: of the puts between an entry and its handling only the last value is seen. The log grows with the entries, which
//! are at most as many as the puts that grew the value.
//!
//! Who attaches a mark to a leaf makes its header watched for ever, by the handshake of the kind, and then marks it dirty, unless it is known
//! to be at bottom: so a put either comes before and is seen, or finds the mark.
//!
//! **Of several parts**, as the fields of a struct are, each leaf has the same mark, and the handler is told of a state that they all were in at
//! one moment. Fields that are read one after the other need not be: of two puts in a row, into `a` and then into `b`, it could see the second
//! without the first, which no schedule explains. So step 3 looks twice, and once more as long as the looks differ (`seen_at_once`). If it is
//! `b` as put that the first look sees, then `a` was put before the second look, which differs. Each further look has a reason, a put that grew the
//! value meanwhile. To leave the call to that put's entry instead would be wrong: the entry may come after a quiesce that has to wait for this one.

use std::{
    fmt,
    sync::{Arc, Weak},
};

use lattice_core::{Bottom, Lattice};

use crate::{
    lvar::{
        Doorbell, Growth, LVarType,
        handlers::{self, Bells, Followers},
        marks::MarkOf,
    },
    par::{ForEach, Par, Pool, TaskEnd},
    sync::{AtomicBool, Log, Mutex, Ordering, lock},
};

/// The values that became dirty, in order.
#[derive(Default)]
pub(crate) struct Changes {
    log: Log<Noted>,
    told: Mutex<Told>,
}

/// Who is told of a new entry.
#[derive(Default)]
struct Told {
    followers: Followers,
    bells: Option<Bells>,
}

/// The dirty bit of a value.
#[expect(unnameable_types, reason = "nobody can name it, so nobody else implements `FollowedAsOne`")]
pub struct Mark {
    is_dirty: AtomicBool,
    /// Which value it is, where a log is about several.
    of: usize,
    changes: Arc<Changes>,
}

/// A value that became dirty. It does not keep the mark alive, which keeps the log alive: the two would never be let go.
pub(crate) struct Noted(Weak<Mark>);

impl Noted {
    /// Says that the value is about to be read, and answers which it is.
    pub(crate) fn clear(&self) -> usize {
        let mark = self.0.upgrade().expect("a mark lives as long as the LVar whose handler asks");
        // AcqRel: pairs with the swap in `note`: who clears what a put has set sees what the put has raised.
        mark.is_dirty.swap(false, Ordering::AcqRel);
        mark.of
    }
}

impl Mark {
    pub(crate) fn new(of: usize, changes: Arc<Changes>) -> Arc<Self> {
        Arc::new(Self { is_dirty: AtomicBool::new(false), of, changes })
    }

    pub(crate) fn changes(&self) -> &Changes {
        &self.changes
    }

    /// Says that the value has grown; after it has.
    pub(crate) fn note(self: &Arc<Self>) {
        // AcqRel: pairs with the swap in `Noted::clear`: of two changes of one bit one comes first; that this one changes nothing makes no
        // difference.
        // Relaxed: a failure leads to the swap below.
        let is_noted =
            self.is_dirty.compare_exchange(true, true, Ordering::AcqRel, Ordering::Relaxed).is_ok();
        if !is_noted {
            self.changes.push_if_clear(self);
        }
    }

    /// Says that the value has grown, if it has since it was bottom; after the mark was attached.
    pub(crate) fn note_what_is_there<V: FollowedAsOne>(self: &Arc<Self>, value: &V) {
        if !value.look().is_bottom() {
            self.note();
        }
    }
}

impl Changes {
    /// The bit is set under the lock under which the entry is pushed, and through which `settle` passes.
    fn push_if_clear(&self, mark: &Arc<Mark>) {
        let told = lock(&self.told);
        // AcqRel: pairs with the swap in `Noted::clear`, as in `note`.
        if mark.is_dirty.swap(true, Ordering::AcqRel) {
            return;
        }
        self.log.push(Noted(Arc::downgrade(mark)));
        let bells = told.bells.clone();
        drop(told);
        if let Some(bells) = bells {
            handlers::ring(&bells);
        }
    }
}

impl Growth for Changes {
    type Entry = Noted;

    fn entry(&self, index: usize) -> Option<&Noted> {
        self.log.get(index)
    }

    fn settle(&self) {
        drop(lock(&self.told));
    }

    fn follow(&self, bell: Arc<dyn Doorbell>) {
        let mut told = lock(&self.told);
        let old = told.followers.add(bell).map(|bells| told.bells.replace(Arc::new(bells)));
        drop(told);
        // The bells that nobody holds go with it; a bell may be a user's, so that comes after the unlock.
        drop(old);
    }
}

/// Handlers for the growth of a value, in one call: of every LVar that is [`FollowedAsOne`].
pub trait OnChange: LVarType {
    /// Calls `callback` with the value whenever it has grown, and with the one that is there already, unless it is bottom.
    ///
    /// Growth coalesces: of several puts in a row a callback may see only the last value, and how many calls there are depends on the
    /// schedule; the last of them sees the final value. So what a callback writes must not hang on how often it is called, and
    /// must grow with the value that it gets: that is yours to keep, see the page on determinism.
    ///
    /// A counter's is a [`GCounter`](lattice_core::GCounter), whose [`value`](lattice_core::GCounter::value) is the count so far. Each bump
    /// is in it once, in however many calls that count is seen:
    ///
    /// ```
    /// use lvars::{Bump, GCounter, LVar, LVarType, Put, lvar::OnChange, par};
    ///
    /// let (hits, alarm) = (LVar::<GCounter>::new(), LVar::<lvars::Any>::new());
    /// par::run(async |p| {
    ///     hits.on_change(&p.pool(), |_, hits| if hits.value() >= 3 { alarm.put(true) } else { Ok(()) });
    ///     p.par_for(0..5_u64, |_| hits.bump(1)).await;
    /// })?;
    /// assert_eq!(alarm.into_value(), Ok(lvars::Any(true)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// A struct's is the struct, as all its fields were at one moment; so it is of tuples and arrays. One field is followed by its own `on_change`.
    ///
    /// ```
    /// use lvars::{LVar, LVarType, Max, Min, Put, lvar::OnChange, par};
    ///
    /// // An alarm once it was both below 0 and above 30 degrees.
    /// let (seen, alarm) = (LVar::<(Min<i32>, Max<i32>)>::new(), LVar::<lvars::Any>::new());
    /// par::run(async |p| {
    ///     seen.on_change(&p.pool(), |_, (Min(low), Max(high))| alarm.put(low < 0 && high > 30));
    ///     [12, -3, 31].into_iter().try_for_each(|degrees| seen.put((Min(degrees), Max(degrees))))
    /// })??;
    /// assert_eq!(alarm.into_value(), Ok(lvars::Any(true)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Callbacks are work of `pool`, as those of [`ForEach::for_each`].
    ///
    /// ```
    /// use lvars::{LVar, LVarType, Max, Put, lvar::OnChange, par};
    ///
    /// let (celsius, fahrenheit) = (LVar::<Max<i32>>::new(), LVar::<Max<i32>>::new());
    /// par::run(async |p| {
    ///     celsius.on_change(&p.pool(), |_, Max(degrees)| fahrenheit.put(degrees.saturating_mul(9) / 5 + 32));
    ///     celsius.put(20)?;
    ///     celsius.put(35)
    /// })??;
    /// assert_eq!(fahrenheit.into_value(), Ok(Max(95)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    fn on_change<'scope, 'env, R: TaskEnd>(
        &'scope self,
        pool: &Pool<'scope, 'env>,
        callback: impl Fn(&Par<'scope, 'env>, Self::Lattice) -> R + Send + Sync + 'scope,
    ) where
        Self: FollowedAsOne,
    {
        // What has no leaf never grows.
        let Some(mark) = self.attach(MarkOf::ITSELF, &|| Mark::new(0, Arc::default())) else { return };
        mark.note_what_is_there(self);
        mark.changes().for_each(pool, move |par, noted| {
            noted.clear();
            callback(par, self.seen())
        });
    }
}

// On every LVar, so that a call where it cannot be is told by `FollowedAsOne`, which says what to call instead.
impl<V: LVarType> OnChange for V {}

/// LVars that a handler can follow as one value: all but sets and maps, and structs, tuples and arrays of such LVars.
///
/// Sets and maps are told of entry by entry, by [`ForEach`], and a map's values by its [`on_change`](crate::MapLVar::on_change): whole sets,
/// one after each growth, would cost more each time. So a struct with a set or a map in it is followed field by field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not followed as one value",
    label = "no handler gets all of this at once",
    note = "a set is followed by `for_each`, which tells of each element once; a map too, or by its own `on_change`, which tells of its values",
    note = "a struct with a set or a map in it is followed field by field"
)]
pub trait FollowedAsOne: LVarType<Lattice: Bottom> {
    /// The mark for these handlers, attached to each leaf to which it is not; none if there is no leaf.
    #[doc(hidden)]
    #[must_use = "what the value is already has to be noted"]
    fn attach(&self, mark_of: MarkOf, make: &dyn Fn() -> Arc<Mark>) -> Option<&Arc<Mark>>;

    /// The present value, looked up leaf by leaf.
    #[doc(hidden)]
    fn look(&self) -> Self::Lattice;

    /// The value at some moment of this call.
    #[doc(hidden)]
    fn seen(&self) -> Self::Lattice {
        self.look()
    }
}

/// The impl for a kind with one header, and a snapshot.
macro_rules! on_change {
    ([$($parameters:tt)*] $kind:ty) => {
        impl<$($parameters)*> crate::lvar::FollowedAsOne for $kind {
            fn attach(
                &self,
                mark_of: crate::lvar::marks::MarkOf,
                make: &dyn Fn() -> std::sync::Arc<crate::lvar::changes::Mark>,
            ) -> Option<&std::sync::Arc<crate::lvar::changes::Mark>> {
                Some(self.header.attach(mark_of, make))
            }

            fn look(&self) -> Self::Lattice {
                self.present()
            }
        }
    };
}

pub(crate) use on_change;

/// Attaches a mark to one more part of an LVar: the mark that the parts before it have, or if they have none the one that is made. Answers it.
pub(crate) fn attach_also<'a>(
    mark: Option<&'a Arc<Mark>>,
    make: &dyn Fn() -> Arc<Mark>,
    attach: impl FnOnce(&dyn Fn() -> Arc<Mark>) -> Option<&'a Arc<Mark>>,
) -> Option<&'a Arc<Mark>> {
    let attached = attach(&|| mark.map_or_else(make, Arc::clone));
    mark.or(attached)
}

/// What several parts were at some moment: what two looks in a row see. Each part only grows, so it was that at all times between its two
/// looks, and all were at the end of the first one.
pub(crate) fn seen_at_once<L: Lattice>(look: impl Fn() -> L) -> L {
    let mut before = look();
    loop {
        let now = look();
        if now.leq(&before) {
            return now;
        }
        before = now;
    }
}

impl fmt::Debug for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Changes").finish_non_exhaustive()
    }
}

impl fmt::Debug for Noted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Noted").finish_non_exhaustive()
    }
}

impl fmt::Debug for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mark").field("of", &self.of).finish_non_exhaustive()
    }
}

#[cfg(test)]
#[cfg(not(any(loom, shuttle)))]
mod tests {
    use lattice_core::Max;

    use super::*;
    use crate::{LVar, Put};

    #[test]
    fn a_value_that_was_followed_leaves_nothing_when_it_is_dropped() {
        let lvar = LVar::<Max<u32>>::new();
        let mark = Arc::downgrade(lvar.attach(MarkOf::ITSELF, &|| Mark::new(0, Arc::default())).unwrap());
        lvar.put(3).unwrap();
        let changes = Arc::downgrade(&mark.upgrade().unwrap().changes);
        assert_eq!(changes.upgrade().unwrap().entry(0).map(Noted::clear), Some(0), "the put is noted");
        drop(lvar);
        assert!(mark.upgrade().is_none() && changes.upgrade().is_none());
    }
}
