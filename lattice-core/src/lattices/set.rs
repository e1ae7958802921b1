//! Std's sets, which only grow: the join is the union.
//!
//! ```text
//!        {a, b}           A ⊔ B = A ∪ B      A ⊑ B  iff  A ⊆ B
//!        /    \
//!      {a}    {b}         no state is in conflict
//!        \    /
//!          {}             bottom
//! ```
//!
//! A join by value puts the smaller set into the larger, whichever the receiver is, and still answers whether the *receiver*
//! grew; a join by reference clones the new elements only, unless the argument is much larger than the receiver or a copy costs less
//! than a search, and allocates nothing if there are none. A threshold `field >= x` is
//! reached once the set contains `x`.
//!
//! As a replicated type it is the state-based G-Set, Specification 11 of Shapiro, Preguiça, Baquero, Zawirski, INRIA RR-7506 (2011). Its delta is a set
//! of what is new, `BTreeSet::from([x])`, and it costs nothing beside the elements.
//!
//! Traps: nothing is ever taken out, and that an element is missing is true for now only.
//!
//! The receiver keeps its elements whatever a comparison, a hash or a clone does, and what it has got until then. Except that std's and hashbrown's tables,
//! where the program has taken elements out by itself, make room in place, and lose elements if a hash panics meanwhile: no join takes any out and puts
//! others in.

use alloc::{collections::BTreeSet, vec::Vec};
use core::{cmp::Ordering, iter::Peekable, mem};

use crate::{
    codec::{Codec, DecodeError, Decoder, encode_unsigned},
    delta::Delta,
    lattice::{Bottom, Lattice},
    schema::Description,
    strategies::Union,
    threshold::{
        Points,
        verdict::{Pair, Verdict},
    },
};

/// Whether a search for each of `n_few` elements in an ordered collection of `n_many` costs less than a walk through both.
pub(crate) fn few_enough(n_few: usize, n_many: usize) -> bool {
    let steps = n_many.checked_ilog2().unwrap_or(0) as usize + 1;
    n_few.saturating_mul(steps) < n_many
}

