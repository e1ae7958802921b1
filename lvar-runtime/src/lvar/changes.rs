//! Handlers for the growth of a value, which has no history: a dirty bit per value, and a log of the values that became dirty.
//!
//! ```text
//!   put                                   handler (a cursor over the log)
//!   ───                                   ───────
//!   1. raise the value                    1. take the next mark out of the log
//!   2. dirty = true                       2. dirty = false
//!      it was already: done               3. read the value, call back
//!      it was not: log the mark, ring
//! ```
//!
//! **No growth is lost.** All changes of the bit are in one order. Let a put find the bit set. Then it is set since some entry was logged,
//! and no handler has cleared it for that entry yet: each clears later, and so reads a value that the put has raised. Let it find the
//! bit clear: it logs an entry of its own. Handlers may share the bit, since each clears it before it reads, for each entry: the
//! clearing of one makes the others see one entry more, never one less.
//!
//! **Growth coalesces**: of the puts between an entry and its handling only the last value is seen. The log grows with the entries, which
//! are at most as many as the puts that grew the value.
//!
//! Who attaches a mark to a leaf makes its header watched for ever, by the handshake of the kind, and then marks it dirty, unless it is known
//! to be at bottom: so a put either comes before and is seen, or finds the mark.

use std::{
    fmt,
    sync::{Arc, Weak},
};

use lattice_core::Bottom;

use crate::{
    lvar::{
        Doorbell, Growth, LVarType,
        handlers::{self, Bells, Followers},
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
#[expect(unnameable_types, reason = "nobody can name it, so nobody else implements `OnChange`")]
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

/// For whom a leaf has a mark.
#[derive(Clone, Copy, Debug)]
#[expect(unnameable_types, reason = "as for `Mark`")]
pub enum MarkOf {
    /// For handlers of the leaf itself.
    Leaf,
    /// For handlers of the map whose value it is.
    Map,
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
        // AcqRel: pairs with the swap in `Noted::clear`: of two changes of one bit one comes first.
        if !self.is_dirty.swap(true, Ordering::AcqRel) {
            self.changes.push(Noted(Arc::downgrade(self)));
        }
    }

    /// Says that the value has grown, if it has since it was bottom; after the mark was attached.
    pub(crate) fn note_what_is_there<V: OnChange>(self: &Arc<Self>, value: &V) {
        if !value.seen().is_bottom() {
            self.note();
        }
    }
}

impl Changes {
    fn push(&self, noted: Noted) {
        let told = lock(&self.told);
        self.log.push(noted);
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

/// LVars whose value handlers can follow: those of one leaf, which are all but sets, maps and structs. Of a struct or a
/// [`PnCounter`](lattice_core::PnCounter) each field is followed by itself, a set by [`ForEach`], and a map by its
/// [`on_change`](crate::MapLVar::on_change).
pub trait OnChange: LVarType<Lattice: Bottom> {
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
    /// use lattice_core::GCounter;
    /// use lvar_runtime::{Bump, LVar, LVarType, Put, lvar::OnChange, par};
    ///
    /// let (hits, alarm) = (LVar::<GCounter>::new(), LVar::<lattice_core::Any>::new());
    /// par::run(async |p| {
    ///     hits.on_change(&p.pool(), |_, hits| if hits.value() >= 3 { alarm.put(true) } else { Ok(()) });
    ///     p.par_for(0..5_u64, |_| hits.bump(1)).await;
    /// })?;
    /// assert_eq!(alarm.into_value(), Ok(lattice_core::Any(true)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Callbacks are work of `pool`, as those of [`ForEach::for_each`].
    ///
    /// ```
    /// use lattice_core::Max;
    /// use lvar_runtime::{LVar, LVarType, Put, lvar::OnChange, par};
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
    ) {
        let mark = self.attach(MarkOf::Leaf, &|| Mark::new(0, Arc::default()));
        mark.note_what_is_there(self);
        mark.changes().for_each(pool, move |par, noted| {
            noted.clear();
            callback(par, self.seen())
        });
    }

    /// The mark for these handlers, attached if it is not there.
    #[doc(hidden)]
    #[must_use = "what the value is already has to be noted"]
    fn attach(&self, mark_of: MarkOf, make: &dyn Fn() -> Arc<Mark>) -> &Arc<Mark>;

    /// The present value.
    #[doc(hidden)]
    fn seen(&self) -> Self::Lattice;
}

/// The impl for a kind with one header, and a snapshot.
macro_rules! on_change {
    ([$($parameters:tt)*] $kind:ty) => {
        impl<$($parameters)*> crate::lvar::OnChange for $kind {
            fn attach(
                &self,
                mark_of: crate::lvar::changes::MarkOf,
                make: &dyn Fn() -> std::sync::Arc<crate::lvar::changes::Mark>,
            ) -> &std::sync::Arc<crate::lvar::changes::Mark> {
                self.header.attach(mark_of, make)
            }

            fn seen(&self) -> Self::Lattice {
                self.present()
            }
        }
    };
}

pub(crate) use on_change;

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
        let mark = Arc::downgrade(lvar.attach(MarkOf::Leaf, &|| Mark::new(0, Arc::default())));
        lvar.put(3).unwrap();
        let changes = Arc::downgrade(&mark.upgrade().unwrap().changes);
        assert_eq!(changes.upgrade().unwrap().entry(0).map(Noted::clear), Some(0), "the put is noted");
        drop(lvar);
        assert!(mark.upgrade().is_none() && changes.upgrade().is_none());
    }
}
