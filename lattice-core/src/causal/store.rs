//! What a dot store is: the part of a causal state that holds what is there, and what it can say about another one.
//!
//! A causal state is a store and a context. The store holds each dot in at most one place; a dot that the context knows and the store
//! does not hold has been taken back. So one join serves all stores, and [`Causal`](crate::Causal) has it:
//!
//! ```text
//!   (s, c) ⊔ (s′, c′) = (s ⋈ s′, c ∪ c′)
//!   s ⋈ s′ holds a dot where both hold it, or where one holds it and the other has not heard of it
//! ```
//!
//! It is put together from what a store says here: what it has that another lacks ([`news`](DotStore::news)), and what another
//! still holds that it knows to be gone ([`lost`](DotStore::lost)).

use alloc::boxed::Box;
use core::fmt::Debug;

use crate::{
    causal::{CausalContext, Dot, StoreDecoder, StoreEncoder},
    codec::DecodeError,
    conflict::Conflict,
    schema::Description,
};

/// Values that come and go with dots: the states of what can be taken back.
///
/// There are three from which the others are made: [`DotFun`](crate::causal::DotFun), [`DotMap`](crate::causal::DotMap), and stores side by side:
/// a struct of stores with `#[derive(DotStore)]`, or a pair. Whoever only uses replicated types needs none of the methods.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be taken back, so it cannot live in a causal document",
    label = "not a dot store",
    note = "a removal takes back what was written under dots, and `{Self}` has none: what was counted or written before would come back with the next write",
    note = "use `CausalCounter` for a counter, `AddWinsSet` or `RemoveWinsSet` for a set, `MvRegister` for a value (of a `Stamp` and a value where the last writer wins), `EnableWinsFlag` or `DisableWinsFlag` for a flag, `OrMap` for a map",
    note = "a struct of your own is one by `#[derive(DotStore)]`, if its fields are",
    note = "what is never removed belongs into a `BTreeMap`, which needs no causal document"
)]
pub trait DotStore: Clone + Default + PartialEq + Debug {
    /// Where a dot lies: the keys that lead to it.
    type Place: Clone + Debug;

    /// Whether no dot is held.
    fn is_empty(&self) -> bool;

    /// Calls `visit` with each dot that is held. Nothing of the user's is called: no comparison, no clone.
    fn for_each(&self, visit: &mut dyn FnMut(Dot));

    /// Calls `visit` with each dot that is held, and with its place.
    fn for_each_place(&self, visit: &mut dyn FnMut(Dot, Self::Place));

    /// Whether the dot is held, in this place.
    fn holds(&self, dot: Dot, place: &Self::Place) -> bool;

    /// How many dots this store holds, if `seen` holds them all in the same places, and under each what is here; else `None`.
    fn n_held_by(&self, seen: &Self) -> Option<u128>;

    /// What this store has and `seen` lacks: the dots that are in no such place there and not known there, and of values that
    /// grew under a dot what is new in them.
    ///
    /// Where both have something, it also calls `lose` with dots that `seen` holds and this side knows to be gone, as far as it
    /// comes by them. It accounts to `scan` for each of those, and for each dot that both hold.
    fn news(&self, seen: &Self, scan: &mut Scan<'_>, lose: &mut dyn FnMut(Dot, Self::Place)) -> Self;

    /// Calls `lose` with every dot that `seen` holds, `known` knows, and this store does not hold in that place.
    fn lost(&self, seen: &Self, known: &CausalContext, lose: &mut dyn FnMut(Dot, Self::Place));

    /// Takes in what [`news`](Self::news) found.
    fn take_in(&mut self, news: Self);

    /// Two writes as one, as in `set.add(dots, 1).and(set.add(dots, 2))`. Neither has seen the other, so both stay, also in a register.
    #[must_use = "a delta changes nothing until it is joined"]
    fn and(mut self, other: Self) -> Self {
        self.take_in(other);
        self
    }

    /// Takes a dot back.
    fn take_back(&mut self, dot: Dot, place: &Self::Place);

    /// Each dot by itself, with each irreducible part of what is under it.
    fn parts(&self) -> Box<dyn Iterator<Item = (Dot, Self)> + '_>;

    /// The first value under a dot that is in conflict: two writers had the same identity, or a peer lies.
    fn clash(&self) -> Option<Conflict>;
}

/// A dot store with a canonical form as bytes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no canonical form as bytes, so it cannot be replicated",
    label = "no `Codec` for what is in it",
    note = "a store has one if its elements, keys and values implement `Codec`"
)]
pub trait StoreCodec: DotStore {
    /// Appends the canonical form.
    fn encode_store(&self, out: &mut StoreEncoder<'_>);

    /// Reads a store.
    ///
    /// # Errors
    ///
    /// If the bytes are not a canonical form of this store, or the context that came before does not know one of its dots.
    fn decode_store(input: &mut StoreDecoder<'_, '_>) -> Result<Self, DecodeError>;

    /// Says what the form is, as [`Codec::describe`](crate::codec::Codec::describe) does.
    fn describe_store(out: &mut Description);
}

/// One look of a store at another: what the two sides know, and of how many dots that both know it has been found what to do.
#[derive(Debug)]
pub struct Scan<'a> {
    here: &'a CausalContext,
    there: &'a CausalContext,
    n_accounted: u128,
}

impl<'a> Scan<'a> {
    pub(super) fn new(here: &'a CausalContext, there: &'a CausalContext) -> Self {
        Self { here, there, n_accounted: 0 }
    }

    /// Whether the side that looks has heard of this dot.
    pub fn is_known_here(&self, dot: Dot) -> bool {
        self.here.contains(dot)
    }

    /// Whether the other side has heard of this dot.
    pub fn is_known_there(&self, dot: Dot) -> bool {
        self.there.contains(dot)
    }

    /// Notes that both sides hold a dot in the same place, or that one was lost.
    pub fn account_for_one(&mut self) {
        self.n_accounted += 1;
    }

    pub(super) fn n_accounted(&self) -> u128 {
        self.n_accounted
    }
}

/// `wraps!([parameters] Type, "Type", Store)`: a tuple struct of one store becomes a store, and its `Default` the empty one.
macro_rules! wraps {
    ([$($parameters:tt)*] $type:ty, $name:literal, $store:ty) => {
        impl<$($parameters)*> $crate::causal::StoreStruct for $type {
            type Fields = $crate::causal::Only<$store>;
            const NAMES: &'static [&'static str] = &[$name];

            #[inline]
            fn from_fields($crate::causal::Only(store): Self::Fields) -> Self {
                Self(store)
            }

            #[inline]
            fn into_fields(self) -> Self::Fields {
                $crate::causal::Only(self.0)
            }

            #[inline]
            fn fields(&self) -> &$store {
                &self.0
            }

            #[inline]
            fn fields_mut(&mut self) -> &mut $store {
                &mut self.0
            }
        }

        impl<$($parameters)*> Default for $type {
            fn default() -> Self {
                Self(Default::default())
            }
        }
    };
}
pub(crate) use wraps;
