//! The deltas and the canonical form of a derived lattice: what `#[derive(Replicate)]` says, and what follows from it.
//!
//! As with [`Derived`](super::Derived), that a way fits is proven once, where it is named; so a type may hold itself.

use alloc::{boxed::Box, vec::Vec};

use super::{ByContent, ByFields, ByTables, Derived, FactorsCodec, FactorsDelta, Product, name_of, parts_of};
use crate::{
    codec::{Codec, DecodeError, Decoder},
    crdt::WriterId,
    delta::Delta,
    finite,
    forged::Forged,
    lattice::{Bottom, Finite},
    schema::Description,
};

/// A lattice whose deltas a derive made; also `Box`, which is fundamental.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no deltas, so it cannot be replicated",
    label = "no `Delta` here",
    note = "for a type of your own add `#[derive(Replicate)]`"
)]
pub trait DerivedDelta: Sized {
    /// How the deltas are made.
    type By: DeltaBy<Self>;
}

/// A type whose canonical form a derive made; also `Box`, which is fundamental.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no canonical form as bytes, so it cannot be replicated",
    label = "no `Codec` here",
    note = "for a lattice of your own add `#[derive(Replicate)]`; for a plain value implement `Codec`"
)]
pub trait DerivedCodec: Sized {
    /// How the form is made.
    type By: CodecBy<Self>;
}

/// A way to make the deltas of `T`: the methods of [`Delta`].
pub trait DeltaBy<T> {
    /// [`Delta::absorb`].
    fn absorb(state: &mut T, delta: T) -> Option<T>;
    /// [`Delta::diff`].
    fn diff(state: &T, seen: &T) -> Option<T>;
    /// [`Delta::forged`].
    fn forged(state: &T, delta: &T, writer: WriterId) -> Option<Forged> {
        let _ = (state, delta, writer);
        None
    }
    /// [`Delta::parts`].
    fn parts(state: &T) -> impl Iterator<Item = T>;
}

/// A way to make the canonical form of `T`: the methods of [`Codec`].
pub trait CodecBy<T> {
    /// [`Codec::encode`].
    fn encode(state: &T, out: &mut Vec<u8>);
    /// [`Codec::decode`].
    ///
    /// # Errors
    ///
    /// Those of the type.
    fn decode(input: &mut Decoder<'_>) -> Result<T, DecodeError>;
    /// [`Codec::describe`].
    fn describe(out: &mut Description);
}

/// As its fields, its tables or its content say.
impl<T: DerivedDelta + Bottom + Clone> Delta for T {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        T::By::absorb(self, delta)
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        T::By::diff(self, seen)
    }

    fn forged(&self, delta: &Self, writer: WriterId) -> Option<Forged> {
        T::By::forged(self, delta, writer)
    }

    fn parts(&self) -> impl Iterator<Item = Self> {
        T::By::parts(self)
    }
}

/// As its fields, its tables or its content say.
impl<T: DerivedCodec> Codec for T {
    fn encode(&self, out: &mut Vec<u8>) {
        T::By::encode(self, out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        T::By::decode(input)
    }

    fn describe(out: &mut Description) {
        T::By::describe(out);
    }
}

/// A delta of a struct is the struct with bottoms where there is no news.
impl<P: Derived + Product<Factors: FactorsDelta>> DeltaBy<P> for ByFields {
    fn absorb(state: &mut P, delta: P) -> Option<P> {
        P::Factors::absorb(state.values_mut(), delta.into_values()).map(P::from_values)
    }

    fn diff(state: &P, seen: &P) -> Option<P> {
        P::Factors::diff(state.values(), seen.values()).map(P::from_values)
    }

    fn forged(state: &P, delta: &P, writer: WriterId) -> Option<Forged> {
        P::Factors::forged(state.values(), delta.values(), writer, parts_of::<P>())
    }

    fn parts(state: &P) -> impl Iterator<Item = P> {
        P::Factors::parts(state.values()).map(P::from_values)
    }
}

/// The fields in order.
impl<P: Derived + Product<Factors: FactorsCodec>> CodecBy<P> for ByFields {
    fn encode(state: &P, out: &mut Vec<u8>) {
        P::Factors::encode(state.values(), out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<P, DecodeError> {
        P::Factors::decode(input).map(P::from_values)
    }

    fn describe(out: &mut Description) {
        let what = format_args!("{} {}", P::Factors::KIND, name_of::<P>());
        out.once::<P>(what, |out| P::Factors::describe(parts_of::<P>(), out));
    }
}

impl<F: Finite + Bottom> DeltaBy<F> for ByTables {
    fn absorb(state: &mut F, delta: F) -> Option<F> {
        finite::absorb(state, delta)
    }

    fn diff(state: &F, seen: &F) -> Option<F> {
        finite::diff(*state, *seen)
    }

    fn parts(state: &F) -> impl Iterator<Item = F> {
        finite::parts(*state)
    }
}

/// The position of the variant.
impl<F: Derived + Finite> CodecBy<F> for ByTables {
    fn encode(state: &F, out: &mut Vec<u8>) {
        finite::encode(*state, out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<F, DecodeError> {
        finite::decode(input)
    }

    fn describe(out: &mut Description) {
        out.once::<F>(format_args!("enum {}", name_of::<F>()), finite::describe::<F>);
    }
}

impl<L: Delta> DerivedDelta for Box<L> {
    type By = ByContent;
}

impl<L: Delta> DeltaBy<Box<L>> for ByContent {
    fn absorb(state: &mut Box<L>, delta: Box<L>) -> Option<Box<L>> {
        (**state).absorb(*delta).map(Box::new)
    }

    fn diff(state: &Box<L>, seen: &Box<L>) -> Option<Box<L>> {
        (**state).diff(seen).map(Box::new)
    }

    fn forged(state: &Box<L>, delta: &Box<L>, writer: WriterId) -> Option<Forged> {
        (**state).forged(delta, writer)
    }

    fn parts(state: &Box<L>) -> impl Iterator<Item = Box<L>> {
        (**state).parts().map(Box::new)
    }
}

impl<T: Codec> DerivedCodec for Box<T> {
    type By = ByContent;
}

impl<T: Codec> CodecBy<Box<T>> for ByContent {
    fn encode(state: &Box<T>, out: &mut Vec<u8>) {
        (**state).encode(out);
    }

    // As with the other pointers, depth is counted here.
    fn decode(input: &mut Decoder<'_>) -> Result<Box<T>, DecodeError> {
        input.memory(size_of::<T>())?;
        input.nested(T::decode).map(Box::new)
    }

    fn describe(out: &mut Description) {
        T::describe(out);
    }
}
