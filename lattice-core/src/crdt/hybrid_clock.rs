//! When something was written, told so that it can be compared on all machines: hybrid logical time.

use alloc::{collections::BTreeMap, vec::Vec};
use core::fmt;

use crate::{
    codec::{Codec, DecodeError, Decoder},
    crdt::WriterId,
    forged::Forged,
    lattices::LeastValue,
    schema::Description,
};

/// When and by whom something was written: wall time, then a count of what was written at that time, then the writer.
///
/// The order is total, and complete as long as no writer gives a stamp twice. The unit of the wall time is the caller's, the same
/// everywhere; milliseconds are a good one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// What a wall clock said, or more, where a later stamp had been seen.
    pub wall: u64,
    /// How many stamps with this wall time came before.
    pub count: u32,
    /// Who wrote; breaks ties.
    pub writer: WriterId,
}

impl Stamp {
    /// Whether this is a stamp of `writer` and later than the latest that its own replica has.
    pub(super) fn forged(self, latest: Option<Self>, writer: WriterId) -> Option<Forged> {
        let is_unknown = self.writer == writer && latest.is_none_or(|latest| latest < self);
        let claim = format_args!("a stamp of {} by {writer}, which has not given it", self.wall);
        is_unknown.then(|| Forged::new(writer, claim))
    }
}

impl LeastValue for Stamp {
    fn least() -> Self {
        Self { wall: 0, count: 0, writer: WriterId(0) }
    }
}

impl Codec for Stamp {
    fn encode(&self, out: &mut Vec<u8>) {
        self.wall.encode(out);
        self.count.encode(out);
        self.writer.encode(out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self { wall: Codec::decode(input)?, count: Codec::decode(input)?, writer: Codec::decode(input)? })
    }

    fn describe(out: &mut Description) {
        out.is("stamp");
    }
}

/// A state or a delta with stamps in it.
pub trait Stamped {
    /// The latest of its stamps.
    fn latest(&self) -> Option<Stamp>;
}

/// Itself: for stamps that lie where no register holds them.
impl Stamped for Stamp {
    fn latest(&self) -> Option<Stamp> {
        Some(*self)
    }
}

/// The latest of all values.
impl<K, V: Stamped> Stamped for BTreeMap<K, V> {
    fn latest(&self) -> Option<Stamp> {
        self.values().filter_map(Stamped::latest).max()
    }
}

/// A hybrid logical clock: gives stamps that are close to wall time and later than all that it has seen.
///
/// It reads no clock, so the caller says what time it is. Two rules keep it sound:
///
/// 1. A write is stamped later than what the writer has seen, whatever the wall clock says ([`stamp`](Self::stamp)). So a clock that is set
///    back loses no writes.
/// 2. What is received is shown to [`admit`](Self::admit) before it is merged, which refuses a stamp that is too far ahead. Else a machine whose
///    clock is a day ahead would win for a day, and take all others with it.
///
/// After Kulkarni, Demirbas, Madappa, Avva, Leone, *Logical physical clocks* (2014).
///
/// ```
/// use lvars::{HybridClock, Lattice, LwwRegister, WriterId};
///
/// let (alice, bob) = (WriterId(1), WriterId(2));
/// // Milliseconds; at most a second ahead.
/// let (mut here, mut there) = (HybridClock::new(1_000), HybridClock::new(1_000));
/// let sent = LwwRegister::new().set(there.stamp(5_400, bob), "bob");
///
/// // Here it is earlier, but not by much.
/// let mut name = LwwRegister::new();
/// here.admit(&sent, 5_000)?;
/// name.join(sent);
/// name.join(name.set(here.stamp(5_001, alice), "alice"));
/// assert_eq!(name.value(), Some(&"alice"), "it was written by one who had seen the other");
///
/// let broken = LwwRegister::new().set(there.stamp(86_400_000, bob), "tomorrow");
/// let refused = here.admit(&broken, 5_002).unwrap_err();
/// assert_eq!(refused.to_string(), "a stamp of 86400000 by 0000000000000002 is more than 1000 ahead of 5002");
/// # Ok::<(), lvars::TooFarAhead>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HybridClock {
    /// Wall time and count of the latest stamp.
    latest: (u64, u32),
    most_ahead: u64,
}

