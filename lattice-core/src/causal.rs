//! Causal states: what can be taken back, and still never comes apart.
//!
//! A write has a name, its [`Dot`]; a state is a *store* of dots, and a *context*, the set of all dots that it has heard of. A dot that the
//! context knows and the store does not hold has been taken back, and needs no other trace. `causal/README.md` has the definitions, the laws and why they
//! hold.
//!
//! | question | file |
//! | --- | --- |
//! | what is a write, how far is a writer known, which writes are known? | `dot.rs`, `version.rs`, `context.rs` |
//! | what must a store be able to say? | `store.rs` |
//! | of what are stores made? | `dot_fun.rs`, `dot_map.rs`, and inside those `few.rs`; `fields.rs` for structs, `pair.rs` |
//! | how does a write get its dot? | `dots.rs` |
//! | where does a dot lie? | `places.rs` |
//! | what is a store as bytes? | `form.rs` |
//!
//! This file joins.

mod context;
mod dot;
mod dot_fun;
mod dot_map;
mod dots;
mod few;
mod fields;
mod form;
mod pair;
mod places;
mod store;
mod version;

use alloc::vec::Vec;
use core::{cmp::Ordering, fmt, iter, mem, ops::Deref};

pub use self::{
    context::{CausalContext, DotRange},
    dot::Dot,
    dot_fun::{DotFun, DotSet},
    dot_map::DotMap,
    dots::Dots,
    form::{StoreDecoder, StoreEncoder},
    pair::Side,
    store::{DotStore, Scan, StoreCodec},
    version::Version,
};
#[doc(hidden)]
pub use fields::{Only, StoreFields, StoreFieldsCodec, StoreStruct};
pub(crate) use store::wraps;

use self::{context::Share, places::Places};
use crate::{
    codec::{Codec, DecodeError, Decoder},
    conflict::Conflict,
    crdt::WriterId,
    delta::Delta,
    forged::Forged,
    lattice::{Bottom, Lattice},
    schema::Description,
    threshold::{Field, HasField, HasFields, Project},
};

/// A causal document: a store and the context that all of it shares.
///
/// ```text
///   (s, c) ⊔ (s′, c′) = (s ⋈ s′, c ∪ c′)      (s, c) ⊑ (s′, c′)  iff  c ⊆ c′, and what s′ holds of c is in s, and no more under a dot there
/// ```
///
/// `s ⋈ s′` is told by the store: [`DotFun`], [`DotMap`]. The bottom has heard of nothing. No state is in conflict: a conflict must outlast
/// whatever comes, and here anything can be taken back; that two values met under one dot is told by [`clash`](Self::clash).
///
/// It reads as its store does. It is written by [`write`](Self::write), which answers a delta: a small state, to be joined into this one
/// and all others. A threshold may wait for a write, `at_least(delta)`, and for the `version`: both are reached for good, also where what was written is taken back
/// again. It may wait for nothing that the store shows, since none of that stays.
///
/// Cost: the store, and 16 bytes a writer that has ever written. The join of a delta takes a search for each dot that the delta
/// speaks of, any other join is linear. The first delta that takes something back goes through the store once.
///
/// ```
/// use lvars::{AddWinsSet, Causal, Lattice, WriterId};
///
/// let (alice, bob) = (WriterId(1), WriterId(2));
/// let mut here = Causal::<AddWinsSet<&str>>::new();
/// here.join(here.write(alice, |cart, dots| cart.add(dots, "book")));
/// let mut there = here.clone();
///
/// let removed = there.write(bob, |cart, dots| cart.remove(dots, "book"));
/// there.join_ref(&removed);
/// assert!(!there.contains("book"));
/// here.join(here.write(alice, |cart, dots| cart.add(dots, "book")));
///
/// here.join(removed);
/// assert!(here.contains("book"), "bob has not seen the book that alice added just now");
/// ```
pub struct Causal<S: DotStore> {
    store: S,
    context: CausalContext,
    places: Places<S::Place>,
}

/// What a state has and another one lacks.
struct News<S: DotStore> {
    /// Dots that the other does not hold and has not heard of; what grew under those that it holds.
    added: S,
    /// Dots that the other still holds.
    lost: Vec<(Dot, S::Place)>,
    /// Dots that the other has not heard of.
    fresh: CausalContext,
}

/// How many times as many dots as a delta names a state must know, so that looking each up costs less than a walk through both.
const FEW: u128 = 8;

impl<S: DotStore> Causal<S> {
    /// A document in which nothing was written.
    pub fn new() -> Self {
        Self::of(S::default(), CausalContext::new())
    }

    fn of(store: S, context: CausalContext) -> Self {
        Self { store, context, places: Places::new() }
    }

    /// What is there. The same reads are at hand on the document itself.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// The writes that this document has heard of, those that were taken back included.
    pub fn context(&self) -> &CausalContext {
        &self.context
    }

    /// How far each writer is known.
    pub fn version(&self) -> &Version {
        self.context.version()
    }

