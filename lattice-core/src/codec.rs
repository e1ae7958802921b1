//! The canonical form of states as bytes: equal states have equal bytes, whatever map or hasher holds them.
//!
//! Integers are LEB128 (signed ones zigzag), text and sequences carry their length, sets and maps are sorted by key, structs are
//! their fields in order, enums their variant's position and then its payload. A decoder reads untrusted bytes: it never panics and spends
//! no more than its [`Budget`].

mod budget;

use alloc::{string::String, vec::Vec};
use core::{fmt, time::Duration};

pub use self::budget::{Budget, Limit};
use crate::schema::Description;

/// A value with a canonical form as bytes; by `#[derive(Replicate)]` for types of your own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no canonical form as bytes, so it cannot be replicated",
    label = "no `Codec` here",
    note = "for a lattice of your own add `#[derive(Replicate)]`; for a plain value implement `Codec`"
)]
pub trait Codec: Sized {
    /// Appends the canonical form.
    fn encode(&self, out: &mut Vec<u8>);

    /// Reads one value.
    ///
    /// # Errors
    ///
    /// If the bytes are not a canonical form of this type.
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError>;

    /// Says what the form is and how such states join, for [`Schema::of`](crate::schema::Schema::of): a name, and the parts.
    ///
    /// ```
    /// use lvars::{codec::{Codec, DecodeError, Decoder}, schema::Description};
    ///
    /// /// A stock-keeping unit.
    /// struct Sku(String);
    ///
    /// impl Codec for Sku {
    ///     fn encode(&self, out: &mut Vec<u8>) {
    ///         self.0.encode(out);
    ///     }
    ///
    ///     fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
    ///         String::decode(input).map(Self)
    ///     }
    ///
    ///     fn describe(out: &mut Description) {
    ///         out.is("Sku").part("of", String::describe);
    ///     }
    /// }
    /// ```
    fn describe(out: &mut Description);

    /// The canonical form.
    fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.encode(&mut out);
        out
    }

    /// Reads a value that fills `bytes`, within the default [`Budget`].
    ///
    /// # Errors
    ///
    /// If the bytes are not the canonical form of a value of this type, trailing bytes included, or if it nests too deep.
    fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        Self::from_bytes_within(bytes, Budget::default())
    }

    /// Reads a value that fills `bytes`, within a budget.
    ///
    /// # Errors
    ///
    /// As [`from_bytes`](Self::from_bytes); and if the budget does not suffice, with its [`limit`](DecodeError::limit).
    fn from_bytes_within(bytes: &[u8], budget: Budget) -> Result<Self, DecodeError> {
        let mut input = Decoder::with_budget(bytes, budget)?;
        let value = Self::decode(&mut input)?;
        if input.rest.is_empty() { Ok(value) } else { Err(input.error("the value ends before the bytes do")) }
    }
}

/// Why bytes are not a canonical form, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    at: usize,
    what: &'static str,
    limit: Option<Limit>,
}

impl DecodeError {
    /// How many bytes had been read.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Which part of the budget did not suffice, if that is why.
    pub fn limit(&self) -> Option<Limit> {
        self.limit
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.limit {
            Some(limit) => write!(f, "{limit} (after {} bytes)", self.at),
            None => write!(f, "{} (after {} bytes)", self.what, self.at),
        }
    }
}

impl core::error::Error for DecodeError {}

/// Reads canonical forms from bytes.
#[derive(Debug)]
pub struct Decoder<'a> {
    rest: &'a [u8],
    total: usize,
    /// What is left.
    budget: Budget,
}

impl<'a> Decoder<'a> {
    /// A decoder at the start of `bytes`, with the default budget.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self::affording(bytes, Budget::default())
    }

    /// A decoder at the start of `bytes`, with a budget.
    ///
    /// # Errors
    ///
    /// If there are more bytes than that has.
    pub fn with_budget(bytes: &'a [u8], budget: Budget) -> Result<Self, DecodeError> {
        let input = Self::affording(bytes, budget);
        if bytes.len() <= budget.bytes { Ok(input) } else { Err(input.over(Limit::Bytes)) }
    }

    fn affording(bytes: &'a [u8], budget: Budget) -> Self {
        // Each element takes a byte, unless it is the only one of its collection, whose length takes one.
        let elements = budget.elements.min(bytes.len().saturating_mul(2));
        Self { rest: bytes, total: bytes.len(), budget: Budget { elements, ..budget } }
    }

    /// An error at the present place.
    pub fn error(&self, what: &'static str) -> DecodeError {
        DecodeError { at: self.total - self.rest.len(), what, limit: None }
    }

    /// How many bytes are left.
    pub(crate) fn n_left(&self) -> usize {
        self.rest.len()
    }

    /// The next `len` bytes.
    ///
    /// # Errors
    ///
    /// If there are fewer.
    pub fn bytes(&mut self, len: usize) -> Result<&'a [u8], DecodeError> {
        let (taken, rest) =
            self.rest.split_at_checked(len).ok_or_else(|| self.error("the bytes end within a value"))?;
        self.rest = rest;
        Ok(taken)
    }

    /// The next byte.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn byte(&mut self) -> Result<u8, DecodeError> {
        Ok(self.bytes(1)?[0])
    }

    /// An unsigned LEB128 integer in its shortest form.
    ///
    /// # Errors
    ///
    /// If it is cut off, longer than its value needs, or beyond 64 bits.
    pub fn unsigned(&mut self) -> Result<u64, DecodeError> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return Err(self.error("an integer exceeds 64 bits"));
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return if byte == 0 && shift > 0 {
                    Err(self.error("an integer is not in its shortest form"))
                } else {
                    Ok(value)
                };
            }
        }
        Err(self.error("an integer exceeds 64 bits"))
    }

    /// The number of elements of a collection whose elements take at least one byte each. It is a claim: make no room for it, and let each
    /// element pay by [`element`](Self::element) before it is read.
    ///
    /// # Errors
    ///
    /// If fewer bytes than elements remain.
    #[expect(clippy::len_without_is_empty, reason = "it reads a length; the decoder itself has none")]
    pub fn len(&mut self) -> Result<usize, DecodeError> {
        let len = self.unsigned()?;
        match usize::try_from(len) {
            Ok(len) if len <= self.rest.len() => Ok(len),
            _ => Err(self.error("a length exceeds the bytes that remain")),
        }
    }

    /// Reads what is nested one level deeper.
    ///
    /// # Errors
    ///
    /// If that level is too deep, or `read` fails.
    pub fn nested<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let depth = self.budget.depth;
        self.budget.depth = depth.checked_sub(1).ok_or_else(|| self.over(Limit::Depth))?;
        let value = read(self);
        self.budget.depth = depth;
        value
    }
}