impl HybridClock {
    /// A clock that admits stamps up to `most_ahead` after the present time.
    pub const fn new(most_ahead: u64) -> Self {
        Self { latest: (0, 0), most_ahead }
    }

    /// A stamp for a write at the time `now`, later than all that this clock gave or has seen.
    ///
    /// At the end of time, 2⁶⁴ units after its beginning, stamps repeat; a wall time near it is never admitted, unless it is `now`.
    #[must_use = "the stamp is taken, and no other write has it"]
    pub fn stamp(&mut self, now: u64, writer: WriterId) -> Stamp {
        let (wall, count) = self.latest;
        self.latest = if now > wall {
            (now, 0)
        } else if let Some(count) = count.checked_add(1) {
            (wall, count)
        } else {
            wall.checked_add(1).map_or((wall, count), |wall| (wall, 0))
        };
        Stamp { wall: self.latest.0, count: self.latest.1, writer }
    }

    /// Takes note of what was received at the time `now`, before it is merged.
    ///
    /// # Errors
    ///
    /// If a stamp in it is too far ahead of `now`: then do not merge it. The sender's clock is wrong, or this one.
    pub fn admit(&mut self, received: &impl Stamped, now: u64) -> Result<(), TooFarAhead> {
        match received.latest() {
            Some(stamp) if stamp.wall > now.saturating_add(self.most_ahead) => {
                Err(TooFarAhead { stamp, now, most_ahead: self.most_ahead })
            }
            _ => {
                self.observe(received);
                Ok(())
            }
        }
    }

    /// Takes note of stamps without a bound: those of the own state, after it was opened.
    pub fn observe(&mut self, own: &impl Stamped) {
        if let Some(stamp) = own.latest() {
            self.latest = self.latest.max((stamp.wall, stamp.count));
        }
    }
}

/// A stamp that lies further ahead of the receiver's time than its clock admits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooFarAhead {
    /// The stamp.
    pub stamp: Stamp,
    /// The receiver's time.
    pub now: u64,
    /// How far ahead it may be.
    pub most_ahead: u64,
}

impl fmt::Display for TooFarAhead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { stamp, now, most_ahead } = self;
        write!(f, "a stamp of {} by {} is more than {most_ahead} ahead of {now}", stamp.wall, stamp.writer)
    }
}

impl core::error::Error for TooFarAhead {}

#[cfg(test)]
mod tests {
    use super::*;

    const ALICE: WriterId = WriterId(1);

    fn at(wall: u64, count: u32) -> Stamp {
        Stamp { wall, count, writer: ALICE }
    }

    #[test]
    fn stamps_ascend_whatever_the_wall_clock_says() {
        let mut clock = HybridClock::new(10);
        let stamps = [5, 5, 3, 6, 0].map(|now| clock.stamp(now, ALICE));
        assert_eq!(stamps, [at(5, 0), at(5, 1), at(5, 2), at(6, 0), at(6, 1)]);
    }

    #[test]
    fn a_stamp_is_later_than_what_was_admitted() {
        let mut clock = HybridClock::new(10);
        assert_eq!(clock.admit(&at(17, 3), 7), Ok(()));
        assert_eq!(clock.stamp(7, ALICE), at(17, 4));
    }

    #[test]
    fn a_refused_stamp_leaves_the_clock_as_it_was() {
        let mut clock = HybridClock::new(10);
        assert!(clock.admit(&at(18, 0), 7).is_err());
        assert_eq!(clock.stamp(7, ALICE), at(7, 0));
    }

    #[test]
    fn counts_at_their_maximum_carry_over_and_the_end_of_time_is_no_panic() {
        let mut clock = HybridClock::new(u64::MAX);
        clock.observe(&at(9, u32::MAX));
        assert_eq!(clock.stamp(0, ALICE), at(10, 0));
        assert_eq!(clock.admit(&at(u64::MAX, u32::MAX), 1), Ok(()));
        assert_eq!(clock.stamp(0, ALICE), at(u64::MAX, u32::MAX));
    }
}
