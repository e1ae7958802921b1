//! The counter that never falls below zero, on no replica and without asking.

use alloc::collections::BTreeMap;
use core::fmt;

use crate::{
    crdt::{
        GCounter, WriterId,
        form::{fields, formed},
    },
    delta::Delta,
    forged::Forged,
    lattices::Max,
};

/// Who gave how many rights to whom: to itself, by what it added.
type Rights = BTreeMap<(WriterId, WriterId), Max<u64>>;

/// A bounded counter: each writer may take away what it holds rights to, and no more, so that the value is never below zero.
///
/// ```text
///   state: (r, u)      r: (from, to) ↦ rights given      u: writer ↦ rights used      joined entry by entry, by the maximum
///
///   value = Σ r(w, w) − Σ u(w)      rights of w = r(w, w) + Σ r(v, w) − Σ r(w, v) − u(w)      over all v ≠ w
/// ```
///
/// Who adds gets the rights to what it added, uses them to take away, and may pass them on. Since each entry is written by one writer alone, no two
/// replicas ever use the same right.
///
/// The bottom has counted nothing; no state is in conflict.
///
/// Cost: an entry for each writer that added and for each pair of which one gave rights to the other; at worst the square of the number of writers.
/// Reads of the value and of rights are sums over the entries.
///
/// All entries only grow: a threshold `field.used >= n`, as on a [`GCounter`]; `field.rights[(from, to)] >= n`. There is none on the value.
///
/// Traps: a right that is elsewhere cannot be used, even if the value is high: [`NotEnough`] tells how many there are, and to ask another
/// replica for some is the caller's. The rights of a writer that writes no more are lost, unless it passes them on before. A replica
/// that heard of a use before it heard of the rights reads less than was counted, and never below zero.
///
/// Balegas et al., *Extending eventually consistent cloud databases for enforcing numeric invariants* (2015); it is not in INRIA RR-7506.
///
/// ```
/// use lvars::{BoundedCounter, Lattice, WriterId};
///
/// let (berlin, lisbon) = (WriterId(1), WriterId(2));
/// let mut stock = BoundedCounter::new();
/// stock.join(stock.increment(berlin, 10));
/// stock.join(stock.transfer(berlin, lisbon, 4)?);
///
/// stock.join(stock.decrement(lisbon, 3)?);
/// assert_eq!((stock.value(), stock.rights_of(lisbon)), (7, 1));
/// let refused = stock.decrement(lisbon, 2).unwrap_err();
/// assert_eq!(refused.to_string(), "2 were asked for, and 0000000000000002 holds rights to 1");
/// # Ok::<(), lvars::NotEnough>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BoundedCounter(
    /// No entry is zero: that is an absent one.
    (Rights, GCounter),
);

formed!([] BoundedCounter, "BoundedCounter", (Rights, GCounter), [], never_zero, forged: forged);
fields!([] BoundedCounter, "BoundedCounter": "rights" => Rights, "used" => GCounter);

fn never_zero((rights, _): &(Rights, GCounter)) -> Option<&'static str> {
    rights.values().any(|given| given.0 == 0).then_some("a bounded counter names rights to nothing")
}

/// Who gives rights writes the entry, as who uses them does.
fn forged(here: &BoundedCounter, delta: &BoundedCounter, writer: WriterId) -> Option<Forged> {
    let given = delta.0.0.iter().filter(|((from, _), _)| *from == writer).find_map(|(&(from, to), given)| {
        let (known, claimed) = (here.given(from, to), given.0);
        let claim = format_args!("rights to {claimed} from {from} to {to}, which {from} knows to be {known}");
        (known < claimed).then(|| Forged::new(writer, claim).in_field("rights"))
    });
    given.or_else(|| Some(here.0.1.forged(&delta.0.1, writer)?.in_field("used")))
}

impl BoundedCounter {
    /// A counter at zero.
    pub const fn new() -> Self {
        Self((Rights::new(), GCounter::new()))
    }

