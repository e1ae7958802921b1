//! A struct of stores in one document: a store field by field.
//!
//! `#[derive(DotStore)]` says what the fields are, as nested pairs ([`StoreStruct`]); the rest is here, once and in ordinary code. Pairs, because each
//! dot's place then says its field by one bit a step, and no table of arities is needed.

mod none;
mod one;
mod only;

use alloc::boxed::Box;
use core::fmt::Debug;

pub use self::only::Only;
use crate::{
    causal::{CausalContext, Dot, DotStore, Scan, StoreCodec, StoreDecoder, StoreEncoder},
    codec::DecodeError,
    conflict::Conflict,
    schema::Description,
};

/// A struct of stores, as `#[derive(DotStore)]` shows it: `struct Page { title: A, tags: B }` is `(A, (B, ()))`.
pub trait StoreStruct: Clone + Default + PartialEq + Debug {
    /// The fields, in the order of their declaration.
    type Fields: StoreFields;
    /// The name of the type, and then of its fields.
    const NAMES: &'static [&'static str];

    /// The struct with these fields.
    fn from_fields(fields: Self::Fields) -> Self;
    /// The fields by value.
    fn into_fields(self) -> Self::Fields;
    /// The fields by reference.
    fn fields(&self) -> <Self::Fields as StoreFields>::Refs<'_>;
    /// The fields by mutable reference.
    fn fields_mut(&mut self) -> <Self::Fields as StoreFields>::Muts<'_>;
}

/// The fields of a struct of stores: none, or one and the rest; or [`Only`] one, of which the struct is but a name.
pub trait StoreFields: Sized {
    /// Each by reference.
    type Refs<'a>: Copy
    where
        Self: 'a;
    /// Each by mutable reference.
    type Muts<'a>
    where
        Self: 'a;
    /// [`DotStore::Place`].
    type Place: Clone + Debug;

    /// Stores that hold nothing.
    fn empty() -> Self;
    /// [`DotStore::is_empty`].
    fn is_empty<'a>(fields: Self::Refs<'a>) -> bool
    where
        Self: 'a;
    /// [`DotStore::for_each`].
    fn for_each<'a>(fields: Self::Refs<'a>, visit: &mut dyn FnMut(Dot))
    where
        Self: 'a;
    /// [`DotStore::for_each_place`].
    fn for_each_place<'a>(fields: Self::Refs<'a>, visit: &mut dyn FnMut(Dot, Self::Place))
    where
        Self: 'a;
    /// [`DotStore::holds`].
    fn holds<'a>(fields: Self::Refs<'a>, dot: Dot, place: &Self::Place) -> bool
    where
        Self: 'a;
    /// [`DotStore::n_held_by`].
    fn n_held_by<'a>(fields: Self::Refs<'a>, seen: Self::Refs<'a>) -> Option<u128>
    where
        Self: 'a;
    /// [`DotStore::news`].
    fn news<'a>(
        fields: Self::Refs<'a>,
        seen: Self::Refs<'a>,
        scan: &mut Scan<'_>,
        lose: &mut dyn FnMut(Dot, Self::Place),
    ) -> Self
    where
        Self: 'a;
    /// [`DotStore::lost`].
    fn lost<'a>(
        fields: Self::Refs<'a>,
        seen: Self::Refs<'a>,
        known: &CausalContext,
        lose: &mut dyn FnMut(Dot, Self::Place),
    ) where
        Self: 'a;
    /// [`DotStore::take_in`].
    fn take_in<'a>(fields: Self::Muts<'a>, news: Self)
    where
        Self: 'a;
    /// [`DotStore::take_back`].
    fn take_back<'a>(fields: Self::Muts<'a>, dot: Dot, place: &Self::Place)
    where
        Self: 'a;
    /// [`DotStore::parts`].
    fn parts<'a>(fields: Self::Refs<'a>) -> Box<dyn Iterator<Item = (Dot, Self)> + 'a>
    where
        Self: 'a;
    /// [`DotStore::clash`], where the fields have these names.
    fn clash<'a>(fields: Self::Refs<'a>, names: &[&'static str]) -> Option<Conflict>
    where
        Self: 'a;
}