/// Goes on in ascending entries to the one under `key`, if there is one: for a walk through two ordered collections, side by side.
#[inline]
pub(crate) fn go_on_to<'a, K: Ord + 'a, V>(
    entries: &mut Peekable<impl Iterator<Item = (&'a K, V)>>,
    key: &K,
) -> Option<V> {
    loop {
        match entries.peek()?.0.cmp(key) {
            Ordering::Less => _ = entries.next(),
            Ordering::Equal => return entries.next().map(|(_, value)| value),
            Ordering::Greater => return None,
        }
    }
}

/// Whether a join by reference of `n_other` elements into `n` had better clone the whole argument, which copies its structure, and drain
/// the receiver into that.
pub(super) fn is_dwarfed(n: usize, n_other: usize) -> bool {
    n < n_other / 8
}

/// Whether a copy of a `T` costs less than a search, so that a join by reference may copy before it knows whether it must.
pub(super) const fn is_plain<T>() -> bool {
    !mem::needs_drop::<T>() && size_of::<T>() <= 4 * size_of::<usize>()
}

fn pour_ordered<T: Ord + Clone>(into: &mut BTreeSet<T>, from: BTreeSet<T>) {
    if few_enough(from.len(), into.len()) {
        into.extend(from);
        return;
    }
    // Side by side, so that what both have costs linear time; what is missing goes in afterwards.
    let mut elements = into.iter().map(|element| (element, ())).peekable();
    let missing = from.into_iter().filter(|element| go_on_to(&mut elements, element).is_none()).collect();
    put_missing(into, missing);
}

/// Takes in, in ascending order, what is not there.
fn put_missing<T: Ord + Clone>(into: &mut BTreeSet<T>, missing: Vec<T>) {
    if missing.len() <= into.len() / 2 {
        return into.extend(missing);
    }
    // In linear time; into a copy, since a comparison that panics inside of `append` loses both sets.
    let mut all = into.clone();
    all.append(&mut missing.into_iter().collect());
    *into = all;
}

fn add_ordered<T: Ord + Clone>(into: &mut BTreeSet<T>, from: &BTreeSet<T>) {
    if few_enough(from.len(), into.len()) {
        for element in from {
            if is_plain::<T>() || !into.contains(element) {
                into.insert(element.clone());
            }
        }
        return;
    }
    // `difference` walks both side by side unless one is much smaller, and an empty vector allocates nothing.
    let missing = from.difference(into).cloned().collect();
    put_missing(into, missing);
}

/// An ordered set in canonical form: the number of elements, then the elements in ascending order.
fn encode_sorted<'a, T: Codec + 'a>(elements: impl ExactSizeIterator<Item = &'a T>, out: &mut Vec<u8>) {
    encode_unsigned(elements.len() as u64, out);
    for element in elements {
        element.encode(out);
    }
}

/// Reads what [`encode_sorted`] wrote. The number of elements is not trusted: memory grows with the elements that are there.
fn decode_sorted<T: Codec + Ord>(input: &mut Decoder<'_>) -> Result<Vec<T>, DecodeError> {
    input.nested(|input| {
        let n_elements = input.unsigned()?;
        if n_elements > 0 {
            input.first_node::<T>()?;
        }
        let mut elements = Vec::new();
        for _ in 0..n_elements {
            input.element::<T>()?;
            let element = T::decode(input)?;
            if elements.last().is_some_and(|last| *last >= element) {
                return Err(input.error("the elements of a set are not in ascending order"));
            }
            elements.push(element);
        }
        Ok(elements)
    })
}

macro_rules! set {
    ($set:ident<T $(, $state:ident: $hasher:path)?>, T: [$($key:tt)+], $pour:ident, $add:ident) => {
        /// The join is the union.
        impl<T: $($key)+ + Clone $(, $state: $hasher)?> Lattice for $set<T $(, $state)?> {
            fn join(&mut self, mut other: Self) -> bool {
                let n_before = self.len();
                if n_before < other.len() {
                    // Copies, so that a panic leaves the receiver as it was.
                    $add(&mut other, self);
                    *self = other;
                    return true;
                }
                $pour(self, other);
                self.len() > n_before
            }

            fn join_ref(&mut self, other: &Self) -> bool
            where
                Self: Clone,
            {
                let n_before = self.len();
                if is_dwarfed(n_before, other.len()) {
                    return self.join(other.clone());
                }
                $add(self, other);
                self.len() > n_before
            }

            fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
                let order = self.len().cmp(&other.len());
                let comparable = if order.is_le() { self.is_subset(other) } else { self.is_superset(other) };
                comparable.then_some(order)
            }

            fn leq(&self, other: &Self) -> bool {
                self.is_subset(other)
            }
        }

        impl<T: $($key)+ + Clone $(, $state: $hasher + Default)?> Bottom for $set<T $(, $state)?> {
            fn bottom() -> Self {
                Self::default()
            }

            fn is_bottom(&self) -> bool {
                self.is_empty()
            }
        }

        impl<T: $($key)+ + Clone $(, $state: $hasher + Default + Clone)?> Delta for $set<T $(, $state)?> {
            fn absorb(&mut self, mut delta: Self) -> Option<Self> {
                delta.retain(|element| {
                    let new = !self.contains(element);
                    if new {
                        self.insert(element.clone());
                    }
                    new
                });
                (!delta.is_empty()).then_some(delta)
            }

            fn diff(&self, seen: &Self) -> Option<Self> {
                let mut missing = self.difference(seen).peekable();
                missing.peek()?;
                Some(missing.cloned().collect())
            }

            fn parts(&self) -> impl Iterator<Item = Self> {
                self.iter().map(|element| Self::from_iter([element.clone()]))
            }
        }

        impl<T $(, $state)?> Points for $set<T $(, $state)?>
        where
            T: $($key)+ + Clone + Send + Sync + 'static,
            $($state: $hasher,)?
        {
            type Point = T;

            fn is_at_least(&self, element: &T) -> bool {
                self.contains(element)
            }
        }

        impl<T, A, B $(, $state)?> Pair<A, B> for $set<T $(, $state)?>
        where
            T: $($key)+ + Clone + Send + Sync + 'static,
            $($state: $hasher,)?
        {
            const VERDICT: Verdict = Verdict::Compatible { join: "a set that contains both" };
        }

        impl<T: $($key)+ + Clone $(, $state: $hasher)?> Union for $set<T $(, $state)?> {}
    };
}

