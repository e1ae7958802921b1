//! One field of a struct, as a factor of its product: a lattice, or plain data under a strategy.

use alloc::{boxed::Box, vec::Vec};
use core::{cmp::Ordering, marker::PhantomData};

use crate::{
    codec::{Codec, DecodeError, Decoder},
    conflict::Conflict,
    crdt::WriterId,
    delta::Delta,
    forged::Forged,
    lattice::{Bottom, Lattice},
    schema::Description,
    strategies::{Strategy, StrategyBottom, StrategyDelta},
};

/// One field, as a type that says what is done with it.
pub trait Factor {
    /// What the field holds.
    type Value;
}

/// How one field joins. What the field holds need not be a lattice by itself.
pub trait FactorLattice: Factor<Value: Clone> {
    /// The lattice of the field's LVar and of its thresholds.
    type Lattice: Lattice;

    /// [`Lattice::join`].
    fn join(value: &mut Self::Value, other: Self::Value) -> bool;
    /// [`Lattice::join_ref`].
    fn join_ref(value: &mut Self::Value, other: &Self::Value) -> bool;
    /// [`Lattice::lattice_cmp`].
    fn cmp(left: &Self::Value, right: &Self::Value) -> Option<Ordering>;
    /// [`Lattice::leq`].
    fn leq(left: &Self::Value, right: &Self::Value) -> bool;
    /// [`Lattice::conflict`].
    fn conflict(value: &Self::Value) -> Option<Conflict>;
    /// [`Lattice::incompatible`].
    fn incompatible(left: &Self::Value, right: &Self::Value) -> Option<Conflict>;

    /// Takes the place of a value, under a key that grew.
    #[inline]
    fn replace(value: &mut Self::Value, other: Self::Value) {
        *value = other;
    }
}

/// A factor with a bottom.
pub trait FactorBottom: FactorLattice {
    /// [`Bottom::bottom`].
    fn bottom() -> Self::Value;
    /// [`Bottom::is_bottom`].
    fn is_bottom(value: &Self::Value) -> bool;
}

/// A factor with deltas.
pub trait FactorDelta: FactorBottom {
    /// [`Delta::absorb`].
    fn absorb(value: &mut Self::Value, delta: Self::Value) -> Option<Self::Value>;
    /// [`Delta::diff`].
    fn diff(value: &Self::Value, seen: &Self::Value) -> Option<Self::Value>;
    /// [`Delta::forged`].
    fn forged(value: &Self::Value, delta: &Self::Value, writer: WriterId) -> Option<Forged> {
        let _ = (value, delta, writer);
        None
    }
    /// [`Delta::parts`]. Boxed, because a type may hold itself, also by way of others: the iterator's type would then be infinite.
    fn parts<'a>(value: &'a Self::Value) -> Box<dyn Iterator<Item = Self::Value> + 'a>
    where
        Self: 'a;
}

/// A factor with a canonical form.
pub trait FactorCodec: FactorLattice {
    /// [`Codec::encode`].
    fn encode(value: &Self::Value, out: &mut Vec<u8>);
    /// [`Codec::decode`].
    ///
    /// # Errors
    ///
    /// Those of the field.
    fn decode(input: &mut Decoder<'_>) -> Result<Self::Value, DecodeError>;
    /// [`Codec::describe`], as a part of this name.
    fn describe(name: &str, out: &mut Description);
}

/// A field whose type is a lattice.
#[derive(Debug)]
pub struct AsIs<L>(PhantomData<L>);

impl<L> Factor for AsIs<L> {
    type Value = L;
}

impl<L: Lattice + Clone> FactorLattice for AsIs<L> {
    type Lattice = L;

    #[inline]
    fn join(value: &mut L, other: L) -> bool {
        value.join(other)
    }

    #[inline]
    fn join_ref(value: &mut L, other: &L) -> bool {
        value.join_ref(other)
    }

