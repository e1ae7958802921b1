//! The counter that goes both ways: one grow-only counter up, one down.

use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::{
    codec::{Codec, DecodeError, Decoder},
    crdt::{GCounter, WriterId},
    delta::Delta,
    forged::Forged,
    lattice::{Bottom, Lattice},
    lattices::product_cmp,
    schema::Description,
    threshold::{Field, HasField, HasFields, Project},
};

/// A counter that writers raise and lower: the product of what was added and what was taken away.
///
/// ```text
///   (p, n) ⊔ (p′, n′) = (p ⊔ p′, n ⊔ n′)      value = p.value() − n.value()
/// ```
///
/// The bottom has counted nothing; no state is in conflict. The value is not monotone, so there is no threshold on it; there are
/// on the two counters: `field.increments >= n`, `field.decrements >= n`.
///
/// State-based PN-Counter, Specification 7 of Shapiro, Preguiça, Baquero, Zawirski, *A comprehensive study of Convergent and
/// Commutative Replicated Data Types*, INRIA RR-7506 (2011). Cost: that of two [`GCounter`]s.
///
/// Traps: those of [`GCounter`]. To set it to zero is to take away what is seen, so two that do so at once take it away twice, and it may go below zero: where that must
/// not be use [`BoundedCounter`](crate::BoundedCounter), and where it is to be reset [`CausalCounter`](crate::CausalCounter).
///
/// ```
/// use lvars::{Lattice, PnCounter, WriterId};
///
/// let alice = WriterId(1);
/// let mut stock = PnCounter::new();
/// stock.join(stock.add(alice, 5));
/// stock.join(stock.add(alice, -2));
/// assert_eq!(stock.value(), 3);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct PnCounter {
    increments: GCounter,
    decrements: GCounter,
}

impl PnCounter {
    /// A counter at zero.
    pub const fn new() -> Self {
        Self { increments: GCounter::new(), decrements: GCounter::new() }
    }

    /// The counter that was raised and lowered by these.
    pub const fn from_parts(increments: GCounter, decrements: GCounter) -> Self {
        Self { increments, decrements }
    }

    /// The delta by which `writer` adds `by`, which may be negative.
    ///
    /// What a writer adds, and what it takes away, each end at `u64::MAX` in total, as in [`GCounter::increment`].
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn add(&self, writer: WriterId, by: i64) -> Self {
        let mut delta = Self::new();
        if by >= 0 {
            delta.increments = self.increments.increment(writer, by.unsigned_abs());
        } else {
            delta.decrements = self.decrements.increment(writer, by.unsigned_abs());
        }
        delta
    }

    /// What was added less what was taken away.
    pub fn value(&self) -> i128 {
        // Each side is below 2⁶⁴ times the number of writers that fit into memory, far below 2¹²⁷.
        self.increments.value().cast_signed() - self.decrements.value().cast_signed()
    }

    /// What was added.
    pub fn increments(&self) -> &GCounter {
        &self.increments
    }

    /// What was taken away.
    pub fn decrements(&self) -> &GCounter {
        &self.decrements
    }
}

impl Lattice for PnCounter {
    fn join(&mut self, other: Self) -> bool {
        let raised = self.increments.join(other.increments);
        self.decrements.join(other.decrements) || raised
    }

    fn join_ref(&mut self, other: &Self) -> bool {
        let raised = self.increments.join_ref(&other.increments);
        self.decrements.join_ref(&other.decrements) || raised
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        let order = self.increments.lattice_cmp(&other.increments);
        product_cmp(order, || self.decrements.lattice_cmp(&other.decrements))
    }
}

impl Bottom for PnCounter {
    fn bottom() -> Self {
        Self::new()
    }

    fn is_bottom(&self) -> bool {
        self.increments.is_bottom() && self.decrements.is_bottom()
    }
}

impl Delta for PnCounter {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        let news = delta.diff(self)?;
        self.join_ref(&news);
        Some(news)
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        let missing = Self {
            increments: self.increments.diff(&seen.increments).unwrap_or_default(),
            decrements: self.decrements.diff(&seen.decrements).unwrap_or_default(),
        };
        (!missing.is_bottom()).then_some(missing)
    }

    fn forged(&self, delta: &Self, writer: WriterId) -> Option<Forged> {
        let raised =
            self.increments.forged(&delta.increments, writer).map(|alarm| alarm.in_field("increments"));
        raised.or_else(|| Some(self.decrements.forged(&delta.decrements, writer)?.in_field("decrements")))
    }

    fn parts(&self) -> impl Iterator<Item = Self> {
        let increments = self.increments.parts().map(|part| Self::from_parts(part, GCounter::new()));
        increments.chain(self.decrements.parts().map(|part| Self::from_parts(GCounter::new(), part)))
    }
}

/// The increments, then the decrements.
impl Codec for PnCounter {
    fn encode(&self, out: &mut Vec<u8>) {
        self.increments.encode(out);
        self.decrements.encode(out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self { increments: GCounter::decode(input)?, decrements: GCounter::decode(input)? })
    }

    fn describe(out: &mut Description) {
        out.is("PnCounter");
    }
}

impl HasFields for PnCounter {
    const NAME: &'static str = "PnCounter";
    const NAMES: &'static [&'static str] = &["increments", "decrements"];
}

impl HasField<Field<0>> for PnCounter {
    type Lattice = GCounter;
}

impl Project<Field<0>> for PnCounter {
    type Target = GCounter;

    fn project(&self) -> &GCounter {
        &self.increments
    }
}

impl HasField<Field<1>> for PnCounter {
    type Lattice = GCounter;
}

impl Project<Field<1>> for PnCounter {
    type Target = GCounter;

    fn project(&self) -> &GCounter {
        &self.decrements
    }
}

#[cfg(test)]
mod tests {
    use super::{PnCounter, WriterId};

    #[test]
    fn the_least_number_can_be_taken_away() {
        let lowered = PnCounter::new().add(WriterId(1), i64::MIN);
        assert_eq!(lowered.value(), i128::from(i64::MIN));
    }
}