    /// The delta of one write by `writer`: what `change` makes of the store. The state stays as it is.
    ///
    /// `change` calls one of the store's writes, which all take the [`Dots`] first and answer what was written. Those of nested
    /// stores are reached through [`OrMap::update`](crate::OrMap::update).
    ///
    /// A second write by this writer needs the first one joined in, or it would take the same dots. Several writes at once are one
    /// change, put together by [`DotStore::and`].
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn write(&self, writer: WriterId, change: impl FnOnce(&S, &mut Dots) -> S) -> Self {
        let mut dots = Dots::new(writer, &self.context);
        let store = change(&self.store, &mut dots);
        // A store never holds what its context does not know, whatever `change` answers.
        dots.name_all(&store);
        Self::of(store, dots.into_context())
    }

    /// The first place, if there is one, where two different values met under one dot: two replicas wrote as one writer, or a peer lies.
    ///
    /// The state holds the conflict as any other value, so it reaches every replica; and as any other it can be taken back.
    pub fn clash(&self) -> Option<Conflict> {
        self.store.clash()
    }

    /// What `seen` lacks; and whether it may have to take back more than that.
    fn news_for(&self, seen: &Self) -> (News<S>, bool) {
        let fresh = self.context.diff(&seen.context).unwrap_or_default();
        let mut lost = Vec::new();
        let mut scan = Scan::new(&self.context, &seen.context);
        let added = self.store.news(&seen.store, &mut scan, &mut |dot, place| lost.push((dot, place)));
        // A dot that is not fresh is held by both, or it is gone here. Usually each has been come by already.
        let loses_more = scan.n_accounted() + fresh.n_dots() < self.context.n_dots();
        (News { added, lost, fresh }, loses_more)
    }

    /// Calls `lose` with each dot that `seen` holds and this state knows to be taken back.
    fn lost_by(&self, seen: &Self, lose: &mut dyn FnMut(Dot, S::Place)) {
        if !seen.places.are_known() || !self.is_small_beside(seen) {
            return self.store.lost(&seen.store, &self.context, lose);
        }
        for (dot, place) in self.context.ranges().flat_map(|range| seen.places.within(range)) {
            if !self.store.holds(dot, place) {
                lose(dot, place.clone());
            }
        }
    }

    fn is_small_beside(&self, seen: &Self) -> bool {
        self.context.n_dots() * FEW <= seen.context.n_dots()
    }

    /// Whether all that was heard of here is held, and held by `seen` too: then `seen` lacks nothing.
    fn is_plainly_held_by(&self, seen: &Self) -> bool {
        self.store.n_held_by(&seen.store) == Some(self.context.n_dots())
    }

    /// What `self` lacks of `delta`, of which it knows a share; `None` if nothing.
    fn lacks(&mut self, delta: &Self, known: Share) -> Option<News<S>> {
        if known == Share::All && delta.is_plainly_held_by(self) {
            return None;
        }
        let (mut news, loses_more) = delta.news_for(self);
        if loses_more {
            if delta.is_small_beside(self) {
                self.places.know(&self.store);
            }
            news.lost.clear();
            delta.lost_by(self, &mut |dot, place| news.lost.push((dot, place)));
        }
        news.is_some().then_some(news)
    }

    fn apply(&mut self, added: S, lost: &[(Dot, S::Place)], fresh: CausalContext) {
        // First what comes, so that a key under which one dot replaces another stays where it is; and so that a comparison that panics in
        // between leaves a state in which some of it is still to be taken back.
        self.put(added, &fresh);
        for (dot, place) in lost {
            self.store.take_back(*dot, place);
            self.places.take_back(*dot);
        }
    }

    /// Joins a state of which a share has been heard of.
    fn join_known(&mut self, other: &Self, known: Share) -> bool {
        let Some(News { added, lost, fresh }) = self.lacks(other, known) else {
            return false;
        };
        self.apply(added, &lost, fresh);
        true
    }

    /// Takes in what is held, and then `fresh`, what is heard of; whether that is any more.
    fn put(&mut self, added: S, fresh: &CausalContext) -> bool {
        let taking_in = TakingIn(self);
        let document = &mut *taking_in.0;
        // Without the index, if a comparison panics: it would know of dots that are not there.
        let mut places = mem::replace(&mut document.places, Places::new());
        places.add(&added);
        document.store.take_in(added);
        document.places = places;
        mem::forget(taking_in);
        self.context.join_ref(fresh)
    }

    /// The dots that were taken back.
    fn taken_back(&self) -> CausalContext {
        let mut held = Vec::new();
        self.store.for_each(&mut |dot| held.push(dot));
        held.sort_unstable();
        self.context.diff(&held.into_iter().collect()).unwrap_or_default()
    }
}

/// A document that takes in a store. If a comparison panics meanwhile, it has heard of what it holds by then, and of no more.
struct TakingIn<'a, S: DotStore>(&'a mut Causal<S>);

impl<S: DotStore> Drop for TakingIn<'_, S> {
    fn drop(&mut self) {
        let Causal { store, context, .. } = &mut *self.0;
        store.for_each(&mut |dot| _ = context.insert(dot));
    }
}

