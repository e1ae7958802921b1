//! A lattice by its fields: a struct, or a tuple, as the tuple of its factors.

use alloc::vec::Vec;
use core::cmp::Ordering;

use super::{BottomBy, Factors, FactorsBottom, FactorsCodec, FactorsDelta, LatticeBy};
use crate::{
    codec::{DecodeError, Decoder},
    conflict::Conflict,
};

/// A struct seen as the tuple of its fields, in the order of their declaration.
pub trait Product: Sized {
    /// How each field joins.
    type Factors: Factors;
    /// The name of the struct.
    const NAME: &'static str;
    /// The names of the fields, for reports and thresholds.
    const NAMES: &'static [&'static str];

    /// The fields by value.
    fn into_values(self) -> <Self::Factors as Factors>::Values;
    /// The struct with these fields.
    fn from_values(values: <Self::Factors as Factors>::Values) -> Self;
    /// The fields by reference.
    fn values(&self) -> <Self::Factors as Factors>::Refs<'_>;
    /// The fields by mutable reference.
    fn values_mut(&mut self) -> <Self::Factors as Factors>::Muts<'_>;
}

/// Field by field.
#[derive(Clone, Copy, Debug)]
pub struct ByFields;

impl<P: Product> LatticeBy<P> for ByFields {
    #[inline]
    fn join(state: &mut P, other: P) -> bool {
        P::Factors::join(state.values_mut(), other.into_values())
    }

    #[inline]
    fn join_ref(state: &mut P, other: &P) -> bool {
        P::Factors::join_ref(state.values_mut(), other.values())
    }

    #[inline]
    fn cmp(left: &P, right: &P) -> Option<Ordering> {
        P::Factors::cmp(left.values(), right.values())
    }

    #[inline]
    fn leq(left: &P, right: &P) -> bool {
        P::Factors::leq(left.values(), right.values())
    }

    #[inline]
    fn conflict(state: &P) -> Option<Conflict> {
        P::Factors::conflict(state.values(), P::NAMES)
    }

    #[inline]
    fn incompatible(left: &P, right: &P) -> Option<Conflict> {
        P::Factors::incompatible(left.values(), right.values(), P::NAMES)
    }
}

impl<P: Product<Factors: FactorsBottom>> BottomBy<P> for ByFields {
    #[inline]
    fn bottom() -> P {
        P::from_values(P::Factors::bottom())
    }

    #[inline]
    fn is_bottom(state: &P) -> bool {
        P::Factors::is_bottom(state.values())
    }
}

/// [`Delta::absorb`](crate::Delta::absorb): the news of each field, with bottoms where there is none.
pub fn absorb<P: Product<Factors: FactorsDelta>>(state: &mut P, delta: P) -> Option<P> {
    P::Factors::absorb(state.values_mut(), delta.into_values()).map(P::from_values)
}

/// [`Delta::diff`](crate::Delta::diff).
pub fn diff<P: Product<Factors: FactorsDelta>>(state: &P, seen: &P) -> Option<P> {
    P::Factors::diff(state.values(), seen.values()).map(P::from_values)
}

/// [`Delta::parts`](crate::Delta::parts): the parts of each field, with bottoms elsewhere.
pub fn parts<P: Product<Factors: FactorsDelta>>(state: &P) -> impl Iterator<Item = P> {
    P::Factors::parts(state.values()).map(P::from_values)
}

/// [`Codec::encode`](crate::codec::Codec::encode): the fields in order.
pub fn encode<P: Product<Factors: FactorsCodec>>(state: &P, out: &mut Vec<u8>) {
    P::Factors::encode(state.values(), out);
}

/// [`Codec::decode`](crate::codec::Codec::decode).
///
/// # Errors
///
/// Those of the fields.
pub fn decode<P: Product<Factors: FactorsCodec>>(input: &mut Decoder<'_>) -> Result<P, DecodeError> {
    P::Factors::decode(input).map(P::from_values)
}
