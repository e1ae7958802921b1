//! Which entries of one peer's log have arrived here.
//!
//! Entries may arrive in any order, because joins commute, but only within a window behind the first gap: so 64 bits say all, and
//! a peer that numbers its entries wildly costs no memory.

use super::{WINDOW, frame::Frame};

/// What has arrived from one peer.
#[derive(Clone, Debug, Default)]
pub(super) struct Incoming {
    /// All entries before this one.
    upto: u64,
    /// Bit `i`: entry `upto + i`. Bit 0 is never set.
    beyond: u64,
    /// Whether something arrived that the peer must be told of, a duplicate included: its first acknowledgement may be lost.
    pub(super) owes_ack: bool,
}

/// What an entry is to the receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrival {
    /// Not seen before.
    New,
    /// Merged before.
    Known,
    /// Farther ahead than any honest peer sends.
    BeyondWindow,
}

impl Incoming {
    pub(super) fn arrival(&self, index: u64) -> Arrival {
        match index.checked_sub(self.upto) {
            None => Arrival::Known,
            Some(ahead) if ahead >= WINDOW => Arrival::BeyondWindow,
            Some(ahead) if self.beyond >> ahead & 1 == 1 => Arrival::Known,
            Some(_) => Arrival::New,
        }
    }

    /// Notes that an entry that is [`New`](Arrival::New) has been merged.
    pub(super) fn merged(&mut self, index: u64) {
        self.beyond |= 1 << (index - self.upto);
        let contiguous = self.beyond.trailing_ones();
        self.upto += u64::from(contiguous);
        self.beyond = self.beyond.checked_shr(contiguous).unwrap_or(0);
        self.owes_ack = true;
    }

    pub(super) fn ack(&self) -> Frame<'static> {
        Frame::Ack { upto: self.upto, beyond: self.beyond }
    }
}

#[cfg(test)]
mod tests {
    use super::{Arrival, Frame, Incoming, WINDOW};

    #[test]
    fn the_gap_decides_what_is_acknowledged() {
        let mut incoming = Incoming::default();
        incoming.merged(0);
        incoming.merged(3);
        assert_eq!(incoming.ack(), Frame::Ack { upto: 1, beyond: 0b100 });
        incoming.merged(1);
        assert_eq!(incoming.ack(), Frame::Ack { upto: 2, beyond: 0b10 });
        incoming.merged(2);
        assert_eq!(incoming.ack(), Frame::Ack { upto: 4, beyond: 0 });
        assert_eq!(incoming.arrival(3), Arrival::Known);
        assert_eq!(incoming.arrival(4), Arrival::New);
    }

    #[test]
    fn a_full_window_closes_at_once() {
        let mut incoming = Incoming::default();
        for index in (1..WINDOW).rev() {
            assert_eq!(incoming.arrival(index), Arrival::New);
            incoming.merged(index);
        }
        assert_eq!(incoming.arrival(WINDOW), Arrival::BeyondWindow);
        incoming.merged(0);
        assert_eq!(incoming.ack(), Frame::Ack { upto: WINDOW, beyond: 0 });
    }

    #[test]
    fn the_last_index_of_all_is_no_arithmetic_error() {
        assert_eq!(Incoming::default().arrival(u64::MAX), Arrival::BeyondWindow);
    }
}
