//! How far one peer is with our log: what it has acknowledged, what is on its way, what must be sent again.

use std::collections::VecDeque;

use super::{RESEND_AFTER, WINDOW};

/// The entries of our log on their way to one peer.
#[derive(Clone, Debug, Default)]
pub(super) struct Outgoing {
    /// The peer has all entries before this one. Moves by acknowledgement only.
    acked: u64,
    /// Entry `acked + i` as it was last sent; never longer than the window.
    in_flight: VecDeque<Flight>,
}

#[derive(Clone, Copy, Debug)]
enum Flight {
    SentAt(u64),
    Arrived,
}

/// What an acknowledgement was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Acked {
    Noted,
    /// It claims entries that were never sent, so nothing of it was believed.
    NeverSent,
}

/// An entry to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Due {
    pub(super) index: u64,
    pub(super) is_resent: bool,
}

impl Outgoing {
    pub(super) fn acked(&self) -> u64 {
        self.acked
    }

    /// The entries to send at tick `now`, of a log that ends before entry `end`: those whose acknowledgement is overdue, then new
    /// ones as far as the window allows.
    pub(super) fn due(&mut self, now: u64, end: u64) -> Vec<Due> {
        let mut due = Vec::new();
        for (index, flight) in (self.acked..).zip(&mut self.in_flight) {
            if let Flight::SentAt(sent_at) = flight
                && now.saturating_sub(*sent_at) >= RESEND_AFTER
            {
                *sent_at = now;
                due.push(Due { index, is_resent: true });
            }
        }
        let first_new = self.acked + self.in_flight.len() as u64;
        for index in first_new..end.min(self.acked + WINDOW) {
            self.in_flight.push_back(Flight::SentAt(now));
            due.push(Due { index, is_resent: false });
        }
        due
    }

    /// Notes that all entries before `upto` have arrived, and entry `upto + i` for each bit `i` of `beyond`.
    pub(super) fn acknowledged(&mut self, upto: u64, beyond: u64) -> Acked {
        let sent = self.acked + self.in_flight.len() as u64;
        let highest = u64::from(64 - beyond.leading_zeros());
        if upto.checked_add(highest).is_none_or(|claimed| claimed > sent) {
            return Acked::NeverSent;
        }
        for (index, flight) in (self.acked..).zip(&mut self.in_flight) {
            // An older acknowledgement than the last may still arrive; what it says is still true.
            let is_beyond = index.checked_sub(upto).is_some_and(|bit| bit < 64 && beyond >> bit & 1 == 1);
            if index < upto || is_beyond {
                *flight = Flight::Arrived;
            }
        }
        while let Some(Flight::Arrived) = self.in_flight.front() {
            self.in_flight.pop_front();
            self.acked += 1;
        }
        Acked::Noted
    }
}

#[cfg(test)]
mod tests {
    use super::{Acked, Due, Outgoing, RESEND_AFTER, WINDOW};

    fn indices(due: &[Due]) -> Vec<u64> {
        due.iter().map(|due| due.index).collect()
    }

    #[test]
    fn no_more_than_a_window_is_under_way() {
        let mut outgoing = Outgoing::default();
        assert_eq!(outgoing.due(0, 1_000).len() as u64, WINDOW);
        assert_eq!(outgoing.due(1, 1_000), []);
        assert_eq!(outgoing.acknowledged(2, 0), Acked::Noted);
        assert_eq!(indices(&outgoing.due(2, 1_000)), [WINDOW, WINDOW + 1]);
    }

    #[test]
    fn only_what_is_overdue_is_sent_again() {
        let mut outgoing = Outgoing::default();
        outgoing.due(0, 4);
        assert_eq!(outgoing.acknowledged(1, 0b10), Acked::Noted);
        assert_eq!(outgoing.due(RESEND_AFTER - 1, 4), []);
        assert_eq!(
            outgoing.due(RESEND_AFTER, 4),
            [Due { index: 1, is_resent: true }, Due { index: 3, is_resent: true }],
            "entry 2 has arrived"
        );
        assert_eq!(outgoing.due(RESEND_AFTER + 1, 4), []);
    }

    #[test]
    fn an_acknowledgement_of_what_was_never_sent_is_not_believed() {
        let mut outgoing = Outgoing::default();
        outgoing.due(0, 2);
        for (upto, beyond) in [(3, 0), (u64::MAX, 0), (u64::MAX, u64::MAX - 1), (1, 0b10), (0, 0b100)] {
            assert_eq!(outgoing.acknowledged(upto, beyond), Acked::NeverSent, "{upto} {beyond:b}");
        }
        assert_eq!(outgoing.acked(), 0);
        assert_eq!(outgoing.acknowledged(2, 0), Acked::Noted);
        assert_eq!(outgoing.acked(), 2);
    }

    #[test]
    fn a_late_acknowledgement_takes_nothing_back() {
        let mut outgoing = Outgoing::default();
        outgoing.due(0, 3);
        outgoing.acknowledged(2, 0);
        assert_eq!(outgoing.acknowledged(0, 0b10), Acked::Noted);
        assert_eq!(outgoing.acked(), 2);
    }
}
