//! One field and the rest.

use alloc::boxed::Box;

use super::{StoreFields, StoreFieldsCodec};
use crate::{
    causal::{CausalContext, Dot, DotStore, Scan, Side, StoreCodec, StoreDecoder, StoreEncoder},
    codec::DecodeError,
    conflict::Conflict,
    schema::Description,
};

impl<A: DotStore, R: StoreFields> StoreFields for (A, R) {
    type Refs<'a>
        = (&'a A, R::Refs<'a>)
    where
        Self: 'a;
    type Muts<'a>
        = (&'a mut A, R::Muts<'a>)
    where
        Self: 'a;
    type Place = Side<A::Place, R::Place>;

    fn empty() -> Self {
        (A::default(), R::empty())
    }

    fn is_empty<'a>((first, rest): Self::Refs<'a>) -> bool
    where
        Self: 'a,
    {
        first.is_empty() && R::is_empty(rest)
    }

    fn for_each<'a>((first, rest): Self::Refs<'a>, visit: &mut dyn FnMut(Dot))
    where
        Self: 'a,
    {
        first.for_each(visit);
        R::for_each(rest, visit);
    }

    fn for_each_place<'a>((first, rest): Self::Refs<'a>, visit: &mut dyn FnMut(Dot, Self::Place))
    where
        Self: 'a,
    {
        first.for_each_place(&mut |dot, place| visit(dot, Side::First(place)));
        R::for_each_place(rest, &mut |dot, place| visit(dot, Side::Second(place)));
    }

    fn holds<'a>((first, rest): Self::Refs<'a>, dot: Dot, place: &Self::Place) -> bool
    where
        Self: 'a,
    {
        match place {
            Side::First(place) => first.holds(dot, place),
            Side::Second(place) => R::holds(rest, dot, place),
        }
    }

    fn n_held_by<'a>((first, rest): Self::Refs<'a>, seen: Self::Refs<'a>) -> Option<u128>
    where
        Self: 'a,
    {
        Some(first.n_held_by(seen.0)? + R::n_held_by(rest, seen.1)?)
    }

    fn news<'a>(
        (first, rest): Self::Refs<'a>,
        seen: Self::Refs<'a>,
        scan: &mut Scan<'_>,
        lose: &mut dyn FnMut(Dot, Self::Place),
    ) -> Self
    where
        Self: 'a,
    {
        let first = first.news(seen.0, scan, &mut |dot, place| lose(dot, Side::First(place)));
        let rest = R::news(rest, seen.1, scan, &mut |dot, place| lose(dot, Side::Second(place)));
        (first, rest)
    }

    fn lost<'a>(
        (first, rest): Self::Refs<'a>,
        seen: Self::Refs<'a>,
        known: &CausalContext,
        lose: &mut dyn FnMut(Dot, Self::Place),
    ) where
        Self: 'a,
    {
        first.lost(seen.0, known, &mut |dot, place| lose(dot, Side::First(place)));
        R::lost(rest, seen.1, known, &mut |dot, place| lose(dot, Side::Second(place)));
    }

    fn take_in<'a>((first, rest): Self::Muts<'a>, news: Self)
    where
        Self: 'a,
    {
        first.take_in(news.0);
        R::take_in(rest, news.1);
    }

    fn take_back<'a>((first, rest): Self::Muts<'a>, dot: Dot, place: &Self::Place)
    where
        Self: 'a,
    {
        match place {
            Side::First(place) => first.take_back(dot, place),
            Side::Second(place) => R::take_back(rest, dot, place),
        }
    }

    fn parts<'a>((first, rest): Self::Refs<'a>) -> Box<dyn Iterator<Item = (Dot, Self)> + 'a>
    where
        Self: 'a,
    {
        let first = first.parts().map(|(dot, part)| (dot, (part, R::empty())));
        Box::new(first.chain(R::parts(rest).map(|(dot, part)| (dot, (A::default(), part)))))
    }

    fn clash<'a>((first, rest): Self::Refs<'a>, names: &[&'static str]) -> Option<Conflict>
    where
        Self: 'a,
    {
        let (name, names) = names.split_first()?;
        first.clash().map(|conflict| conflict.in_field(name)).or_else(|| R::clash(rest, names))
    }
}

impl<A: StoreCodec, R: StoreFieldsCodec> StoreFieldsCodec for (A, R) {
    const KIND: &'static str = "stores ";

    fn encode<'a>((first, rest): Self::Refs<'a>, out: &mut StoreEncoder<'_>)
    where
        Self: 'a,
    {
        first.encode_store(out);
        R::encode(rest, out);
    }

    fn decode(input: &mut StoreDecoder<'_, '_>) -> Result<Self, DecodeError> {
        Ok((A::decode_store(input)?, R::decode(input)?))
    }

    fn describe(names: &[&'static str], out: &mut Description) {
        let [name, rest @ ..] = names else { return };
        out.part(name, A::describe_store);
        R::describe(rest, out);
    }
}
