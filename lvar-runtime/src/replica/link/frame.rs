//! What goes over the wire: three kinds of frames, in one canonical form each, and a decoder that trusts nothing.
//!
//! ```text
//!   batch    0   schema   index   length   that many bytes: a delta in its canonical form   check sum
//!   ack      1   schema   upto    beyond                                                    check sum
//!   schema   2   schema   length   that many bytes: the text of the schema                  check sum
//! ```
//!
//! Every frame carries the fingerprint of the sender's schema, eight bytes, least significant first: so there is no handshake that could be lost or
//! come too late, and no delta of a foreign type is ever looked at. The third kind answers a frame that was refused for that.
//!
//! Integers are LEB128; the check sum is the CRC-32 of all that precedes it, four bytes, least significant first. It finds every
//! single flipped bit and every burst of up to 32, so that damage on the way is refused and sent again. It is no defence against
//! forgery: that is the transport's part.

use std::fmt;

use lattice_core::{
    codec::{DecodeError, Decoder, encode_unsigned},
    schema::Fingerprint,
};

/// One message of the protocol. A batch borrows its delta from the bytes that it was read from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Frame<'a> {
    /// An entry of the sender's log.
    Batch {
        /// Which entry; the first is 0.
        index: u64,
        /// The delta, in its canonical form.
        delta: &'a [u8],
    },
    /// Which entries of the receiver's log have arrived.
    Ack {
        /// All before this one.
        upto: u64,
        /// And, for each bit `i` that is set, entry `upto + i`. Bit 0 is never set.
        beyond: u64,
    },
    /// What the sender's state is, for a receiver that sends something else.
    Schema {
        /// The text of its schema.
        text: &'a str,
    },
}

const BATCH: u8 = 0;
const ACK: u8 = 1;
const SCHEMA: u8 = 2;

impl<'a> Frame<'a> {
    /// The canonical form, from a member whose state has this schema.
    pub fn to_bytes(&self, schema: Fingerprint) -> Vec<u8> {
        let mut out = Vec::new();
        let mut begin = |kind| {
            out.push(kind);
            out.extend_from_slice(&schema.0.to_le_bytes());
        };
        match *self {
            Self::Batch { index, delta } => {
                begin(BATCH);
                out.reserve(delta.len() + 24);
                encode_unsigned(index, &mut out);
                encode_unsigned(delta.len() as u64, &mut out);
                out.extend_from_slice(delta);
            }
            Self::Ack { upto, beyond } => {
                begin(ACK);
                encode_unsigned(upto, &mut out);
                encode_unsigned(beyond, &mut out);
            }
            Self::Schema { text } => {
                begin(SCHEMA);
                encode_unsigned(text.len() as u64, &mut out);
                out.extend_from_slice(text.as_bytes());
            }
        }
        let sum = crc32fast::hash(&out);
        out.extend_from_slice(&sum.to_le_bytes());
        out
    }

    /// Reads a frame that fills `bytes`, and which schema its sender has; it copies and allocates nothing.
    ///
    /// # Errors
    ///
    /// If the bytes are not the canonical form of a frame, or were damaged on the way.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<(Fingerprint, Self), DecodeError> {
        let Some((body, sum)) = bytes.split_last_chunk() else {
            return Err(Decoder::new(bytes).error("a frame is shorter than its check sum"));
        };
        let mut input = Decoder::new(body);
        if crc32fast::hash(body) != u32::from_le_bytes(*sum) {
            return Err(input.error("the check sum of a frame does not match: it was damaged on the way"));
        }
        let kind = input.byte()?;
        let schema = read_fingerprint(&mut input)?;
        let frame = match kind {
            BATCH => {
                let index = input.unsigned()?;
                let len = input.len()?;
                Self::Batch { index, delta: input.bytes(len)? }
            }
            ACK => {
                let (upto, beyond) = (input.unsigned()?, input.unsigned()?);
                if beyond & 1 == 1 {
                    return Err(input.error("an acknowledgement stops short of what it acknowledges"));
                }
                Self::Ack { upto, beyond }
            }
            SCHEMA => {
                let len = input.len()?;
                let text = str::from_utf8(input.bytes(len)?).map_err(|_| input.error("text is not UTF-8"))?;
                Self::Schema { text }
            }
            _ => return Err(input.error("a frame is of no known kind")),
        };
        match input.byte() {
            Ok(_) => Err(input.error("a frame ends before its bytes do")),
            Err(_) => Ok((schema, frame)),
        }
    }
}

fn read_fingerprint(input: &mut Decoder<'_>) -> Result<Fingerprint, DecodeError> {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(input.bytes(8)?);
    Ok(Fingerprint(u64::from_le_bytes(bytes)))
}

impl fmt::Debug for Frame<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Batch { index, delta } => write!(f, "batch {index} of {} bytes", delta.len()),
            Self::Ack { upto, beyond } => write!(f, "ack up to {upto}, beyond {beyond:b}"),
            Self::Schema { text } => write!(f, "schema of {} bytes", text.len()),
        }
    }
}
