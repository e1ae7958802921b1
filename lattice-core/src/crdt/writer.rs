//! Under which identity an opened replica writes.

use alloc::vec::Vec;
use core::fmt;

use crate::{
    codec::{Codec, DecodeError, Decoder},
    schema::Description,
};

/// The identity of a writer: 64 random bits, never chosen by a user, never used again by another opened replica.
///
/// The runtime draws one when a replica is opened. Two writers with one identity would take each other's writes for their own, and
/// lose some. Shown as 16 hexadecimal digits.
///
/// ```
/// use lvars::WriterId;
///
/// assert_eq!(WriterId(0xc0ffee).to_string(), "0000000000c0ffee");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WriterId(pub u64);

impl fmt::Display for WriterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for WriterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Eight bytes, least significant first: LEB128 would take ten for most random numbers.
impl Codec for WriterId {
    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.0.to_le_bytes());
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(input.bytes(8)?);
        Ok(Self(u64::from_le_bytes(bytes)))
    }

    fn describe(out: &mut Description) {
        out.is("writer");
    }
}
