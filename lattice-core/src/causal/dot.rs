//! What a dot is: the name of one write.

use alloc::vec::Vec;
use core::{fmt, num::NonZeroU64};

use crate::{
    codec::{Codec, DecodeError, Decoder},
    crdt::WriterId,
    schema::Description,
};

/// One write: the writer, and which of its writes this is, counted from one.
///
/// Every change that can be taken back has a dot of its own, so that whoever takes it back can say what, and nothing else.
///
/// ```
/// use lvars::{Dot, WriterId};
///
/// let third = Dot::new(WriterId(0xa), 3).unwrap();
/// assert_eq!(third.to_string(), "000000000000000a:3");
/// assert_eq!(Dot::new(WriterId(0xa), 0), None, "writes are counted from one");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dot {
    writer: WriterId,
    // A count is never zero, and a dot in an enum needs no further byte for it.
    count: NonZeroU64,
}

impl Dot {
    /// The write of `writer` with this count; `None` for a count of zero.
    pub const fn new(writer: WriterId, count: u64) -> Option<Self> {
        match NonZeroU64::new(count) {
            Some(count) => Some(Self { writer, count }),
            None => None,
        }
    }

    /// The first write of `writer`.
    pub(super) const fn first_of(writer: WriterId) -> Self {
        Self { writer, count: NonZeroU64::MIN }
    }

    /// Who wrote.
    pub const fn writer(self) -> WriterId {
        self.writer
    }

    /// Which of its writes this is, from one.
    pub const fn count(self) -> u64 {
        self.count.get()
    }
}

impl fmt::Display for Dot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.writer, self.count)
    }
}

impl fmt::Debug for Dot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The writer, then the count.
impl Codec for Dot {
    fn encode(&self, out: &mut Vec<u8>) {
        self.writer.encode(out);
        self.count().encode(out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let (writer, count) = (WriterId::decode(input)?, input.unsigned()?);
        Self::new(writer, count).ok_or_else(|| input.error("a dot counts from one"))
    }

    fn describe(out: &mut Description) {
        out.is("dot");
    }
}
