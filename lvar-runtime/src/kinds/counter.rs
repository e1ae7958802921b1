//! The LVars of counters: bumped, never put into.
//!
//! A bump is one compare-and-swap of a word that also holds the bit by which a freeze forbids it: a bump counts or is refused, and
//! never both, which a write that is not idempotent could not mend afterwards. Bumps and waiters meet by the handshake of two words
//! (`lvar/README.md`).

use std::{
    fmt::{self, Debug},
    panic::Location,
    sync::Arc,
};

use lattice_core::{
    Conflict, GCounter, Lattice, PnCounter, WriterId,
    threshold::{AtLeast, Field, Project},
};

use crate::{
    error::PutError,
    level::{MayFreeze, Outside},
    lvar::{
        Bump, FollowedAsOne, Get, HasLVar, LVarType, Origin, Question, Watch,
        changes::{Mark, attach_also, on_change, seen_at_once},
        header::Header,
        marks::MarkOf,
        points::PointList,
        state::{Count, Counted},
        waiters::Registration,
        watch::{Lack, Leaf, Standing},
    },
    replica,
    sync::OnceLock,
};

/// The LVar of [`GCounter`]: a sum that threads raise by [`bump`](Bump::bump). It has no `put`.
///
/// It counts up to 2⁶³ − 1. Its exact value is a [`GCounter`] with one writer, which is drawn at random, once for each LVar, so that
/// the counts of two LVars add up when they are replicated. Compare [`GCounter::value`], which is the same on every schedule;
/// the writer is not.
///
/// ```
/// use lvars::{Bump, GCounter, LVar, LVarType, Outside};
///
/// let hits = LVar::<GCounter>::new();
/// hits.bump(2)?;
/// hits.bump(3)?;
/// hits.at_least(5).wait()?;
/// assert_eq!(hits.freeze(Outside::here())?.value(), 5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A put does not exist, because it does not commute with a bump:
///
/// ```compile_fail,E0277
/// use lvars::{GCounter, LVar, LVarType, Put};
///
/// fn put_into(lvar: &LVar<GCounter>) {
///     Put::put(lvar, GCounter::new());
/// }
/// ```
///
/// and what can be put into cannot be bumped:
///
/// ```compile_fail,E0277
/// use lvars::{Bump, LVar, Max};
///
/// fn bump(lvar: &LVar<Max<u64>>) {
///     Bump::bump(lvar, 1);
/// }
/// ```
pub struct CounterLVar {
    count: Count,
    header: Header<PointList>,
    writer: OnceLock<WriterId>,
}

impl CounterLVar {
    /// The present count. **Not deterministic**: it depends on the schedule.
    pub fn snapshot(&self, _: Outside) -> u64 {
        self.count.load().count()
    }

    fn present(&self) -> GCounter {
        self.counter(self.count.load().count())
    }

    fn counter(&self, count: u64) -> GCounter {
        if count == 0 {
            return GCounter::new();
        }
        GCounter::new().increment(*self.writer.get_or_init(replica::writer::mint), count)
    }

    /// Waits until the count is at least `least`. It is asked for a count, and not for a state as other LVars are, because bumps bring counts.
    #[track_caller]
    pub fn at_least(&self, least: u64) -> Get<'_, Self, CountOf> {
        Get::new(self, CountOf::new(least), Location::caller())
    }

    #[cold]
    fn notify(&self) {
        self.header.notify(|| {
            let now = self.count.load();
            if now.is_frozen() { u64::MAX } else { now.count() }
        });
    }
}

impl LVarType for CounterLVar {
    type Lattice = GCounter;

    fn with_origin(origin: Origin) -> Self {
        Self { count: Count::new(), header: Header::new(origin, 0), writer: OnceLock::new() }
    }

    fn freeze(&self, _: impl MayFreeze) -> Result<GCounter, Conflict> {
        crate::turns::yield_point();
        let count = self.count.freeze();
        if self.header.state.load_in_order().is_watched() {
            self.notify();
        }
        Ok(self.counter(count))
    }

    fn into_value(self) -> Result<GCounter, Conflict> {
        Ok(self.present())
    }

    /// A counter's state names its writer, so only a state that this LVar was frozen to is ever reached.
    fn at_element(&self, element: GCounter, watch: &mut Watch) -> bool {
        let count = u64::try_from(element.value()).ok();
        // A writer that was not drawn yet is named by no state.
        let own =
            |count: &u64| *count == 0 || self.writer.get().is_some() && element.leq(&self.counter(*count));
        // No count gets to the greatest number: it waits in vain.
        let least = count.filter(own).unwrap_or(u64::MAX);
        watch.ask(&CountsTo { lvar: self, least }).is_some()
    }
}

on_change!([] CounterLVar);

impl Bump for CounterLVar {
    type By = u64;
    type News = ();