set!(BTreeSet<T>, T: [Ord], pour_ordered, add_ordered);

impl<T: Codec + Ord> Codec for BTreeSet<T> {
    fn encode(&self, out: &mut Vec<u8>) {
        encode_sorted(self.iter(), out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(decode_sorted(input)?.into_iter().collect())
    }

    fn describe(out: &mut Description) {
        out.is("set").part("element", T::describe);
    }
}

/// After so many elements a join of hashed sets knows about how many of the rest are new, and makes room for them at once: a table that
/// grows only when it is full moves more elements. Where none of them was new it makes none.
#[cfg(any(feature = "std", feature = "hashbrown", feature = "indexmap"))]
const N_SAMPLES: usize = 64;

/// The same for a set that finds its elements by their hashes: `hashed!(module: its path, for the feature that has it)`.
macro_rules! hashed {
    ($module:ident: $($path:ident)::+, for $feature:literal) => {
        #[cfg(feature = $feature)]
        mod $module {
            use core::hash::{BuildHasher, Hash};

            use $($path)::+ as HashedSet;

            use super::{
                Description, Bottom, Codec, DecodeError, Decoder, Delta, Lattice, Ordering, Pair, Points, Union, Vec,
                Verdict, N_SAMPLES, decode_sorted, encode_sorted, is_dwarfed, is_plain,
            };

            fn pour<T: Eq + Hash, S: BuildHasher>(into: &mut HashedSet<T, S>, from: HashedSet<T, S>) {
                let n_before = into.len();
                let mut rest = from.into_iter();
                rest.by_ref().take(N_SAMPLES).for_each(|element| place(into, element));
                let n_new = into.len() - n_before;
                into.reserve(rest.len() / N_SAMPLES * n_new);
                rest.for_each(|element| place(into, element));
            }

            // An insertion makes room before it knows whether it needs any. While there is room, it need not be asked whether it
            // will, which would hash twice.
            fn place<T: Eq + Hash, S: BuildHasher>(into: &mut HashedSet<T, S>, element: T) {
                if into.len() < into.capacity() || !into.contains(&element) {
                    into.insert(element);
                }
            }

            fn add<T: Eq + Hash + Clone, S: BuildHasher>(into: &mut HashedSet<T, S>, from: &HashedSet<T, S>) {
                let n_before = into.len();
                let mut rest = from.iter();
                rest.by_ref().take(N_SAMPLES).for_each(|element| look_and_place(into, element));
                let n_new = into.len() - n_before;
                into.reserve(rest.len() / N_SAMPLES * n_new);
                // Looking first hashes what is new twice, and saves a little where nothing is.
                if is_plain::<T>() && n_new >= N_SAMPLES / 4 {
                    rest.for_each(|element| place(into, element.clone()));
                } else {
                    rest.for_each(|element| look_and_place(into, element));
                }
            }

            // What is there already is not cloned, and makes no room.
            fn look_and_place<T: Eq + Hash + Clone, S: BuildHasher>(into: &mut HashedSet<T, S>, element: &T) {
                if !into.contains(element) {
                    into.insert(element.clone());
                }
            }

            set!(HashedSet<T, S: BuildHasher>, T: [Eq + Hash], pour, add);

            /// Sorted like a `BTreeSet`, so that the two have the same canonical form.
            impl<T: Codec + Ord + Hash, S: BuildHasher + Default> Codec for HashedSet<T, S> {
                fn encode(&self, out: &mut Vec<u8>) {
                    let mut sorted: Vec<&T> = self.iter().collect();
                    sorted.sort_unstable();
                    encode_sorted(sorted.into_iter(), out);
                }

                fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                    let elements = decode_sorted(input)?;
                    input.hashed_table::<T>(elements.len())?;
                    Ok(elements.into_iter().collect())
                }

                fn describe(out: &mut Description) {
                    out.is("set").part("element", T::describe);
                }
            }
        }
    };
}

hashed!(of_std: std::collections::HashSet, for "std");
hashed!(of_hashbrown: hashbrown::HashSet, for "hashbrown");
hashed!(of_indexmap: indexmap::IndexSet, for "indexmap");
