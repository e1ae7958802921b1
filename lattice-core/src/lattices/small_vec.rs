//! `SmallVec`, with the feature `smallvec`: a plain value, and no lattice.
//!
//! Like `Vec` and `String` it has more than one meaning, so it joins only inside a type that says which: `Flat<SmallVec<[u8; 16]>>` for
//! a value that is written once, `Max<SmallVec<[u32; 4]>>` for the greatest in dictionary order. This file gives it what such a field
//! needs to be replicated and to start from a bottom.

use alloc::vec::Vec;

use smallvec::{Array, SmallVec};

use crate::{
    codec::{Codec, DecodeError, Decoder, encode_unsigned},
    lattices::LeastValue,
    schema::Description,
};

/// The number of elements, then the elements. Each takes at least one byte, or the number could not be checked: a sequence of units
/// does not decode.
impl<A: Array<Item: Codec>> Codec for SmallVec<A> {
    fn encode(&self, out: &mut Vec<u8>) {
        encode_unsigned(self.len() as u64, out);
        for element in self {
            element.encode(out);
        }
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        input.nested(|input| {
            // Not collected at once: that would make room for as many elements as there are bytes.
            let mut elements = Self::new();
            for _ in 0..input.len()? {
                input.element::<A::Item>()?;
                elements.push(A::Item::decode(input)?);
            }
            Ok(elements)
        })
    }

    fn describe(out: &mut Description) {
        out.is("list").part("element", A::Item::describe);
    }
}

/// The empty one: the order is that of a dictionary.
impl<A: Array<Item: Ord>> LeastValue for SmallVec<A> {
    fn least() -> Self {
        Self::new()
    }
}

crate::laws!(flat: crate::Flat<SmallVec<[u8; 2]>>, {
    use crate::Flat;
    [Flat::Bottom, Flat::Value(SmallVec::new()), Flat::Value(SmallVec::from_slice(&[1, 2, 3])), Flat::Conflict]
});
crate::laws!(max: crate::Max<SmallVec<[u8; 2]>>, [&[][..], &[1], &[1, 0, 0], &[2]].map(|text| crate::Max(text.into())));