impl<S: DotStore> News<S> {
    fn is_some(&self) -> bool {
        !self.added.is_empty() || !self.lost.is_empty() || !self.fresh.is_bottom()
    }

    /// As a state, whose context names what it speaks of.
    fn into_delta(self) -> Causal<S> {
        let mut context = self.fresh;
        context.extend(self.lost.into_iter().map(|(dot, _)| dot));
        self.added.for_each(&mut |dot| _ = context.insert(dot));
        Causal::of(self.added, context)
    }
}

impl<S: DotStore> Deref for Causal<S> {
    type Target = S;

    fn deref(&self) -> &S {
        &self.store
    }
}

impl<S: DotStore> Default for Causal<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S: DotStore> Clone for Causal<S> {
    fn clone(&self) -> Self {
        Self::of(self.store.clone(), self.context.clone())
    }
}

impl<S: DotStore> PartialEq for Causal<S> {
    fn eq(&self, other: &Self) -> bool {
        self.context == other.context && self.store == other.store
    }
}

impl<S: DotStore + Eq> Eq for Causal<S> {}

impl<S: DotStore> fmt::Debug for Causal<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Causal").field("store", &self.store).field("context", &self.context).finish()
    }
}

impl<S: DotStore> Lattice for Causal<S> {
    fn join(&mut self, other: Self) -> bool {
        if self.context.is_bottom() {
            *self = other;
            return !self.context.is_bottom();
        }
        match self.context.share_of(&other.context) {
            // The usual delta: nothing that it speaks of has been heard of, so all of it is news.
            Share::Nothing => self.put(other.store, &other.context),
            known => self.join_known(&other, known),
        }
    }

    fn join_ref(&mut self, other: &Self) -> bool {
        match self.context.share_of(&other.context) {
            Share::Nothing => self.put(other.store.clone(), &other.context),
            known => self.join_known(other, known),
        }
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self.leq(other), other.leq(self)) {
            (true, true) => Some(Ordering::Equal),
            (true, false) => Some(Ordering::Less),
            (false, true) => Some(Ordering::Greater),
            (false, false) => None,
        }
    }

    fn leq(&self, other: &Self) -> bool {
        if !self.context.leq(&other.context) {
            return false;
        }
        let (news, loses_more) = self.news_for(other);
        let mut loses = false;
        if loses_more && !news.is_some() {
            self.lost_by(other, &mut |_, _| loses = true);
        }
        !news.is_some() && !loses
    }
}

impl<S: DotStore> Bottom for Causal<S> {
    fn bottom() -> Self {
        Self::new()
    }

    fn is_bottom(&self) -> bool {
        self.context.is_bottom()
    }
}

impl<S: DotStore> Delta for Causal<S> {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        let known = self.context.share_of(&delta.context);
        if known == Share::Nothing {
            return self.join(delta.clone()).then_some(delta);
        }
        let news = self.lacks(&delta, known)?;
        self.apply(news.added.clone(), &news.lost, news.fresh.clone());
        Some(news.into_delta())
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        let (mut news, loses_more) = self.news_for(seen);
        if loses_more {
            news.lost.clear();
            self.lost_by(seen, &mut |dot, place| news.lost.push((dot, place)));
        }
        news.is_some().then(|| news.into_delta())
    }

    fn forged(&self, delta: &Self, writer: WriterId) -> Option<Forged> {
        self.context.forged(&delta.context, writer)
    }

    /// One for each dot, and for each part of the value under it; those that were taken back come last.
    fn parts(&self) -> impl Iterator<Item = Self> {
        let held = self.store.parts().map(|(dot, store)| Self::of(store, CausalContext::from_iter([dot])));
        let taken_back = iter::once_with(|| self.taken_back());
        let taken_back = taken_back.flat_map(|dots| dots.ranges().collect::<Vec<_>>());
        let taken_back = taken_back.flat_map(DotRange::dots);
        held.chain(taken_back.map(|dot| Self::of(S::default(), CausalContext::from_iter([dot]))))
    }
}

/// The context, then the store.
impl<S: StoreCodec> Codec for Causal<S> {
    fn encode(&self, out: &mut Vec<u8>) {
        self.context.encode(out);
        self.store.encode_store(&mut StoreEncoder::new(&self.context, out));
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let context = CausalContext::decode(input)?;
        let mut stores = StoreDecoder::new(&context, input);
        let store = S::decode_store(&mut stores)?;
        stores.finish()?;
        Ok(Self::of(store, context))
    }

    fn describe(out: &mut Description) {
        out.is("Causal").part("store", S::describe_store);
    }
}

impl<S: DotStore> HasFields for Causal<S> {
    const NAME: &'static str = "Causal";
    const NAMES: &'static [&'static str] = &["version"];
}

impl<S: DotStore> HasField<Field<0>> for Causal<S> {
    type Lattice = Version;
}

impl<S: DotStore> Project<Field<0>> for Causal<S> {
    type Target = Version;

    fn project(&self) -> &Version {
        self.version()
    }
}
