//! Two stores side by side, in one document.

use alloc::boxed::Box;

use crate::{
    causal::{CausalContext, Dot, DotStore, Scan, StoreCodec, StoreDecoder, StoreEncoder},
    codec::DecodeError,
    conflict::Conflict,
    schema::Description,
};

/// In which of two stores a dot lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side<A, B> {
    /// In the first.
    First(A),
    /// In the second.
    Second(B),
}

/// Each by itself, under the context that they share. Pairs of pairs make documents of any number of fields.
impl<A: DotStore, B: DotStore> DotStore for (A, B) {
    type Place = Side<A::Place, B::Place>;

    fn is_empty(&self) -> bool {
        self.0.is_empty() && self.1.is_empty()
    }

    fn for_each(&self, visit: &mut dyn FnMut(Dot, Self::Place)) {
        self.0.for_each(&mut |dot, place| visit(dot, Side::First(place)));
        self.1.for_each(&mut |dot, place| visit(dot, Side::Second(place)));
    }

    fn holds(&self, dot: Dot, place: &Self::Place) -> bool {
        match place {
            Side::First(place) => self.0.holds(dot, place),
            Side::Second(place) => self.1.holds(dot, place),
        }
    }

    fn n_held_by(&self, seen: &Self) -> Option<u128> {
        Some(self.0.n_held_by(&seen.0)? + self.1.n_held_by(&seen.1)?)
    }

    fn news(&self, seen: &Self, scan: &mut Scan<'_>, lose: &mut dyn FnMut(Dot, Self::Place)) -> Self {
        let first = self.0.news(&seen.0, scan, &mut |dot, place| lose(dot, Side::First(place)));
        let second = self.1.news(&seen.1, scan, &mut |dot, place| lose(dot, Side::Second(place)));
        (first, second)
    }

    fn lost(&self, seen: &Self, known: &CausalContext, lose: &mut dyn FnMut(Dot, Self::Place)) {
        self.0.lost(&seen.0, known, &mut |dot, place| lose(dot, Side::First(place)));
        self.1.lost(&seen.1, known, &mut |dot, place| lose(dot, Side::Second(place)));
    }

    fn take_in(&mut self, news: Self) {
        self.0.take_in(news.0);
        self.1.take_in(news.1);
    }

    fn take_back(&mut self, dot: Dot, place: &Self::Place) {
        match place {
            Side::First(place) => self.0.take_back(dot, place),
            Side::Second(place) => self.1.take_back(dot, place),
        }
    }

    fn parts(&self) -> Box<dyn Iterator<Item = (Dot, Self)> + '_> {
        let first = self.0.parts().map(|(dot, part)| (dot, (part, B::default())));
        let second = self.1.parts().map(|(dot, part)| (dot, (A::default(), part)));
        Box::new(first.chain(second))
    }

    fn clash(&self) -> Option<Conflict> {
        let first = || Some(self.0.clash()?.in_field("0"));
        first().or_else(|| Some(self.1.clash()?.in_field("1")))
    }
}

/// The first, then the second.
impl<A: StoreCodec, B: StoreCodec> StoreCodec for (A, B) {
    fn encode_store(&self, out: &mut StoreEncoder<'_>) {
        self.0.encode_store(out);
        self.1.encode_store(out);
    }

    fn decode_store(input: &mut StoreDecoder<'_, '_>) -> Result<Self, DecodeError> {
        Ok((A::decode_store(input)?, B::decode_store(input)?))
    }

    fn describe_store(out: &mut Description) {
        out.is("stores").part("0", A::describe_store).part("1", B::describe_store);
    }
}