    fn bump(&self, by: u64) -> Result<(), PutError> {
        crate::turns::yield_point();
        match self.count.add(by) {
            Counted::Added => {
                if self.header.state.load_in_order().is_watched() {
                    self.header.note_growth();
                    self.notify();
                }
                Ok(())
            }
            Counted::Nothing => Ok(()),
            Counted::Frozen => Err(self.header.frozen(&format_args!("a bump by {by}"))),
            Counted::Overflow => Err(self.header.overflow()),
        }
    }
}

/// The question whether a count is at least a number.
struct CountsTo<'a> {
    lvar: &'a CounterLVar,
    least: u64,
}

impl Leaf for CountsTo<'_> {
    type Answer = ();

    fn standing(&self) -> Standing<()> {
        let now = self.lvar.count.load();
        if now.count() >= self.least {
            Standing::Reached(())
        } else if now.is_frozen() {
            Standing::Frozen
        } else {
            Standing::Below
        }
    }

    fn register(&self, registration: &mut Registration) {
        self.lvar.header.register(registration, self.least);
    }

    fn explain(&self) -> Lack {
        let count = self.lvar.count.load().count();
        let wanted = format!("at least {} ({} more)", self.least, self.least.saturating_sub(count));
        Lack { path: self.lvar.header.path(), state: count.to_string(), wanted }
    }
}

/// The question of [`CounterLVar::at_least`].
#[derive(Clone, Copy, Debug)]
pub struct CountOf {
    least: u64,
}

impl CountOf {
    pub(crate) fn new(least: u64) -> Self {
        Self { least }
    }
}

impl Question<CounterLVar> for CountOf {
    type Answer = ();

    fn ask(&self, lvar: &CounterLVar, watch: &mut Watch) -> Option<()> {
        watch.ask(&CountsTo { lvar, least: self.least })
    }

    fn threshold(&self) -> String {
        format!("at least {}", self.least)
    }
}

impl AtLeast<GCounter, Watch> for CounterLVar {
    fn at_least(&self, least: &u64, watch: &mut Watch) -> bool {
        watch.ask(&CountsTo { lvar: self, least: *least }).is_some()
    }
}

impl HasLVar for GCounter {
    type LVar = CounterLVar;
}

impl Default for CounterLVar {
    fn default() -> Self {
        Self::new()
    }
}

impl Debug for CounterLVar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.header.debug("CounterLVar", f)
    }
}

/// The LVar of [`PnCounter`]: a sum that threads bump up and down. What can be waited for are its two halves, which only grow.
#[derive(Debug, Default)]
pub struct PnCounterLVar {
    /// What was added.
    pub increments: CounterLVar,
    /// What was taken away.
    pub decrements: CounterLVar,
}

impl LVarType for PnCounterLVar {
    type Lattice = PnCounter;

    fn with_origin(origin: Origin) -> Self {
        let halves = origin.fields(&["increments", "decrements"]);
        Self {
            increments: CounterLVar::with_origin(halves.nth(0)),
            decrements: CounterLVar::with_origin(halves.nth(1)),
        }
    }

    fn freeze(&self, permit: impl MayFreeze) -> Result<PnCounter, Conflict> {
        Ok(PnCounter::from_parts(self.increments.freeze(permit)?, self.decrements.freeze(permit)?))
    }

    fn into_value(self) -> Result<PnCounter, Conflict> {
        Ok(PnCounter::from_parts(self.increments.into_value()?, self.decrements.into_value()?))
    }

    fn at_element(&self, element: PnCounter, watch: &mut Watch) -> bool {
        self.increments.at_element(element.increments().clone(), watch)
            && self.decrements.at_element(element.decrements().clone(), watch)
    }
}

impl Bump for PnCounterLVar {
    type By = i64;
    type News = ();

    fn bump(&self, by: i64) -> Result<(), PutError> {
        let half = if by >= 0 { &self.increments } else { &self.decrements };
        half.bump(by.unsigned_abs())
    }
}

impl FollowedAsOne for PnCounterLVar {
    fn attach(&self, mark_of: MarkOf, make: &dyn Fn() -> Arc<Mark>) -> Option<&Arc<Mark>> {
        let mark_of = mark_of.of_parts();
        let mark = attach_also(None, make, |make| self.increments.attach(mark_of, make));
        attach_also(mark, make, |make| self.decrements.attach(mark_of, make))
    }

    fn look(&self) -> PnCounter {
        PnCounter::from_parts(self.increments.look(), self.decrements.look())
    }

    fn seen(&self) -> PnCounter {
        seen_at_once(|| self.look())
    }
}

impl Project<Field<0>> for PnCounterLVar {
    type Target = CounterLVar;

    fn project(&self) -> &CounterLVar {
        &self.increments
    }
}

impl Project<Field<1>> for PnCounterLVar {
    type Target = CounterLVar;

    fn project(&self) -> &CounterLVar {
        &self.decrements
    }
}

impl HasLVar for PnCounter {
    type LVar = PnCounterLVar;
}
