//! The product: tuples of lattices, joined and compared position by position.
//!
//! ```text
//!   (a, b) ⊔ (c, d) = (a ⊔ c, b ⊔ d)      (a, b) ⊑ (c, d)  iff  a ⊑ c and b ⊑ d
//! ```
//!
//! The bottom is the tuple of bottoms; a tuple is in conflict as soon as one position is. `()` is the product of nothing, with one
//! state. Derived structs are products too and use `product_cmp`; a tuple's fields are named `0`, `1` … in thresholds.

use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::{
    codec::{Codec, DecodeError, Decoder},
    conflict::Conflict,
    crdt::WriterId,
    delta::Delta,
    forged::Forged,
    lattice::{Bottom, Lattice},
    schema::Description,
    threshold::{Field, HasField, HasFields, Project},
};

/// The order of a product from the orders of two of its factors; the second is asked only if it can matter.
pub(crate) fn product_cmp(
    left: Option<Ordering>,
    right: impl FnOnce() -> Option<Ordering>,
) -> Option<Ordering> {
    match (left?, right()?) {
        (left, Ordering::Equal) => Some(left),
        (Ordering::Equal, right) => Some(right),
        (left, right) => (left == right).then_some(left),
    }
}

/// The field at `$at` of the tuple of `$factor`s.
macro_rules! field {
    ([$($factor:ident)*] $type:ident $at:tt) => {
        impl<$($factor: Lattice + Clone),*> HasField<Field<$at>> for ($($factor,)*) {
            type Lattice = $type;
        }

        impl<$($factor),*> Project<Field<$at>> for ($($factor,)*) {
            type Target = $type;

            fn project(&self) -> &$type {
                &self.$at
            }
        }
    };
}

macro_rules! product {
    ($all:tt $($factor:ident $at:tt $name:literal),*) => {
        $(field!($all $factor $at);)*

        impl<$($factor: Lattice + Clone),*> HasFields for ($($factor,)*) {
            const NAME: &'static str = "the tuple";
            const NAMES: &'static [&'static str] = &[$($name),*];
        }

        // The compiler lists a few of the types that are lattices; twelve tuples would leave room for no other.
        #[diagnostic::do_not_recommend]
        /// Position by position; a conflict's path names the position.
        impl<$($factor: Lattice + Clone),*> Lattice for ($($factor,)*) {
            fn join(&mut self, other: Self) -> bool {
                let mut grew = false;
                $(grew |= self.$at.join(other.$at);)*
                grew
            }

            fn join_ref(&mut self, other: &Self) -> bool {
                let mut grew = false;
                $(grew |= self.$at.join_ref(&other.$at);)*
                grew
            }

            fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
                let order = Some(Ordering::Equal);
                $(let order = product_cmp(order, || self.$at.lattice_cmp(&other.$at));)*
                order
            }

            fn leq(&self, other: &Self) -> bool {
                true $(&& self.$at.leq(&other.$at))*
            }

            fn conflict(&self) -> Option<Conflict> {
                None$(.or_else(|| Some(self.$at.conflict()?.in_field($name))))*
            }

            fn incompatible(&self, other: &Self) -> Option<Conflict> {
                None$(.or_else(|| Some(self.$at.incompatible(&other.$at)?.in_field($name))))*
            }
        }

        impl<$($factor: Bottom + Clone),*> Bottom for ($($factor,)*) {
            fn bottom() -> Self {
                ($($factor::bottom(),)*)
            }

            fn is_bottom(&self) -> bool {
                true $(&& self.$at.is_bottom())*
            }
        }

        impl<$($factor: Delta),*> Delta for ($($factor,)*) {
            fn absorb(&mut self, delta: Self) -> Option<Self> {
                let news = ($(self.$at.absorb(delta.$at),)*);
                let any = false $(|| news.$at.is_some())*;
                any.then(|| ($(news.$at.unwrap_or_else($factor::bottom),)*))
            }

            fn diff(&self, seen: &Self) -> Option<Self> {
                let missing = ($(self.$at.diff(&seen.$at),)*);
                let any = false $(|| missing.$at.is_some())*;
                any.then(|| ($(missing.$at.unwrap_or_else($factor::bottom),)*))
            }

            fn parts(&self) -> impl Iterator<Item = Self> {
                core::iter::empty()$(.chain(self.$at.parts().map(|part| {
                    let mut whole = Self::bottom();
                    whole.$at = part;
                    whole
                })))*
            }

            fn forged(&self, delta: &Self, writer: WriterId) -> Option<Forged> {
                None$(.or_else(|| Some(self.$at.forged(&delta.$at, writer)?.in_field($name))))*
            }
        }

        impl<$($factor: Codec),*> Codec for ($($factor,)*) {
            fn encode(&self, out: &mut Vec<u8>) {
                $(self.$at.encode(out);)*
            }

            fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                Ok(($($factor::decode(input)?,)*))
            }

            fn describe(out: &mut Description) {
                out.is("tuple")$(.part($name, $factor::describe))*;
            }
        }
    };
}

product!([A] A 0 "0");
product!([A B] A 0 "0", B 1 "1");
product!([A B C] A 0 "0", B 1 "1", C 2 "2");
product!([A B C D] A 0 "0", B 1 "1", C 2 "2", D 3 "3");
product!([A B C D E] A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4");
product!([A B C D E F] A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4", F 5 "5");
product!([A B C D E F G] A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4", F 5 "5", G 6 "6");
product!([A B C D E F G H] A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4", F 5 "5", G 6 "6", H 7 "7");
product!([A B C D E F G H I] A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4", F 5 "5", G 6 "6", H 7 "7", I 8 "8");
product!([A B C D E F G H I J] A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4", F 5 "5", G 6 "6", H 7 "7", I 8 "8", J 9 "9");
product!([A B C D E F G H I J K] A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4", F 5 "5", G 6 "6", H 7 "7", I 8 "8", J 9 "9", K 10 "10");
product!([A B C D E F G H I J K L] A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4", F 5 "5", G 6 "6", H 7 "7", I 8 "8", J 9 "9", K 10 "10", L 11 "11");

impl Lattice for () {
    fn join(&mut self, (): Self) -> bool {
        false
    }

    fn lattice_cmp(&self, (): &Self) -> Option<Ordering> {
        Some(Ordering::Equal)
    }
}

impl Bottom for () {
    fn bottom() -> Self {}

    fn is_bottom(&self) -> bool {
        true
    }
}

impl Delta for () {
    fn absorb(&mut self, (): Self) -> Option<Self> {
        None
    }

    fn diff(&self, (): &Self) -> Option<Self> {
        None
    }

    fn parts(&self) -> impl Iterator<Item = Self> {
        core::iter::empty()
    }
}

impl Codec for () {
    fn encode(&self, _: &mut Vec<u8>) {}

    fn decode(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(())
    }

    fn describe(out: &mut Description) {
        out.is("unit");
    }
}
