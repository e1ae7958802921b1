//! A struct without fields: the product of nothing, which has one state.

use alloc::{boxed::Box, vec::Vec};
use core::{cmp::Ordering, iter};

use super::{Factors, FactorsBottom, FactorsCodec, FactorsDelta, FactorsLattice, Pointwise};
use crate::{
    codec::{DecodeError, Decoder},
    conflict::Conflict,
    crdt::WriterId,
    forged::Forged,
    schema::Description,
};

impl Factors for () {
    type Values = ();
    type Refs<'a> = ();
    type Muts<'a> = ();
}

impl FactorsLattice for () {
    fn join<'a>((): (), (): ()) -> bool
    where
        Self: 'a,
    {
        false
    }

    fn join_ref<'a>((): (), (): ()) -> bool
    where
        Self: 'a,
    {
        false
    }

    fn cmp<'a>((): (), (): ()) -> Option<Ordering>
    where
        Self: 'a,
    {
        Some(Ordering::Equal)
    }

    fn leq<'a>((): (), (): ()) -> bool
    where
        Self: 'a,
    {
        true
    }

    fn conflict<'a>((): (), _: &[&'static str]) -> Option<Conflict>
    where
        Self: 'a,
    {
        None
    }

    fn incompatible<'a>((): (), (): (), _: &[&'static str]) -> Option<Conflict>
    where
        Self: 'a,
    {
        None
    }
}

impl Pointwise for () {}

impl FactorsBottom for () {
    fn bottom() {}

    fn is_bottom<'a>((): ()) -> bool
    where
        Self: 'a,
    {
        true
    }
}

impl FactorsDelta for () {
    fn absorb<'a>((): (), (): ()) -> Option<()>
    where
        Self: 'a,
    {
        None
    }

    fn diff<'a>((): (), (): ()) -> Option<()>
    where
        Self: 'a,
    {
        None
    }

    fn forged<'a>((): (), (): (), _: WriterId, _: &[&'static str]) -> Option<Forged>
    where
        Self: 'a,
    {
        None
    }

    fn parts<'a>((): ()) -> Box<dyn Iterator<Item = ()> + 'a>
    where
        Self: 'a,
    {
        Box::new(iter::empty())
    }
}

impl FactorsCodec for () {
    fn encode<'a>((): (), _: &mut Vec<u8>)
    where
        Self: 'a,
    {
    }

    fn decode(_: &mut Decoder<'_>) -> Result<(), DecodeError> {
        Ok(())
    }

    const KIND: &'static str = "struct";

    fn describe(_: &[&'static str], _: &mut Description) {}
}
