//! Stores under keys.

use alloc::{boxed::Box, vec::Vec};
use core::{borrow::Borrow, fmt};

use crate::{
    causal::{CausalContext, Dot, DotStore, Scan, StoreCodec, StoreDecoder, StoreEncoder, few::Few},
    codec::{Codec, DecodeError, encode_unsigned},
    conflict::Conflict,
    lattices::{few_enough, go_on_to},
    schema::Description,
};

/// A store under each of some keys; none of them is empty, because an empty one is the same as none.
///
/// ```text
///   (m ⋈ m′)(k) = m(k) ⋈ m′(k)      where an absent key is the empty store
/// ```
///
/// Cost: an entry of an ordered map for each key.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DotMap<K, S>(Few<K, S>);

impl<K, S> DotMap<K, S> {
    /// No keys.
    pub const fn new() -> Self {
        Self(Few::new())
    }

    /// How many keys.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The keys and their stores, in ascending order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&K, &S)> + DoubleEndedIterator {
        self.0.iter()
    }
}

impl<K: Ord, S: DotStore> DotMap<K, S> {
    /// One key, unless there is nothing to hold under it.
    pub fn one(key: K, store: S) -> Self {
        Self::from_iter([(key, store)])
    }

    /// The store under a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&S>
    where
        K: Borrow<Q>,
    {
        self.0.get(key)
    }
}

impl<K, S> Default for DotMap<K, S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: fmt::Debug, S: fmt::Debug> fmt::Debug for DotMap<K, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// Keys with nothing under them are left out; of a key that comes twice the last store stays.
impl<K: Ord, S: DotStore> FromIterator<(K, S)> for DotMap<K, S> {
    fn from_iter<I: IntoIterator<Item = (K, S)>>(entries: I) -> Self {
        Self(entries.into_iter().filter(|(_, store)| !store.is_empty()).collect())
    }
}

impl<K: Ord + Clone + fmt::Debug, S: DotStore> DotMap<K, S> {
    /// Calls `visit` with each key of `few` and the stores there and in `many`, in ascending order of keys, until it answers false: by a
    /// search for each key, or side by side if that costs less. Answers whether it never did.
    fn walk_beside<'a>(
        few: &'a Self,
        many: &'a Self,
        mut visit: impl FnMut(&'a K, &'a S, Option<&'a S>) -> bool,
    ) -> bool {
        if few_enough(few.len(), many.len()) {
            return few.iter().all(|(key, store)| visit(key, store, many.0.get(key)));
        }
        let mut many = many.iter().peekable();
        few.iter().all(|(key, store)| visit(key, store, go_on_to(&mut many, key)))
    }
}

#[diagnostic::do_not_recommend]
impl<K: Ord + Clone + fmt::Debug, S: DotStore> DotStore for DotMap<K, S> {
    type Place = (K, S::Place);

    fn is_empty(&self) -> bool {
        self.is_empty()
    }

    fn for_each(&self, visit: &mut dyn FnMut(Dot)) {
        self.iter().for_each(|(_, store)| store.for_each(visit));
    }

    fn for_each_place(&self, visit: &mut dyn FnMut(Dot, Self::Place)) {
        for (key, store) in self.iter() {
            store.for_each_place(&mut |dot, place| visit(dot, (key.clone(), place)));
        }
    }

    fn holds(&self, dot: Dot, (key, place): &Self::Place) -> bool {
        self.get(key).is_some_and(|store| store.holds(dot, place))
    }

    fn n_held_by(&self, seen: &Self) -> Option<u128> {
        // A delta is of one key.
        if let Few::One(key, store) = &self.0 {
            return store.n_held_by(seen.0.get(key)?);
        }
        let mut n_held = 0;
        let are_held = Self::walk_beside(self, seen, |_, store, beside| {
            let held = beside.and_then(|beside| store.n_held_by(beside));
            n_held += held.unwrap_or(0);
            held.is_some()
        });
        are_held.then_some(n_held)
    }