/// Fields that all have a canonical form.
pub trait StoreFieldsCodec: StoreFields {
    /// What stands before the name of such a struct in a [`Schema`](crate::schema::Schema).
    const KIND: &'static str;

    /// [`StoreCodec::encode_store`], one after the other.
    fn encode<'a>(fields: Self::Refs<'a>, out: &mut StoreEncoder<'_>)
    where
        Self: 'a;
    /// [`StoreCodec::decode_store`].
    ///
    /// # Errors
    ///
    /// Those of the fields.
    fn decode(input: &mut StoreDecoder<'_, '_>) -> Result<Self, DecodeError>;
    /// [`StoreCodec::describe_store`], where the fields have these names.
    fn describe(names: &[&'static str], out: &mut Description);
}

/// Each field by itself, under the context that they share.
#[diagnostic::do_not_recommend]
impl<S: StoreStruct> DotStore for S {
    type Place = <S::Fields as StoreFields>::Place;

    fn is_empty(&self) -> bool {
        S::Fields::is_empty(self.fields())
    }

    fn for_each(&self, visit: &mut dyn FnMut(Dot)) {
        S::Fields::for_each(self.fields(), visit);
    }

    fn for_each_place(&self, visit: &mut dyn FnMut(Dot, Self::Place)) {
        S::Fields::for_each_place(self.fields(), visit);
    }

    fn holds(&self, dot: Dot, place: &Self::Place) -> bool {
        S::Fields::holds(self.fields(), dot, place)
    }

    fn n_held_by(&self, seen: &Self) -> Option<u128> {
        S::Fields::n_held_by(self.fields(), seen.fields())
    }

    fn news(&self, seen: &Self, scan: &mut Scan<'_>, lose: &mut dyn FnMut(Dot, Self::Place)) -> Self {
        S::from_fields(S::Fields::news(self.fields(), seen.fields(), scan, lose))
    }

    fn lost(&self, seen: &Self, known: &CausalContext, lose: &mut dyn FnMut(Dot, Self::Place)) {
        S::Fields::lost(self.fields(), seen.fields(), known, lose);
    }

    fn take_in(&mut self, news: Self) {
        S::Fields::take_in(self.fields_mut(), news.into_fields());
    }

    fn take_back(&mut self, dot: Dot, place: &Self::Place) {
        S::Fields::take_back(self.fields_mut(), dot, place);
    }

    fn parts(&self) -> Box<dyn Iterator<Item = (Dot, Self)> + '_> {
        Box::new(S::Fields::parts(self.fields()).map(|(dot, part)| (dot, S::from_fields(part))))
    }

    fn clash(&self) -> Option<Conflict> {
        S::Fields::clash(self.fields(), names_of::<S>())
    }
}

/// The fields in order.
#[diagnostic::do_not_recommend]
impl<S: StoreStruct<Fields: StoreFieldsCodec>> StoreCodec for S {
    fn encode_store(&self, out: &mut StoreEncoder<'_>) {
        S::Fields::encode(self.fields(), out);
    }

    fn decode_store(input: &mut StoreDecoder<'_, '_>) -> Result<Self, DecodeError> {
        S::Fields::decode(input).map(S::from_fields)
    }

    fn describe_store(out: &mut Description) {
        let name = S::NAMES.first().unwrap_or(&"");
        out.once::<S>(format_args!("{}{name}", S::Fields::KIND), |out| {
            S::Fields::describe(names_of::<S>(), out)
        });
    }
}

fn names_of<S: StoreStruct>() -> &'static [&'static str] {
    S::NAMES.split_first().map_or(&[], |(_, names)| names)
}