    #[inline]
    fn cmp(left: &L, right: &L) -> Option<Ordering> {
        left.lattice_cmp(right)
    }

    #[inline]
    fn leq(left: &L, right: &L) -> bool {
        left.leq(right)
    }

    #[inline]
    fn conflict(value: &L) -> Option<Conflict> {
        value.conflict()
    }

    #[inline]
    fn incompatible(left: &L, right: &L) -> Option<Conflict> {
        left.incompatible(right)
    }
}

impl<L: Bottom + Clone> FactorBottom for AsIs<L> {
    #[inline]
    fn bottom() -> L {
        L::bottom()
    }

    #[inline]
    fn is_bottom(value: &L) -> bool {
        value.is_bottom()
    }
}

impl<L: Delta> FactorDelta for AsIs<L> {
    fn absorb(value: &mut L, delta: L) -> Option<L> {
        value.absorb(delta)
    }

    fn diff(value: &L, seen: &L) -> Option<L> {
        value.diff(seen)
    }

    fn forged(value: &L, delta: &L, writer: WriterId) -> Option<Forged> {
        value.forged(delta, writer)
    }

    fn parts<'a>(value: &'a L) -> Box<dyn Iterator<Item = L> + 'a>
    where
        Self: 'a,
    {
        Box::new(value.parts())
    }
}

impl<L: Lattice + Clone + Codec> FactorCodec for AsIs<L> {
    fn encode(value: &L, out: &mut Vec<u8>) {
        value.encode(out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<L, DecodeError> {
        L::decode(input)
    }

    fn describe(name: &str, out: &mut Description) {
        out.part(name, L::describe);
    }
}

/// A field of the plain type `T` that joins by the strategy `S`.
#[derive(Debug)]
pub struct Under<S, T>(PhantomData<(S, T)>);

impl<S, T> Factor for Under<S, T> {
    type Value = T;
}

impl<S: Strategy<T>, T: Clone> FactorLattice for Under<S, T> {
    type Lattice = S::Lattice;

    #[inline]
    fn join(value: &mut T, other: T) -> bool {
        S::join(value, other)
    }

    #[inline]
    fn join_ref(value: &mut T, other: &T) -> bool {
        S::join_ref(value, other)
    }

    #[inline]
    fn cmp(left: &T, right: &T) -> Option<Ordering> {
        S::cmp(left, right)
    }

    #[inline]
    fn leq(left: &T, right: &T) -> bool {
        S::leq(left, right)
    }

    #[inline]
    fn conflict(value: &T) -> Option<Conflict> {
        S::conflict(value)
    }

    #[inline]
    fn incompatible(left: &T, right: &T) -> Option<Conflict> {
        S::incompatible(left, right)
    }
}

impl<S: StrategyBottom<T>, T: Clone> FactorBottom for Under<S, T> {
    #[inline]
    fn bottom() -> T {
        S::bottom()
    }

    #[inline]
    fn is_bottom(value: &T) -> bool {
        S::is_bottom(value)
    }
}

impl<S: StrategyDelta<T>, T: Clone> FactorDelta for Under<S, T> {
    fn absorb(value: &mut T, delta: T) -> Option<T> {
        S::absorb(value, delta)
    }

    fn diff(value: &T, seen: &T) -> Option<T> {
        S::diff(value, seen)
    }

    fn parts<'a>(value: &'a T) -> Box<dyn Iterator<Item = T> + 'a>
    where
        Self: 'a,
    {
        S::parts(value)
    }
}

impl<S: Strategy<T>, T: Clone + Codec> FactorCodec for Under<S, T> {
    fn encode(value: &T, out: &mut Vec<u8>) {
        value.encode(out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<T, DecodeError> {
        T::decode(input)
    }

    fn describe(name: &str, out: &mut Description) {
        out.part(name, |out| {
            out.is(S::NAME).part("of", T::describe);
        });
    }
}
