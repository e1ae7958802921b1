//! Dots with values, and dots alone: the leaves of every causal state.

use alloc::{boxed::Box, collections::BTreeMap};
use core::{fmt, iter, mem};

use crate::{
    causal::{CausalContext, Dot, DotStore, Scan, StoreCodec, StoreDecoder, StoreEncoder},
    codec::{Codec, DecodeError},
    conflict::Conflict,
    delta::Delta,
    lattices::bottom_or_parts,
};

/// A set of dots.
pub type DotSet = DotFun<()>;

/// A value for each of some dots.
///
/// ```text
///   (f ⋈ f′)(d) = f(d) ⊔ f′(d)   if both hold d
///                 f(d)           if only f does, and d ∉ c′
///                 f′(d)          if only f′ does, and d ∉ c
/// ```
///
/// A value is written once, with its dot, so two that meet under one dot are equal, unless two writers had one identity. With
/// values that are [`Flat`](crate::Flat) the two then conflict, and [`clash`](DotStore::clash) says so.
///
/// Cost: one dot and its value take no allocation; more of them are an ordered map.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DotFun<V>(Entries<V>);

/// In a form that equal ones share: one is `One`, none is `Many(None)`.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Entries<V> {
    // The box leaves room for the dot's niche: a set of one dot is as large as the dot.
    #[expect(
        clippy::box_collection,
        reason = "a map is three words, and most stores hold one dot, which is two"
    )]
    Many(Option<Box<BTreeMap<Dot, V>>>),
    One(Dot, V),
}

impl<V> DotFun<V> {
    /// No dots.
    pub const fn new() -> Self {
        Self(Entries::Many(None))
    }

    /// One dot.
    pub const fn one(dot: Dot, value: V) -> Self {
        Self(Entries::One(dot, value))
    }

    /// How many dots.
    pub fn len(&self) -> usize {
        match &self.0 {
            Entries::One(..) => 1,
            Entries::Many(many) => many.as_ref().map_or(0, |many| many.len()),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        matches!(self.0, Entries::Many(None))
    }

    /// The value under a dot.
    pub fn get(&self, dot: Dot) -> Option<&V> {
        match &self.0 {
            Entries::One(here, value) => (*here == dot).then_some(value),
            Entries::Many(many) => many.as_ref()?.get(&dot),
        }
    }

    /// The dots and their values, in ascending order of dots.
    pub fn iter(&self) -> impl Iterator<Item = (Dot, &V)> {
        let (one, many) = match &self.0 {
            Entries::One(dot, value) => (Some((*dot, value)), None),
            Entries::Many(many) => (None, many.as_deref()),
        };
        let many = many.into_iter().flat_map(|many| many.iter().map(|(&dot, value)| (dot, value)));
        one.into_iter().chain(many)
    }

    /// The values, in ascending order of their dots.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// Puts a value under a dot that has none.
    fn insert(&mut self, dot: Dot, value: V) {
        self.0 = match mem::replace(&mut self.0, Entries::Many(None)) {
            Entries::Many(None) => Entries::One(dot, value),
            Entries::Many(Some(mut many)) => {
                many.insert(dot, value);
                Entries::Many(Some(many))
            }
            Entries::One(other, beside) => {
                let both = BTreeMap::from_iter([(other, beside), (dot, value)]);
                Entries::Many(Some(Box::new(both)))
            }
        };
    }

    fn get_mut(&mut self, dot: Dot) -> Option<&mut V> {
        match &mut self.0 {
            Entries::One(here, value) => (*here == dot).then_some(value),
            Entries::Many(many) => many.as_mut()?.get_mut(&dot),
        }
    }

    fn remove(&mut self, dot: Dot) {
        self.0 = match mem::replace(&mut self.0, Entries::Many(None)) {
            Entries::One(here, _) if here == dot => Entries::Many(None),
            Entries::Many(Some(mut many)) => {
                many.remove(&dot);
                match (many.len(), many.pop_first()) {
                    (1, Some((dot, value))) => Entries::One(dot, value),
                    (_, Some((dot, value))) => {
                        many.insert(dot, value);
                        Entries::Many(Some(many))
                    }
                    (_, None) => Entries::Many(None),
                }
            }
            other => other,
        };
    }
}

impl<V> Default for DotFun<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V: fmt::Debug> fmt::Debug for DotFun<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if size_of::<V>() == 0 {
            return f.debug_set().entries(self.iter().map(|(dot, _)| dot)).finish();
        }
        f.debug_map().entries(self.iter()).finish()
    }
}

