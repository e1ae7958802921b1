//! Dots with values, and dots alone: the leaves of every causal state.

use alloc::boxed::Box;
use core::{fmt, iter};

use crate::{
    causal::{CausalContext, Dot, DotStore, Scan, StoreCodec, StoreDecoder, StoreEncoder, few::Few},
    codec::{Codec, DecodeError},
    conflict::Conflict,
    delta::Delta,
    lattices::bottom_or_parts,
    schema::Description,
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
pub struct DotFun<V>(Few<Dot, V>);

impl<V> DotFun<V> {
    /// No dots.
    pub const fn new() -> Self {
        Self(Few::new())
    }

    /// One dot.
    pub const fn one(dot: Dot, value: V) -> Self {
        Self(Few::One(dot, value))
    }

    /// How many dots.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value under a dot.
    pub fn get(&self, dot: Dot) -> Option<&V> {
        self.0.get(&dot)
    }

    /// The dots and their values, in ascending order of dots.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (Dot, &V)> + DoubleEndedIterator {
        self.0.iter().map(|(&dot, value)| (dot, value))
    }

    /// The values, in ascending order of their dots.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &V> + DoubleEndedIterator {
        self.iter().map(|(_, value)| value)
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

/// Of a dot that comes twice the last value stays.
impl<V> FromIterator<(Dot, V)> for DotFun<V> {
    fn from_iter<I: IntoIterator<Item = (Dot, V)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

/// How many dots of the other side are looked at in passing, to see whether they are gone here.
const FEW: usize = 4;

#[diagnostic::do_not_recommend]
impl<V: Delta + PartialEq + fmt::Debug> DotStore for DotFun<V> {
    type Place = ();

    fn is_empty(&self) -> bool {
        self.is_empty()
    }

    fn for_each(&self, visit: &mut dyn FnMut(Dot)) {
        self.iter().for_each(|(dot, _)| visit(dot));
    }

    fn for_each_place(&self, visit: &mut dyn FnMut(Dot, ())) {
        self.for_each(&mut |dot| visit(dot, ()));
    }

    fn holds(&self, dot: Dot, (): &()) -> bool {
        self.get(dot).is_some()
    }

    fn n_held_by(&self, seen: &Self) -> Option<u128> {
        if let Few::One(dot, value) = &self.0 {
            return value.leq(seen.0.get(dot)?).then_some(1);
        }
        let mut held = self.iter().map(|(dot, value)| seen.get(dot).is_some_and(|there| value.leq(there)));
        held.all(|is_held| is_held).then_some(self.len() as u128)
    }

    fn news(&self, seen: &Self, scan: &mut Scan<'_>, lose: &mut dyn FnMut(Dot, ())) -> Self {
        // Most of two states of a size.
        if let (Few::One(dot, value), Few::One(there, beside)) = (&self.0, &seen.0)
            && dot == there
        {
            scan.account_for_one();
            return value.diff(beside).map_or(Self::new(), |news| Self::one(*dot, news));
        }
        let mut news = Few::new();
        for (dot, value) in self.iter() {
            let part = match seen.get(dot) {
                Some(there) => {
                    scan.account_for_one();
                    value.diff(there)
                }
                None => (!scan.is_known_there(dot)).then(|| value.clone()),
            };
            if let Some(part) = part {
                news.insert(dot, part);
            }
        }
        if seen.len() <= FEW {
            for (dot, _) in seen.iter() {
                if self.get(dot).is_none() && scan.is_known_here(dot) {
                    scan.account_for_one();
                    lose(dot, ());
                }
            }
        }
        Self(news)
    }

    fn lost(&self, seen: &Self, known: &CausalContext, lose: &mut dyn FnMut(Dot, ())) {
        for (dot, _) in seen.iter() {
            if self.get(dot).is_none() && known.contains(dot) {
                lose(dot, ());
            }
        }
    }

    fn take_in(&mut self, news: Self) {
        for (dot, value) in news.0 {
            self.0.put(dot, value, |here, value| _ = here.join(value));
        }
    }

    fn take_back(&mut self, dot: Dot, (): &()) {
        self.0.remove(&dot);
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
        let mut store = Few::new();
        let mut last = None;
        while let Some((dot, is_last)) = input.dot()? {
            match store.len() {
                // It lies in the store itself.
                0 => {}
                1 => input.bytes().first_node::<(Dot, V)>()?,
                // Nodes that are filled in ascending order are left half full.
                _ => input.bytes().memory(3 * size_of::<(Dot, V)>())?,
            }
            if last.replace(dot).is_some_and(|last| last >= dot) {
                return Err(input.bytes().error("the dots of a store are not in ascending order"));
            }
            store.insert(dot, V::decode(input.bytes())?);
            if is_last {
                return Ok(Self(store));
            }
        }
        if last.is_none() {
            Ok(Self(store))
        } else {
            Err(input.bytes().error("a store ends before its last dot"))
        }
    }

    fn describe_store(out: &mut Description) {
        out.is("values under dots").part("value", V::describe);
    }
}

#[cfg(test)]
mod tests {
    use super::{Dot, DotSet};

    #[test]
    fn a_set_of_one_dot_is_as_large_as_the_dot() {
        assert_eq!(size_of::<DotSet>(), size_of::<Dot>());
    }
}