/// Appends an unsigned LEB128 integer.
pub fn encode_unsigned(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

macro_rules! integers {
    ($($unsigned:ty, $signed:ty);+ $(;)?) => {$(
        impl Codec for $unsigned {
            fn encode(&self, out: &mut Vec<u8>) {
                encode_unsigned(*self as u64, out);
            }

            fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                Self::try_from(input.unsigned()?).map_err(|_| input.error("an integer exceeds its type"))
            }

            fn describe(out: &mut Description) {
                out.is(stringify!($unsigned));
            }
        }

        impl Codec for $signed {
            fn encode(&self, out: &mut Vec<u8>) {
                let wide = *self as i64;
                encode_unsigned((wide << 1 ^ wide >> 63) as u64, out);
            }

            fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                let zigzag = input.unsigned()?;
                let wide = (zigzag >> 1) as i64 ^ -((zigzag & 1) as i64);
                Self::try_from(wide).map_err(|_| input.error("an integer exceeds its type"))
            }

            fn describe(out: &mut Description) {
                out.is(stringify!($signed));
            }
        }
    )+};
}

integers!(u8, i8; u16, i16; u32, i32; u64, i64; usize, isize);

impl Codec for bool {
    fn encode(&self, out: &mut Vec<u8>) {
        out.push(if *self { 1 } else { 0 });
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        match input.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(input.error("a flag is neither 0 nor 1")),
        }
    }

    fn describe(out: &mut Description) {
        out.is("bool");
    }
}

impl Codec for char {
    fn encode(&self, out: &mut Vec<u8>) {
        u32::from(*self).encode(out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Self::from_u32(u32::decode(input)?).ok_or_else(|| input.error("a character is none"))
    }

    fn describe(out: &mut Description) {
        out.is("char");
    }
}

impl Codec for String {
    fn encode(&self, out: &mut Vec<u8>) {
        encode_unsigned(self.len() as u64, out);
        out.extend_from_slice(self.as_bytes());
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let len = input.len()?;
        let text = core::str::from_utf8(input.bytes(len)?).map_err(|_| input.error("text is not UTF-8"))?;
        input.memory(len)?;
        Ok(text.into())
    }

    fn describe(out: &mut Description) {
        out.is("text");
    }
}

macro_rules! wide_integers {
    ($($wide:ty),+) => {$(
        /// Sixteen bytes, little-endian: what is this wide is rarely small.
        impl Codec for $wide {
            fn encode(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }

            fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                let mut bytes = [0; 16];
                bytes.copy_from_slice(input.bytes(16)?);
                Ok(Self::from_le_bytes(bytes))
            }

            fn describe(out: &mut Description) {
                out.is(stringify!($wide));
            }
        }
    )+};
}

wide_integers!(u128, i128);

/// The elements in order, without their number, which the type says.
impl<T: Codec, const N: usize> Codec for [T; N] {
    fn encode(&self, out: &mut Vec<u8>) {
        for element in self {
            element.encode(out);
        }
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let scratch = size_of::<T>().saturating_mul(4 * N).saturating_add(8);
        input.memory(scratch)?;
        let elements: Vec<T> = (0..N).map(|_| T::decode(input)).collect::<Result<_, _>>()?;
        input.release(scratch);
        elements.try_into().map_err(|_| input.error("an array is not full"))
    }

    fn describe(out: &mut Description) {
        out.is(format_args!("array of {N}")).part("element", T::describe);
    }
}

/// The whole seconds, then the nanoseconds.
impl Codec for Duration {
    fn encode(&self, out: &mut Vec<u8>) {
        self.as_secs().encode(out);
        self.subsec_nanos().encode(out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let (seconds, nanos) = (u64::decode(input)?, u32::decode(input)?);
        if nanos < 1_000_000_000 {
            Ok(Self::new(seconds, nanos))
        } else {
            Err(input.error("a second has 10⁹ nanoseconds"))
        }
    }

    fn describe(out: &mut Description) {
        out.is("duration");
    }
}
