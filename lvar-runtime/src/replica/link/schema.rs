//! A peer whose state is of another type: what is said of it, and what it is told.
//!
//! Whoever refuses a frame for its schema owes the sender its own in words, once for each frame, as long as frames come. Whoever gets
//! such words can say what differs, and owes the same answer once in all: so both sides know, and no two answer each other for ever.

use std::{fmt, mem};

use lattice_core::schema::{Difference, Fingerprint, Schema};

use super::frame::Frame;

/// A peer's state has another form or another join than ours: it runs another version, or it is no peer of this group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignSchema {
    /// The fingerprint of the schema here.
    pub ours: Fingerprint,
    /// The fingerprint that the peer sent.
    pub theirs: Fingerprint,
    /// The first place where the two differ, once the peer has told its schema in words.
    pub difference: Option<Difference>,
}

impl ForeignSchema {
    pub(super) fn new(ours: &Schema, theirs: Fingerprint, frame: &Frame<'_>) -> Self {
        let difference = match frame {
            Frame::Schema { text } => ours.difference(&Schema::from_text(text)),
            Frame::Batch { .. } | Frame::Ack { .. } => None,
        };
        Self { ours: ours.fingerprint(), theirs, difference }
    }
}

impl fmt::Display for ForeignSchema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { ours, theirs, difference } = self;
        write!(f, "the state of a peer is of another type: its schema is {theirs} and ours {ours}")?;
        match difference {
            Some(difference) => write!(f, "; {difference}"),
            None => Ok(()),
        }
    }
}

/// Whether a peer must be told our schema.
#[derive(Clone, Debug, Default)]
pub(super) struct Telling {
    owes: bool,
    /// Whether words were answered by words.
    has_answered: bool,
}

impl Telling {
    /// Notes that this frame was refused for its schema.
    pub(super) fn refused(&mut self, frame: &Frame<'_>) {
        let are_words = matches!(frame, Frame::Schema { .. });
        if !are_words || !mem::replace(&mut self.has_answered, true) {
            self.owes = true;
        }
    }

    /// Whether the schema has to be sent now.
    pub(super) fn is_due(&mut self) -> bool {
        mem::take(&mut self.owes)
    }
}
