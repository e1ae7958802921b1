//! A store under a name of its own, with its own reads and writes: the replicated types.

use alloc::boxed::Box;

use super::{StoreFields, StoreFieldsCodec};
use crate::{
    causal::{CausalContext, Dot, DotStore, Scan, StoreCodec, StoreDecoder, StoreEncoder},
    codec::DecodeError,
    conflict::Conflict,
    schema::Description,
};

/// The only field, which has no name: places and conflicts are those inside of it.
#[derive(Debug)]
pub struct Only<S>(pub S);

impl<S: DotStore> StoreFields for Only<S> {
    type Refs<'a>
        = &'a S
    where
        Self: 'a;
    type Muts<'a>
        = &'a mut S
    where
        Self: 'a;
    type Place = S::Place;

    fn empty() -> Self {
        Self(S::default())
    }

    #[inline]
    fn is_empty<'a>(store: &'a S) -> bool
    where
        Self: 'a,
    {
        store.is_empty()
    }

    #[inline]
    fn for_each<'a>(store: &'a S, visit: &mut dyn FnMut(Dot))
    where
        Self: 'a,
    {
        store.for_each(visit);
    }

    #[inline]
    fn for_each_place<'a>(store: &'a S, visit: &mut dyn FnMut(Dot, Self::Place))
    where
        Self: 'a,
    {
        store.for_each_place(visit);
    }

    #[inline]
    fn holds<'a>(store: &'a S, dot: Dot, place: &Self::Place) -> bool
    where
        Self: 'a,
    {
        store.holds(dot, place)
    }

    #[inline]
    fn n_held_by<'a>(store: &'a S, seen: &'a S) -> Option<u128>
    where
        Self: 'a,
    {
        store.n_held_by(seen)
    }

    #[inline]
    fn news<'a>(
        store: &'a S,
        seen: &'a S,
        scan: &mut Scan<'_>,
        lose: &mut dyn FnMut(Dot, Self::Place),
    ) -> Self
    where
        Self: 'a,
    {
        Self(store.news(seen, scan, lose))
    }

    #[inline]
    fn lost<'a>(store: &'a S, seen: &'a S, known: &CausalContext, lose: &mut dyn FnMut(Dot, Self::Place))
    where
        Self: 'a,
    {
        store.lost(seen, known, lose);
    }

    #[inline]
    fn take_in<'a>(store: &'a mut S, news: Self)
    where
        Self: 'a,
    {
        store.take_in(news.0);
    }

    #[inline]
    fn take_back<'a>(store: &'a mut S, dot: Dot, place: &Self::Place)
    where
        Self: 'a,
    {
        store.take_back(dot, place);
    }

    fn parts<'a>(store: &'a S) -> Box<dyn Iterator<Item = (Dot, Self)> + 'a>
    where
        Self: 'a,
    {
        Box::new(store.parts().map(|(dot, part)| (dot, Self(part))))
    }

    fn clash<'a>(store: &'a S, _: &[&'static str]) -> Option<Conflict>
    where
        Self: 'a,
    {
        store.clash()
    }
}

impl<S: StoreCodec> StoreFieldsCodec for Only<S> {
    const KIND: &'static str = "";

    fn encode<'a>(store: &'a S, out: &mut StoreEncoder<'_>)
    where
        Self: 'a,
    {
        store.encode_store(out);
    }

    fn decode(input: &mut StoreDecoder<'_, '_>) -> Result<Self, DecodeError> {
        S::decode_store(input).map(Self)
    }

    fn describe(_: &[&'static str], out: &mut Description) {
        out.part("of", S::describe_store);
    }
}
