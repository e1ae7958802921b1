//! The register in which the last write wins.

use core::fmt::Debug;

use crate::{
    conflict::Conflict,
    crdt::{
        WriterId,
        form::formed,
        hybrid_clock::{Stamp, Stamped},
    },
    forged::Forged,
    lattice::{Bottom, Lattice},
    lattices::{Flat, Lex, Max},
    threshold::{
        Points,
        verdict::{Pair, Verdict},
    },
};

/// A last-writer-wins register: the value with the latest [`Stamp`].
///
/// ```text
///   (s, v) ⊔ (s′, v′) = the one with the later stamp;  if s = s′ and v ≠ v′, (s, clash)      stamps: (wall, count, writer), a total order
/// ```
///
/// The bottom was never written. Two values under one stamp, which only two replicas bring about that write as one writer, are a clash: neither is
/// kept in place of the other, on no replica. It is not a conflict in the sense of [`Lattice::conflict`], since a later write stands above
/// it and repairs it: ask with [`clash`](Self::clash).
///
/// Cost: the stamp, in bytes about 16 beside the value.
///
/// Only the stamp is monotone: a threshold `field >= stamp` is reached once the value is of that time or later. There is none on the value.
///
/// Traps: of two concurrent writes one is lost, without a word; where that matters use [`MvRegister`](crate::MvRegister). A stamp from the future wins until
/// then: show what you receive to [`HybridClock::admit`](crate::HybridClock::admit). A stamp must be later than those its writer has seen:
/// take it from a [`HybridClock`](crate::HybridClock).
///
/// State-based LWW-Register, Specification 8 of Shapiro, Preguiça, Baquero, Zawirski, INRIA RR-7506 (2011), with a complete tie-break.
///
/// ```
/// use lvars::{HybridClock, Lattice, LwwRegister, WriterId};
///
/// let (alice, bob) = (WriterId(1), WriterId(2));
/// let mut title = LwwRegister::new();
/// title.join(title.set(HybridClock::new(1_000).stamp(70, alice), "Draft"));
/// let late = title.set(HybridClock::new(1_000).stamp(50, bob), "Notes");
/// assert!(!title.join(late), "an earlier write is no news");
/// assert_eq!(title.value(), Some(&"Draft"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LwwRegister<T>(
    /// Undecided iff never written, and then the stamp is the least.
    Lex<Max<Stamp>, Flat<T>>,
);

formed!([T: Eq + Debug + Clone] LwwRegister<T>, "LwwRegister", Lex<Max<Stamp>, Flat<T>>, [T: crate::codec::Codec], never_undecided, forged: forged);

/// No write leaves a stamp without a value.
fn never_undecided<T: Eq + Debug + Clone>(inner: &Lex<Max<Stamp>, Flat<T>>) -> Option<&'static str> {
    (inner.value.is_bottom() && !inner.key.is_bottom()).then_some("a register has a stamp and no value")
}

/// A writer's stamps ascend, and the latest of them all is here.
fn forged<T: Eq + Debug + Clone>(
    here: &LwwRegister<T>,
    delta: &LwwRegister<T>,
    writer: WriterId,
) -> Option<Forged> {
    delta.stamp().and_then(|claimed| claimed.forged(here.stamp(), writer))
}

impl<T: Eq + Debug + Clone> LwwRegister<T> {
    /// A register that was never written.
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes a value at the time of the stamp.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn set(&self, stamp: Stamp, value: T) -> Self {
        Self(Lex { key: Max(stamp), value: Flat::Value(value) })
    }

    /// The value, unless none was written or two were under one stamp.
    pub fn value(&self) -> Option<&T> {
        self.0.value.value()
    }

    /// When and by whom it was written.
    pub fn stamp(&self) -> Option<Stamp> {
        (!self.0.value.is_bottom()).then_some(self.0.key.0)
    }

    /// Two different values under the latest stamp: somebody else writes as its writer does.
    pub fn clash(&self) -> Option<Conflict> {
        self.0.value.conflict()
    }
}

impl<T: Eq + Debug + Clone> Stamped for LwwRegister<T> {
    fn latest(&self) -> Option<Stamp> {
        self.stamp()
    }
}

/// The stamp, which is all that only grows.
impl<T: Eq + Debug + Clone> Points for LwwRegister<T> {
    type Point = Stamp;

    fn is_at_least(&self, stamp: &Stamp) -> bool {
        self.stamp().is_some_and(|latest| latest >= *stamp)
    }
}

impl<T: Eq + Debug + Clone, A, B> Pair<A, B> for LwwRegister<T> {
    const VERDICT: Verdict = Verdict::Compatible { join: "a stamp that is later than both" };
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;
    use crate::{WriterId, codec::Codec};

    fn at(wall: u64) -> Stamp {
        Stamp { wall, count: 0, writer: WriterId(1) }
    }

    #[test]
    fn equal_stamps_with_different_values_keep_neither() {
        let (one, two) = (LwwRegister::new().set(at(1), 'a'), LwwRegister::new().set(at(1), 'b'));
        let (here, there) = (one.clone().joined(two.clone()), two.joined(one));
        assert_eq!(here, there);
        assert_eq!(here.value(), None);
        assert!(here.clash().is_some());
        let repaired = here.clone().joined(here.set(at(2), 'c'));
        assert_eq!((repaired.value(), repaired.clash()), (Some(&'c'), None));
    }

    #[test]
    fn a_stamp_without_a_value_is_refused() {
        let none = LwwRegister(Lex { key: Max(at(1)), value: Flat::<u8>::Bottom });
        let refused = LwwRegister::<u8>::from_bytes(&none.to_bytes()).unwrap_err();
        assert!(refused.to_string().starts_with("a register has a stamp and no value"));
    }
}

#[cfg(test)]
fn samples() -> Vec<LwwRegister<u8>> {
    let stamps = [0, 1, u64::MAX].map(|wall| Stamp { wall, count: 0, writer: crate::WriterId(wall) });
    let values = [Flat::Value(1), Flat::Value(2), Flat::Conflict];
    let written =
        stamps.iter().flat_map(|&stamp| values.map(|value| LwwRegister(Lex { key: Max(stamp), value })));
    core::iter::once(LwwRegister::new()).chain(written).collect()
}

#[cfg(test)]
use alloc::vec::Vec;

crate::laws!(LwwRegister<u8>, samples());
