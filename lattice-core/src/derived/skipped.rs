//! A field outside of the lattice, `#[lattice(skip(reason = ".."))]`: a factor with one state, whatever the field holds.

use alloc::{boxed::Box, vec::Vec};
use core::{cmp::Ordering, iter, marker::PhantomData};

use super::{Factor, FactorBottom, FactorCodec, FactorDelta, FactorLattice};
use crate::{
    codec::{DecodeError, Decoder},
    conflict::Conflict,
    schema::Description,
};

/// A field that is neither joined nor compared nor encoded. A join keeps the receiver's value; what is made from nothing, a bottom or
/// a decoded state, holds the default.
#[derive(Debug)]
pub struct Skipped<T>(PhantomData<T>);

impl<T> Factor for Skipped<T> {
    type Value = T;
}

impl<T: Default + Clone> FactorLattice for Skipped<T> {
    type Lattice = ();

    #[inline]
    fn join(_: &mut T, _: T) -> bool {
        false
    }

    #[inline]
    fn join_ref(_: &mut T, _: &T) -> bool {
        false
    }

    #[inline]
    fn cmp(_: &T, _: &T) -> Option<Ordering> {
        Some(Ordering::Equal)
    }

    #[inline]
    fn leq(_: &T, _: &T) -> bool {
        true
    }

    #[inline]
    fn conflict(_: &T) -> Option<Conflict> {
        None
    }

    #[inline]
    fn incompatible(_: &T, _: &T) -> Option<Conflict> {
        None
    }

    #[inline]
    fn replace(_: &mut T, _: T) {}
}

impl<T: Default + Clone> FactorBottom for Skipped<T> {
    #[inline]
    fn bottom() -> T {
        T::default()
    }

    #[inline]
    fn is_bottom(_: &T) -> bool {
        true
    }
}

impl<T: Default + Clone> FactorDelta for Skipped<T> {
    fn absorb(_: &mut T, _: T) -> Option<T> {
        None
    }

    fn diff(_: &T, _: &T) -> Option<T> {
        None
    }

    fn parts<'a>(_: &'a T) -> Box<dyn Iterator<Item = T> + 'a>
    where
        Self: 'a,
    {
        Box::new(iter::empty())
    }
}

impl<T: Default + Clone> FactorCodec for Skipped<T> {
    fn encode(_: &T, _: &mut Vec<u8>) {}

    fn decode(_: &mut Decoder<'_>) -> Result<T, DecodeError> {
        Ok(T::default())
    }

    // It is nowhere in the bytes.
    fn describe(_: &str, _: &mut Description) {}
}