    /// The delta by which `writer` adds `by`, and gets the rights to it.
    ///
    /// What a writer adds ends at `u64::MAX` in total: what it would add beyond is lost.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn increment(&self, writer: WriterId, by: u64) -> Self {
        self.give(writer, writer, by)
    }

    /// The delta by which `writer` takes `by` away.
    ///
    /// # Errors
    ///
    /// If it holds rights to fewer.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn decrement(&self, writer: WriterId, by: u64) -> Result<Self, NotEnough> {
        self.spend(writer, by, u64::MAX - self.0.1.count_of(writer))?;
        Ok(Self((Rights::new(), self.0.1.increment(writer, by))))
    }

    /// The delta by which `from` passes rights to `by` on to `to`. The value stays as it is.
    ///
    /// # Errors
    ///
    /// If it holds rights to fewer.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn transfer(&self, from: WriterId, to: WriterId, by: u64) -> Result<Self, NotEnough> {
        if from == to {
            self.spend(from, by, u64::MAX)?;
            return Ok(Self::new());
        }
        self.spend(from, by, u64::MAX - self.given(from, to))?;
        Ok(self.give(from, to, by))
    }

    /// How much there is.
    pub fn value(&self) -> u128 {
        let added =
            self.0.0.iter().filter(|((from, to), _)| from == to).map(|(_, given)| u128::from(given.0));
        added.sum::<u128>().saturating_sub(self.0.1.value())
    }

    /// How much of it `writer` may take away.
    pub fn rights_of(&self, writer: WriterId) -> u64 {
        // No more than 2⁶⁴ entries fit into memory, so the sums fit.
        let (mut got, mut gone) = (0_u128, u128::from(self.0.1.count_of(writer)));
        for (&(from, to), given) in &self.0.0 {
            if to == writer {
                got += u128::from(given.0);
            } else if from == writer {
                gone += u128::from(given.0);
            }
        }
        u64::try_from(got.saturating_sub(gone)).unwrap_or(u64::MAX)
    }

    fn given(&self, from: WriterId, to: WriterId) -> u64 {
        self.0.0.get(&(from, to)).map_or(0, |given| given.0)
    }

    fn give(&self, from: WriterId, to: WriterId, by: u64) -> Self {
        match self.given(from, to).saturating_add(by) {
            0 => Self::new(),
            given => Self((Rights::from([((from, to), Max(given))]), GCounter::new())),
        }
    }

    /// Whether `writer` holds rights to `by`, and its entry has room for as much.
    fn spend(&self, writer: WriterId, by: u64, room: u64) -> Result<(), NotEnough> {
        let held = self.rights_of(writer).min(room);
        if by <= held { Ok(()) } else { Err(NotEnough { writer, asked: by, held }) }
    }
}

/// A writer holds rights to fewer than it would take away or pass on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotEnough {
    /// The writer.
    pub writer: WriterId,
    /// How many it asked for.
    pub asked: u64,
    /// How many it holds rights to.
    pub held: u64,
}

impl fmt::Display for NotEnough {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { writer, asked, held } = self;
        write!(f, "{asked} were asked for, and {writer} holds rights to {held}")
    }
}

impl core::error::Error for NotEnough {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Bottom, Lattice, codec::Codec};

    const ALICE: WriterId = WriterId(1);
    const BOB: WriterId = WriterId(2);

    #[test]
    fn entries_at_their_maximum_refuse_and_do_not_wrap() {
        let mut counter = BoundedCounter::new();
        counter.join(counter.increment(ALICE, u64::MAX));
        assert_eq!(counter.increment(ALICE, 1), counter, "what is beyond is lost");
        counter.join(counter.transfer(ALICE, BOB, u64::MAX).unwrap());
        counter.join(counter.transfer(BOB, ALICE, u64::MAX).unwrap());
        assert_eq!(counter.rights_of(ALICE), u64::MAX);
        let refused = counter.transfer(ALICE, BOB, 1).unwrap_err();
        assert_eq!(refused.held, 0, "the entry has no room left, though the rights are there");
        counter.join(counter.decrement(ALICE, u64::MAX).unwrap());
        assert_eq!(counter.value(), 0);
    }

    #[test]
    fn a_use_without_its_rights_reads_as_zero() {
        let mut source = BoundedCounter::new().increment(ALICE, 5);
        let used = source.decrement(ALICE, 3).unwrap();
        assert_eq!((used.value(), used.rights_of(ALICE)), (0, 0));
        source.join(used);
        assert_eq!(source.value(), 2);
    }

    #[test]
    fn rights_to_nothing_are_no_entry_and_refused() {
        assert!(BoundedCounter::new().increment(ALICE, 0).is_bottom());
        let none = BoundedCounter((Rights::from([((ALICE, BOB), Max(0))]), GCounter::new()));
        assert!(BoundedCounter::from_bytes(&none.to_bytes()).is_err());
    }
}
