//! What an alarm says: somebody else writes as this replica does.

use alloc::{string::String, vec::Vec};
use core::fmt::{self, Display};

use crate::{
    conflict::{Segment, shown},
    crdt::WriterId,
};

/// Writes of one's own writer that one has not made: where they are claimed, and what is.
///
/// Nobody but a writer makes its dots, its counts and its stamps, and it knows all of them. So what comes in and claims more is forged, or two replicas
/// write under one identity: a copy of a machine goes on beside the original. [`Delta::forged`](crate::Delta::forged) finds it.
///
/// ```
/// use lvars::{Delta, GCounter, WriterId};
///
/// let (alice, bob) = (WriterId(1), WriterId(2));
/// let here = GCounter::from_iter([(alice, 3)]);
/// assert_eq!(here.forged(&GCounter::from_iter([(alice, 2), (bob, 9)]), alice), None);
/// let alarm = here.forged(&GCounter::from_iter([(alice, 4)]), alice).unwrap();
/// assert_eq!(alarm.to_string(), "forged, or written by a copy: a count of 4 by 0000000000000001, which has counted 3");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Forged {
    /// Innermost segment first, as in a conflict.
    path: Vec<Segment>,
    writer: WriterId,
    claim: String,
}

impl Forged {
    /// That something claims more of a writer than it has made: a few words, to be followed by what is known.
    pub fn new(writer: WriterId, claim: impl Display) -> Self {
        Self { path: Vec::new(), writer, claim: alloc::format!("{claim}") }
    }

    /// The same alarm seen from the struct whose field it is in.
    #[must_use]
    pub fn in_field(mut self, name: &'static str) -> Self {
        self.path.push(Segment::Field(name));
        self
    }

    /// The same alarm seen from the map under whose key it is.
    #[must_use]
    pub fn at_key(mut self, key: &impl fmt::Debug) -> Self {
        self.path.push(Segment::of_key(key));
        self
    }

    /// Whose writes are claimed.
    pub fn writer(&self) -> WriterId {
        self.writer
    }

    /// The path from the outermost type to where they are, as that of a [`Conflict`](crate::Conflict).
    pub fn path(&self) -> String {
        shown(&self.path)
    }
}

impl Display for Forged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("forged, or written by a copy")?;
        if !self.path.is_empty() {
            write!(f, ", at {}", self.path())?;
        }
        write!(f, ": {}", self.claim)
    }
}

impl fmt::Debug for Forged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Forged({self})")
    }
}

impl core::error::Error for Forged {}
