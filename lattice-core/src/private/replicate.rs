//! The bottom, the deltas and the canonical form of a field, as generated code calls them.
//!
//! A field of a plain type, such as `u64`, is the most likely mistake, and `#[derive(Lattice)]` reports it. So the plain types have these
//! traits too, as stubs that never run: what follows from the mistake is no further mistake.

use alloc::{boxed::Box, string::String, vec::Vec};

use super::field::stub;
use crate::{
    codec::{Codec, DecodeError, Decoder},
    crdt::WriterId,
    delta::Delta,
    forged::Forged,
    lattice::Bottom,
    lattices::{Max, Min},
    schema::Description,
    strategies::StrategyDelta,
};

/// A field with deltas and a canonical form.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be replicated",
    label = "no deltas or no canonical form as bytes",
    note = "for a type of your own add `#[derive(Replicate)]`, or implement `Delta` and `Codec`"
)]
pub trait ReplicateField {
    /// Whether it has.
    const HOLDS: bool = true;
}

#[diagnostic::do_not_recommend]
impl<L: Delta + Codec> ReplicateField for L {}

/// A strategy of the user's over `T`, with deltas, where `T` has a canonical form.
#[diagnostic::on_unimplemented(
    message = "`{T}` cannot be replicated under `{Self}`",
    label = "no deltas, or no canonical form of `{T}` as bytes",
    note = "a strategy has deltas by `StrategyDelta`; if its order is total, `impl StrategyDelta<{T}> for {Self} {{}}` is enough; and `{T}` needs `Codec`"
)]
pub trait StrategyReplicate<T> {
    /// Whether it has.
    const HOLDS: bool = true;
}

#[diagnostic::do_not_recommend]
impl<T: Codec + Clone, S: StrategyDelta<T>> StrategyReplicate<T> for S {}

/// [`Bottom`] for a field.
pub trait BottomField: Sized {
    /// [`Bottom::bottom`].
    fn bottom() -> Self;
    /// [`Bottom::is_bottom`].
    fn is_bottom(&self) -> bool;
}

/// [`Delta`] for a field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no deltas, so it cannot be replicated",
    label = "no `Delta` here",
    note = "for a type of your own add `#[derive(Replicate)]`"
)]
pub trait DeltaField: Sized {
    /// [`Delta::absorb`].
    fn absorb(&mut self, delta: Self) -> Option<Self>;
    /// [`Delta::diff`].
    fn diff(&self, seen: &Self) -> Option<Self>;
    /// [`Delta::parts`]. Boxed, because a type may hold itself, also by way of others: the iterator's type would then be infinite.
    fn parts(&self) -> Box<dyn Iterator<Item = Self> + '_>;
    /// [`Delta::forged`].
    fn forged(&self, delta: &Self, writer: WriterId) -> Option<Forged>;
    /// What is new, or the bottom; notes in `any` whether something is.
    fn or_bottom(news: Option<Self>, any: &mut bool) -> Self;
}

/// [`Codec`] for a field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no canonical form as bytes, so it cannot be replicated",
    label = "no `Codec` here",
    note = "for a lattice of your own add `#[derive(Replicate)]`; for a plain value implement `Codec`"
)]
pub trait CodecField: Sized {
    /// Whether it has.
    const HOLDS: bool = true;
    /// [`Codec::encode`].
    fn encode(&self, out: &mut Vec<u8>);
    /// [`Codec::decode`].
    ///
    /// # Errors
    ///
    /// Those of the field.
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError>;
    /// [`Codec::describe`].
    fn describe(out: &mut Description);
}

#[diagnostic::do_not_recommend]
impl<L: Bottom> BottomField for L {
    fn bottom() -> Self {
        L::bottom()
    }

    fn is_bottom(&self) -> bool {
        L::is_bottom(self)
    }
}

#[diagnostic::do_not_recommend]
impl<L: Delta> DeltaField for L {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        L::absorb(self, delta)
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        L::diff(self, seen)
    }

    fn parts(&self) -> Box<dyn Iterator<Item = Self> + '_> {
        Box::new(L::parts(self))
    }

    fn forged(&self, delta: &Self, writer: WriterId) -> Option<Forged> {
        L::forged(self, delta, writer)
    }

    fn or_bottom(news: Option<Self>, any: &mut bool) -> Self {
        *any |= news.is_some();
        news.unwrap_or_else(L::bottom)
    }
}

#[diagnostic::do_not_recommend]
impl<C: Codec> CodecField for C {
    fn encode(&self, out: &mut Vec<u8>) {
        C::encode(self, out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        C::decode(input)
    }

    fn describe(out: &mut Description) {
        C::describe(out);
    }
}

/// Stubs for plain types.
macro_rules! plain {
    ($([$($t:ident)?] $type:ty),+) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($t)?> BottomField for $type {
            fn bottom() -> Self {
                stub()
            }

            fn is_bottom(&self) -> bool {
                stub()
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($t)?> ReplicateField for $type {}

        #[diagnostic::do_not_recommend]
        impl<$($t)?> DeltaField for $type {
            fn absorb(&mut self, _: Self) -> Option<Self> {
                stub()
            }

            fn diff(&self, _: &Self) -> Option<Self> {
                stub()
            }

            fn parts(&self) -> Box<dyn Iterator<Item = Self> + '_> {
                stub()
            }

            fn forged(&self, _: &Self, _: WriterId) -> Option<Forged> {
                stub()
            }

            fn or_bottom(_: Option<Self>, _: &mut bool) -> Self {
                stub()
            }
        }
    )+};
    (no codec: $([$($t:ident)?] $type:ty),+) => {
        plain!($([$($t)?] $type),+);
        $(
            #[diagnostic::do_not_recommend]
            impl<$($t)?> CodecField for $type {
                fn encode(&self, _: &mut Vec<u8>) {}

                fn decode(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                    stub()
                }

                fn describe(_: &mut Description) {}
            }
        )+
    };
}

plain!([] u8, [] u16, [] u32, [] u64, [] usize, [] i8, [] i16, [] i32, [] i64, [] isize, [] bool, [] char, [] String, [] u128, [] i128);
plain!(no codec: [] f32, [] f64, [] &'static str, [T] Vec<T>);
plain!(no codec: [] Max<f32>, [] Max<f64>, [] Min<f32>, [] Min<f64>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_without_news_is_bottom() {
        let mut any = false;
        assert_eq!(Max::<u8>::or_bottom(None, &mut any), Max(0));
        assert!(!any);
    }

    #[test]
    fn news_of_one_field_are_news_of_the_whole() {
        let mut any = false;
        assert_eq!(Max::or_bottom(Some(Max(3_u8)), &mut any), Max(3));
        assert_eq!(Max::<u8>::or_bottom(None, &mut any), Max(0));
        assert!(any);
    }
}
