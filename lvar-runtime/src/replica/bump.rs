//! Which replicas are written by bumps, as their LVars are: those of counters.
//!
//! A bump is inflationary and commutes, but counts twice what is done twice; so what is shipped is not the bump but the writer's whole count
//! after it, which joins (Kuper and Newton, *Joining Forces*, WoDet 2014). An LVar has no peers, and ships nothing.

use lattice_core::{Delta, GCounter, PnCounter, WriterId, codec::Codec};

use super::Replica;
use crate::{current, error::PutError, level::MayFreeze, lvar::Bump};

/// What a [`bump`](Bump::bump) of a replica brought, which is to be shipped to the others.
///
/// It holds the writer's whole count, in which other bumps may be, as the schedule has it: hence the permit to see it.
#[derive(Debug)]
#[must_use = "the other replicas do not hear of it unless it is shipped"]
pub struct Unshipped<T>(Option<T>);

impl<T> Unshipped<T> {
    /// The delta, for [`merge`](Replica::merge) elsewhere; `None` of a bump by nothing.
    pub fn into_delta(self, _: impl MayFreeze) -> Option<T> {
        self.0
    }
}

/// The delta by which a writer counts so much more; `None` if its count cannot hold that.
type Counted<T> = Option<T>;

impl Bump for Replica<GCounter> {
    type By = u64;
    type News = Unshipped<GCounter>;

    fn bump(&self, by: u64) -> Result<Unshipped<GCounter>, PutError> {
        bump(self, |counter, writer| increment(counter, writer, by))
    }
}

impl Bump for Replica<PnCounter> {
    type By = i64;
    type News = Unshipped<PnCounter>;

    fn bump(&self, by: i64) -> Result<Unshipped<PnCounter>, PutError> {
        bump(self, |counter, writer| {
            let amount = by.unsigned_abs();
            if by >= 0 {
                let increments = increment(counter.increments(), writer, amount)?;
                Some(PnCounter::from_parts(increments, GCounter::new()))
            } else {
                let decrements = increment(counter.decrements(), writer, amount)?;
                Some(PnCounter::from_parts(GCounter::new(), decrements))
            }
        })
    }
}

fn increment(counter: &GCounter, writer: WriterId, by: u64) -> Counted<GCounter> {
    counter.count_of(writer).checked_add(by).map(|_| counter.increment(writer, by))
}

/// Writes what `count` makes of the state.
fn bump<T: Delta + Codec>(
    replica: &Replica<T>,
    count: impl FnOnce(&T, WriterId) -> Counted<T>,
) -> Result<Unshipped<T>, PutError> {
    let mut fits = true;
    let news = replica.write(|counter, writer| {
        count(counter, writer).unwrap_or_else(|| {
            fits = false;
            T::bottom()
        })
    })?;
    if fits {
        return Ok(Unshipped(news));
    }
    let overflow = PutError::Overflow { path: String::new() };
    current::note_error(&overflow);
    Err(overflow)
}
