//! No further field: what a list of fields ends with.

use alloc::boxed::Box;
use core::{convert::Infallible, iter};

use super::{StoreFields, StoreFieldsCodec};
use crate::{
    causal::{CausalContext, Dot, Scan, StoreDecoder, StoreEncoder},
    codec::DecodeError,
    conflict::Conflict,
    schema::Description,
};

impl StoreFields for () {
    type Refs<'a> = ();
    type Muts<'a> = ();
    /// No dot lies here.
    type Place = Infallible;

    fn empty() {}

    fn is_empty<'a>((): ()) -> bool
    where
        Self: 'a,
    {
        true
    }

    fn for_each<'a>((): (), _: &mut dyn FnMut(Dot))
    where
        Self: 'a,
    {
    }

    fn for_each_place<'a>((): (), _: &mut dyn FnMut(Dot, Infallible))
    where
        Self: 'a,
    {
    }

    fn holds<'a>((): (), _: Dot, place: &Infallible) -> bool
    where
        Self: 'a,
    {
        match *place {}
    }

    fn n_held_by<'a>((): (), (): ()) -> Option<u128>
    where
        Self: 'a,
    {
        Some(0)
    }

    fn news<'a>((): (), (): (), _: &mut Scan<'_>, _: &mut dyn FnMut(Dot, Infallible))
    where
        Self: 'a,
    {
    }

    fn lost<'a>((): (), (): (), _: &CausalContext, _: &mut dyn FnMut(Dot, Infallible))
    where
        Self: 'a,
    {
    }

    fn take_in<'a>((): (), (): ())
    where
        Self: 'a,
    {
    }

    fn take_back<'a>((): (), _: Dot, place: &Infallible)
    where
        Self: 'a,
    {
        match *place {}
    }

    fn parts<'a>((): ()) -> Box<dyn Iterator<Item = (Dot, ())> + 'a>
    where
        Self: 'a,
    {
        Box::new(iter::empty())
    }

    fn clash<'a>((): (), _: &[&'static str]) -> Option<Conflict>
    where
        Self: 'a,
    {
        None
    }
}

impl StoreFieldsCodec for () {
    const KIND: &'static str = "stores ";

    fn encode<'a>((): (), _: &mut StoreEncoder<'_>)
    where
        Self: 'a,
    {
    }

    fn decode(_: &mut StoreDecoder<'_, '_>) -> Result<(), DecodeError> {
        Ok(())
    }

    fn describe(_: &[&'static str], _: &mut Description) {}
}