    fn news(&self, seen: &Self, scan: &mut Scan<'_>, lose: &mut dyn FnMut(Dot, Self::Place)) -> Self {
        let nothing = S::default();
        let mut under = |key: &K, store: &S, beside: Option<&S>| {
            let lose = &mut |dot, place| lose(dot, (key.clone(), place));
            let part = store.news(beside.unwrap_or(&nothing), scan, lose);
            (!part.is_empty()).then(|| (key.clone(), part))
        };
        // A delta is of one key.
        if let Few::One(key, store) = &self.0 {
            return Self(under(key, store, seen.0.get(key)).into_iter().collect());
        }
        let mut news = Vec::new();
        Self::walk_beside(self, seen, |key, store, beside| {
            // `news.extend` moves an entry before it looks whether there is one, which would double the time of the walk.
            if let Some(entry) = under(key, store, beside) {
                news.push(entry);
            }
            true
        });
        // In order already, so collecting is linear.
        Self(news.into_iter().collect())
    }

    fn lost(&self, seen: &Self, known: &CausalContext, lose: &mut dyn FnMut(Dot, Self::Place)) {
        let nothing = S::default();
        Self::walk_beside(seen, self, |key, store, beside| {
            let lose = &mut |dot, place| lose(dot, (key.clone(), place));
            beside.unwrap_or(&nothing).lost(store, known, lose);
            true
        });
    }

    fn take_in(&mut self, news: Self) {
        if self.is_empty() {
            *self = news;
            return;
        }
        // More than the searches of another order say, since news comes in order, so that its searches meet.
        if news.len() < 2 || news.len() < self.len() / 8 {
            news.0.into_iter().for_each(|(key, part)| self.0.put(key, part, S::take_in));
            return;
        }
        // Side by side; what is under keys of its own goes in afterwards.
        let mut apart = Vec::new();
        let mut slots = self.0.iter_mut().peekable();
        for (key, part) in news.0 {
            match go_on_to(&mut slots, &key) {
                Some(slot) => slot.take_in(part),
                None => apart.push((key, part)),
            }
        }
        self.0.put_missing(apart);
    }

    fn take_back(&mut self, dot: Dot, (key, place): &Self::Place) {
        self.0.remove_if(key, |store| {
            store.take_back(dot, place);
            store.is_empty()
        });
    }

    fn parts(&self) -> Box<dyn Iterator<Item = (Dot, Self)> + '_> {
        Box::new(self.iter().flat_map(|(key, store)| {
            store.parts().map(|(dot, part)| (dot, Self(Few::One(key.clone(), part))))
        }))
    }

    fn clash(&self) -> Option<Conflict> {
        self.iter().find_map(|(key, store)| Some(store.clash()?.at_key(key)))
    }
}

/// The number of keys; then each key and its store, in ascending order.
impl<K: Ord + Clone + fmt::Debug + Codec, S: StoreCodec> StoreCodec for DotMap<K, S> {
    fn encode_store(&self, out: &mut StoreEncoder<'_>) {
        encode_unsigned(self.len() as u64, out.bytes());
        for (key, store) in self.iter() {
            key.encode(out.bytes());
            store.encode_store(out);
        }
    }

    fn decode_store(input: &mut StoreDecoder<'_, '_>) -> Result<Self, DecodeError> {
        let n_entries = input.bytes().unsigned()?;
        if n_entries > 1 {
            input.bytes().first_node::<(K, S)>()?;
        }
        let mut entries: Vec<(K, S)> = Vec::new();
        // The number is not trusted: memory grows with the entries that are there. How deep stores nest, the type says.
        for _ in 0..n_entries {
            input.bytes().element::<(K, S)>()?;
            let key = K::decode(input.bytes())?;
            if entries.last().is_some_and(|(last, _)| *last >= key) {
                return Err(input.bytes().error("the keys of a store are not in ascending order"));
            }
            let store = S::decode_store(input)?;
            if store.is_empty() {
                return Err(input.bytes().error("a store holds nothing under a key"));
            }
            // By half at a time: the dots of the document are kept beside.
            if entries.len() == entries.capacity() {
                entries.reserve_exact(entries.len() / 2 + 1);
            }
            entries.push((key, store));
        }
        Ok(Self(Few::from(entries)))
    }

    fn describe_store(out: &mut Description) {
        out.is("stores under keys").part("key", K::describe).part("value", S::describe_store);
    }
}