/// Later values of a dot that comes twice are dropped.
impl<V> FromIterator<(Dot, V)> for DotFun<V> {
    fn from_iter<I: IntoIterator<Item = (Dot, V)>>(entries: I) -> Self {
        let mut store = Self::new();
        for (dot, value) in entries {
            if store.get(dot).is_none() {
                store.insert(dot, value);
            }
        }
        store
    }
}

impl<V: Delta + PartialEq + fmt::Debug> DotStore for DotFun<V> {
    type Place = ();

    fn is_empty(&self) -> bool {
        self.is_empty()
    }

    fn for_each(&self, visit: &mut dyn FnMut(Dot, ())) {
        self.iter().for_each(|(dot, _)| visit(dot, ()));
    }

    fn holds(&self, dot: Dot, (): &()) -> bool {
        self.get(dot).is_some()
    }

    fn news(&self, seen: &Self, scan: &mut Scan<'_>) -> Self {
        let mut news = Self::new();
        for (dot, value) in self.iter() {
            let part = match seen.get(dot) {
                Some(there) => {
                    scan.found_in_both();
                    value.diff(there)
                }
                None => (!scan.knows(dot)).then(|| value.clone()),
            };
            if let Some(part) = part {
                news.insert(dot, part);
            }
        }
        news
    }

    fn lost(&self, seen: &Self, known: &CausalContext, lose: &mut dyn FnMut(Dot, ())) {
        for (dot, _) in seen.iter() {
            if self.get(dot).is_none() && known.contains(dot) {
                lose(dot, ());
            }
        }
    }

    fn put(&mut self, news: Self) {
        let (one, many) = match news.0 {
            Entries::One(dot, value) => (Some((dot, value)), None),
            Entries::Many(many) => (None, many),
        };
        for (dot, value) in one.into_iter().chain(many.into_iter().flat_map(|many| *many)) {
            match self.get_mut(dot) {
                Some(here) => _ = here.join(value),
                None => self.insert(dot, value),
            }
        }
    }

    fn take_back(&mut self, dot: Dot, (): &()) {
        self.remove(dot);
    }

    fn parts(&self) -> Box<dyn Iterator<Item = (Dot, Self)> + '_> {
        let parts = |(dot, value)| iter::repeat(dot).zip(bottom_or_parts(value));
        Box::new(self.iter().flat_map(parts).map(|(dot, part)| (dot, Self::one(dot, part))))
    }

    fn clash(&self) -> Option<Conflict> {
        self.iter().find_map(|(dot, value)| Some(value.conflict()?.at_key(&dot)))
    }
}

/// The dots, each followed by its value.
impl<V: Delta + Codec + PartialEq + fmt::Debug> StoreCodec for DotFun<V> {
    fn encode_store(&self, out: &mut StoreEncoder<'_>) {
        let mut rest = self.len();
        if rest == 0 {
            out.no_dots();
        }
        for (dot, value) in self.iter() {
            rest -= 1;
            out.dot(dot, rest > 0);
            value.encode(out.bytes());
        }
    }

    fn decode_store(input: &mut StoreDecoder<'_, '_>) -> Result<Self, DecodeError> {
        let mut store = Self::new();
        let mut last = None;
        while let Some((dot, is_last)) = input.dot()? {
            if last.replace(dot).is_some_and(|last| last >= dot) {
                return Err(input.bytes().error("the dots of a store are not in ascending order"));
            }
            store.insert(dot, V::decode(input.bytes())?);
            if is_last {
                return Ok(store);
            }
        }
        if last.is_none() { Ok(store) } else { Err(input.bytes().error("a store ends before its last dot")) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Dot, DotFun, DotSet};
    use crate::WriterId;

    fn dot(count: u64) -> Dot {
        Dot::new(WriterId(1), count).unwrap()
    }

    #[test]
    fn a_set_of_one_dot_is_as_large_as_the_dot() {
        assert_eq!(size_of::<DotSet>(), size_of::<Dot>());
    }

    #[test]
    fn equal_stores_have_equal_forms_however_they_came_about() {
        let mut store: DotFun<u8> = [3, 1, 2].map(|n| (dot(n), n as u8)).into_iter().collect();
        store.remove(dot(3));
        store.remove(dot(1));
        assert_eq!(store, DotFun::one(dot(2), 2));
        store.remove(dot(7));
        store.remove(dot(2));
        assert_eq!(store, DotFun::new());
    }
}
