//! A set of small integers, as bits.

use alloc::vec::Vec;
use core::{cmp::Ordering, fmt, hash, marker::PhantomData, mem};

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

/// A key that is a small integer, or stands for one: an index of a node, a variable, a row.
///
/// What is dense takes memory for each index below its greatest: keys should be given out one after the other from zero.
///
/// ```
/// use lvars::DenseKey;
///
/// #[derive(Clone, Copy, Debug, PartialEq, Eq)]
/// struct Node(u32);
///
/// impl DenseKey for Node {
///     fn to_index(self) -> usize {
///         self.0.to_index()
///     }
///
///     fn from_index(index: usize) -> Self {
///         Self(u32::from_index(index))
///     }
/// }
/// ```
pub trait DenseKey: Copy + Eq + fmt::Debug + Send + Sync + 'static {
    /// The index, another one for each key.
    fn to_index(self) -> usize;

    /// The key with an index that [`to_index`](Self::to_index) has answered. For any other index, as damaged bytes may have, any key will
    /// do, but it must not panic.
    fn from_index(index: usize) -> Self;
}

macro_rules! keys {
    ($($key:ty)+) => {$(
        impl DenseKey for $key {
            fn to_index(self) -> usize {
                self as usize
            }

            fn from_index(index: usize) -> Self {
                index as $key
            }
        }
    )+};
}

keys!(u8 u16 u32 usize);

/// Whether a key has this index.
pub(super) fn is_index<K: DenseKey>(index: usize) -> bool {
    K::from_index(index).to_index() == index
}

/// A set of keys that are small integers: one bit for each index below the greatest.
///
/// ```text
///        {0, 7}           A ⊔ B = A ∪ B      A ⊑ B  iff  A ⊆ B
///        /    \
///      {0}    {7}         no state is in conflict
///        \    /
///          {}             bottom
/// ```
///
/// The same lattice as a `BTreeSet` of the keys, which is the better one where they are few and far between. A join costs a step for
/// every 64 indices of the argument. A threshold `field >= x` is reached once the set contains `x`.
///
/// ```
/// use lvars::{DenseSet, Lattice};
///
/// let mut seen = DenseSet::from_iter([3_u32, 1]);
/// assert!(seen.join(DenseSet::from_iter([1, 200])));
/// assert_eq!(seen.iter().collect::<Vec<_>>(), [1, 3, 200]);
/// assert!(!seen.insert(3));
/// ```
pub struct DenseSet<T> {
    /// Without zeros at the end, so that equal sets are equal here.
    words: Vec<u64>,
    keys: PhantomData<fn() -> T>,
}

impl<T: DenseKey> DenseSet<T> {
    /// The empty set.
    pub const fn new() -> Self {
        Self { words: Vec::new(), keys: PhantomData }
    }

    /// Puts a key in; whether it is new.
    pub fn insert(&mut self, key: T) -> bool {
        let (at, bit) = place(key);
        if self.words.len() <= at {
            self.words.resize(at + 1, 0);
        }
        let is_new = self.words[at] & bit == 0;
        self.words[at] |= bit;
        is_new
    }

    /// Whether the key is in.
    pub fn contains(&self, key: T) -> bool {
        let (at, bit) = place(key);
        self.words.get(at).is_some_and(|word| word & bit != 0)
    }

    /// How many keys there are; counts them.
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The keys, in the order of their indices.
    pub fn iter(&self) -> impl Iterator<Item = T> + '_ {
        self.indices().map(T::from_index)
    }

    fn indices(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(at, word)| indices(at, *word))
    }

    /// The set with these bits.
    fn of(mut words: Vec<u64>) -> Self {
        while words.last() == Some(&0) {
            words.pop();
        }
        Self { words, keys: PhantomData }
    }
}

/// In which word a key is, and which bit of it.
fn place<T: DenseKey>(key: T) -> (usize, u64) {
    let index = key.to_index();
    (index / 64, 1 << (index % 64))
}

/// The indices of a word.
fn indices(at: usize, word: u64) -> impl Iterator<Item = usize> {
    let rest = core::iter::successors(Some(word), |word| Some(word & word.wrapping_sub(1)));
    rest.take_while(|word| *word != 0).map(move |word| at * 64 + word.trailing_zeros() as usize)
}

impl<T: DenseKey> Lattice for DenseSet<T> {
    fn join(&mut self, mut other: Self) -> bool {
        let grows = self.words.len() < other.words.len();
        if grows {
            mem::swap(self, &mut other);
            self.join_ref(&other);
        }
        grows || self.join_ref(&other)
    }

    fn join_ref(&mut self, other: &Self) -> bool {
        let mut grew = false;
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            grew |= other & !*word != 0;
            *word |= other;
        }
        if let Some(beyond @ [_, ..]) = other.words.get(self.words.len()..) {
            self.words.extend_from_slice(beyond);
            grew = true;
        }
        grew
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
        self.words.len() <= other.words.len()
            && self.words.iter().zip(&other.words).all(|(word, other)| word & !other == 0)
    }
}

impl<T: DenseKey> Bottom for DenseSet<T> {
    fn bottom() -> Self {
        Self::new()
    }

    fn is_bottom(&self) -> bool {
        self.is_empty()
    }
}

impl<T: DenseKey> Delta for DenseSet<T> {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        let news = delta.diff(self);
        self.join(delta);
        news
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        let seen = seen.words.iter().chain(core::iter::repeat(&0));
        let missing = Self::of(self.words.iter().zip(seen).map(|(word, seen)| word & !seen).collect());
        (!missing.is_empty()).then_some(missing)
    }

    fn parts(&self) -> impl Iterator<Item = Self> {
        self.iter().map(|key| Self::from_iter([key]))
    }
}

impl<T: DenseKey> Points for DenseSet<T> {
    type Point = T;

    fn is_at_least(&self, key: &T) -> bool {
        self.contains(*key)
    }
}

impl<T: DenseKey, A, B> Pair<A, B> for DenseSet<T> {
    const VERDICT: Verdict = Verdict::Compatible { join: "a set that contains both" };
}

impl<T: DenseKey> Union for DenseSet<T> {}

/// The number of words, then the words. Their memory is that of the bytes that are there, whatever these say.
impl<T: DenseKey> Codec for DenseSet<T> {
    fn encode(&self, out: &mut Vec<u8>) {
        encode_unsigned(self.words.len() as u64, out);
        self.words.iter().for_each(|word| encode_unsigned(*word, out));
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut words = Vec::new();
        for _ in 0..input.unsigned()? {
            input.element::<u64>()?;
            words.push(input.unsigned()?);
        }
        if words.last() == Some(&0) {
            return Err(input.error("a dense set ends with an empty word"));
        }
        let set = Self { words, keys: PhantomData };
        if set.indices().all(is_index::<T>) {
            Ok(set)
        } else {
            Err(input.error("a dense set has an element at an index that no key has"))
        }
    }

    fn describe(out: &mut Description) {
        out.is("dense set");
    }
}

impl<T: DenseKey> FromIterator<T> for DenseSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(keys: I) -> Self {
        let mut set = Self::new();
        set.extend(keys);
        set
    }
}

impl<T: DenseKey> Extend<T> for DenseSet<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, keys: I) {
        keys.into_iter().for_each(|key| {
            self.insert(key);
        });
    }
}

impl<T: DenseKey, const N: usize> From<[T; N]> for DenseSet<T> {
    fn from(keys: [T; N]) -> Self {
        Self::from_iter(keys)
    }
}

impl<T: DenseKey> fmt::Debug for DenseSet<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl<T> Clone for DenseSet<T> {
    fn clone(&self) -> Self {
        Self { words: self.words.clone(), keys: PhantomData }
    }
}

impl<T: DenseKey> Default for DenseSet<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> PartialEq for DenseSet<T> {
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words
    }
}

impl<T> Eq for DenseSet<T> {}

impl<T> hash::Hash for DenseSet<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.words.hash(state);
    }
}

crate::laws!(
    DenseSet<u8>,
    [&[][..], &[0], &[63], &[64], &[0, 64], &[63, 64, 200], &[200], &[1, 2, 3]]
        .map(|keys| keys.iter().copied().collect()),
);
