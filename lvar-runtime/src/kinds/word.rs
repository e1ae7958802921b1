//! The LVar of a total order over machine words: one atomic that only goes up.
//!
//! A put is a load and, if it raises the word, one compare-and-swap and a load of the state word. Writers meet waiters and the freezer in
//! the same way: both sides write one of the two words and then read the other, so at least one of them sees what the other did
//! (`lvar/README.md`, "The handshake of two words").
//!
//! The value of a frozen LVar is the one that was first read by who had seen the freeze. A put that raced with the freeze may raise the word
//! beyond it; it sees the freeze afterwards and is refused, and no read looks at the word of a frozen LVar again.

use std::{
    fmt::{self, Debug},
    marker::PhantomData,
};

use lattice_core::{
    All, Any, Bottom, Conflict, Max, Min, Total,
    threshold::{AtLeast, Points},
};

use crate::{
    error::PutError,
    level::{MayFreeze, Outside},
    lvar::{
        LVarType, Origin, Put, Watch,
        changes::on_change,
        header::Header,
        points::PointList,
        state::Snapshot,
        waiters::Registration,
        watch::{Lack, Leaf, Standing},
    },
    sync::{AtomicU32, AtomicU64, AtomicWord, Ordering, load_in_order},
};

/// A total order that fits a machine word: [`Max`] and [`Min`] over integers, [`Total`] floats, `char` and `bool`, [`Any`], [`All`].
pub trait Word: Points + Bottom + 'static {
    /// As wide as the words are: that of [`WordValue`].
    type Atomic: AtomicWord;

    /// The state as a word, greater for greater states.
    fn to_word(&self) -> u64;

    /// The state that a word stands for; only called with words of `to_word`.
    fn from_word(word: u64) -> Self;

    /// The word of the least state that is at a point.
    fn point_to_word(point: &Self::Point) -> u64;

    /// The state as the least point that it reaches.
    fn into_point(self) -> Self::Point;

    /// The state, for reports.
    fn describe(&self) -> String;

    /// What is waited for and how far the state is from it, for reports.
    fn describe_lack(&self, point: &Self::Point) -> String;
}

/// A plain value that fits a machine word.
pub trait WordValue: Copy + Ord + Debug + Send + Sync + 'static {
    /// As wide as the words are: that of `u32` if all of them fit 32 bits, else that of `u64`.
    type Atomic: AtomicWord;

    /// The value as a word, in the same order.
    fn to_word(self) -> u64;

    /// The value that a word stands for.
    fn from_word(word: u64) -> Self;

    /// How many steps there are between two values, if that says something to people: for integers.
    fn distance(self, _: Self) -> Option<u64> {
        None
    }
}

macro_rules! unsigned {
    ($($type:ty, $atomic:ty);+ $(;)?) => {$(
        impl WordValue for $type {
            type Atomic = $atomic;

            fn to_word(self) -> u64 {
                self as u64
            }

            fn from_word(word: u64) -> Self {
                word as $type
            }

            fn distance(self, other: Self) -> Option<u64> {
                Some(self.to_word().abs_diff(other.to_word()))
            }
        }
    )+};
}

unsigned!(u8, AtomicU32; u16, AtomicU32; u32, AtomicU32; u64, AtomicU64; usize, AtomicU64);

macro_rules! signed {
    ($($type:ty as $wide:ty as $unsigned:ty, $atomic:ty);+ $(;)?) => {$(
        impl WordValue for $type {
            type Atomic = $atomic;

            // The sign turns the order of two's complement into that of unsigned words.
            fn to_word(self) -> u64 {
                ((self as $wide).cast_unsigned() ^ 1 << (<$unsigned>::BITS - 1)).into()
            }

            fn from_word(word: u64) -> Self {
                (word as $unsigned ^ 1 << (<$unsigned>::BITS - 1)).cast_signed() as $type
            }

            fn distance(self, other: Self) -> Option<u64> {
                Some(self.to_word().abs_diff(other.to_word()))
            }
        }
    )+};
}

signed!(
    i8 as i32 as u32, AtomicU32;
    i16 as i32 as u32, AtomicU32;
    i32 as i32 as u32, AtomicU32;
    i64 as i64 as u64, AtomicU64;
    isize as i64 as u64, AtomicU64;
);

impl WordValue for bool {
    type Atomic = AtomicU32;

    fn to_word(self) -> u64 {
        if self { 1 } else { 0 }
    }

    fn from_word(word: u64) -> Self {
        word != 0
    }
}

impl WordValue for char {
    type Atomic = AtomicU32;

    fn to_word(self) -> u64 {
        u64::from(u32::from(self))
    }

    fn from_word(word: u64) -> Self {
        // Every word in the LVar was a `char` once.
        u32::try_from(word).ok().and_then(Self::from_u32).unwrap_or_default()
    }
}

macro_rules! floats {
    ($($float:ident as $bits:ident, $atomic:ident);+) => {$(
        impl WordValue for Total<$float> {
            type Atomic = $atomic;

            // The bits of positive floats are in their order, those of negative ones in the reverse of it.
            fn to_word(self) -> u64 {
                let bits = self.to_bits();
                let sign = 1 << ($bits::BITS - 1);
                let word = if bits & sign == 0 { bits | sign } else { !bits };
                word.into()
            }

            fn from_word(word: u64) -> Self {
                let word = word as $bits;
                let sign = 1 << ($bits::BITS - 1);
                Self($float::from_bits(if word & sign == 0 { !word } else { word & !sign }))
            }
        }
    )+};
}

floats!(f32 as u32, AtomicU32; f64 as u64, AtomicU64);

macro_rules! words {
    ([$($t:ident)?] $lattice:ty, $plain:ty, $value:ident => $word:expr, $from:ident => $back:expr, $wanted:literal, $further:literal) => {
        impl<$($t: WordValue)?> Word for $lattice
        where
            Self: Points<Point = $plain> + Bottom,
        {
            type Atomic = <$plain as WordValue>::Atomic;

            fn to_word(&self) -> u64 {
                let $value = self.0;
                $word
            }

            fn from_word($from: u64) -> Self {
                Self($back)
            }

            fn point_to_word(point: &$plain) -> u64 {
                let $value = *point;
                $word
            }

            fn into_point(self) -> $plain {
                self.0
            }

            fn describe(&self) -> String {
                format!("{:?}", self.0)
            }

            fn describe_lack(&self, point: &$plain) -> String {
                match WordValue::distance(self.0, *point) {
                    Some(distance) => format!(concat!($wanted, "{:?} ({} ", $further, ")"), point, distance),
                    None => format!(concat!($wanted, "{:?}"), point),
                }
            }
        }
    };
}

/// The word of a value in the opposite order.
fn opposite<T: WordValue>(value: T) -> u64 {
    T::Atomic::GREATEST - value.to_word()
}

words!([T] Max<T>, T, value => value.to_word(), word => T::from_word(word), "at least ", "more");
words!([T] Min<T>, T, value => opposite(value), word => T::from_word(T::Atomic::GREATEST - word), "at most ", "less");
words!([] Any, bool, value => value.to_word(), word => bool::from_word(word), "", "");
words!([] All, bool, value => (!value).to_word(), word => !bool::from_word(word), "", "");

/// The LVar of [`Max`], [`Min`], [`Any`] and [`All`] over what fits a machine word.
///
/// A put costs two loads, and one compare-and-swap if it raises the value.
pub struct WordLVar<L: Word> {
    word: AtomicU64,
    header: Header<PointList>,
    lattice: PhantomData<fn() -> L>,
}

impl<L: Word> WordLVar<L> {
    /// The present value. **Not deterministic**: it depends on the schedule.
    pub fn snapshot(&self, _: Outside) -> L {
        self.present()
    }

    fn present(&self) -> L {
        L::from_word(self.current())
    }

    #[cfg(test)]
    pub(crate) fn n_waiters(&self) -> usize {
        self.header.n_waiters()
    }

    /// The word: that of the frozen value once there is one.
    fn current(&self) -> u64 {
        let word = load_in_order(&self.word);
        // If a put that was refused had raised the word that was just read, this sees the freeze that refused it.
        if !self.header.state.load_in_order().is_frozen() {
            return word;
        }
        // Read again: between that read and the freeze a put may have raised the word and been accepted.
        self.header.frozen_word(load_in_order(&self.word))
    }

    #[inline]
    fn put_word(&self, value: u64) -> Result<(), PutError> {
        crate::turns::yield_point();
        // Acquire: pairs with the exchange below: who sees what a refused put wrote sees the freeze as well.
        let mut seen = self.word.load(Ordering::Acquire);
        let grew = loop {
            if value <= seen {
                break false;
            }
            // SeqCst: the write comes before the load of the state word in the total order of the handshake.
            // Acquire: a failure is the load above once more.
            match self.word.compare_exchange_weak(seen, value, Ordering::SeqCst, Ordering::Acquire) {
                Ok(_) => break true,
                Err(now) => seen = now,
            }
        };
        let state = self.header.state.load_in_order();
        if state.is_plain() { Ok(()) } else { self.put_among_others(value, grew, state) }
    }

    /// The rest of a put that somebody waits for, or that comes after a freeze.
    #[cold]
    fn put_among_others(&self, value: u64, grew: bool, state: Snapshot) -> Result<(), PutError> {
        if state.is_frozen() && value > self.current() {
            return Err(self.header.frozen(&format_args!("{}", L::from_word(value).describe())));
        }
        if grew && state.is_watched() {
            self.header.note_growth();
            self.notify();
        }
        Ok(())
    }

    #[cold]
    fn notify(&self) {
        self.header.notify(|| {
            let word = self.current();
            if self.header.state.load().is_frozen() { u64::MAX } else { word }
        });
    }
}

impl<L: Word> LVarType for WordLVar<L> {
    type Lattice = L;

    fn with_origin(origin: Origin) -> Self {
        Self {
            word: AtomicU64::new(L::bottom().to_word()),
            header: Header::new(origin, 0),
            lattice: PhantomData,
        }
    }

    fn freeze(&self, _: impl MayFreeze) -> Result<L, Conflict> {
        crate::turns::yield_point();
        let before = self.header.state.freeze();
        let frozen = self.current();
        if before.is_watched() {
            self.notify();
        }
        Ok(L::from_word(frozen))
    }

    fn into_value(self) -> Result<L, Conflict> {
        Ok(L::from_word(self.current()))
    }

    fn at_element(&self, element: L, watch: &mut Watch) -> bool {
        AtLeast::at_least(self, &element.into_point(), watch)
    }
}

on_change!([L: Word] WordLVar<L>);

impl<L: Word> Put for WordLVar<L> {
    #[inline]
    fn put(&self, value: impl Into<L>) -> Result<(), PutError> {
        self.put_word(value.into().to_word())
    }
}

/// The question whether a word is at or above a point.
struct AtOrAbove<'a, L: Word> {
    lvar: &'a WordLVar<L>,
    point: &'a L::Point,
}

impl<L: Word> Leaf for AtOrAbove<'_, L> {
    type Answer = ();

    fn standing(&self) -> Standing<()> {
        let is_frozen = self.lvar.header.state.load().is_frozen();
        if L::from_word(self.lvar.current()).is_at_least(self.point) {
            Standing::Reached(())
        } else if is_frozen {
            Standing::Frozen
        } else {
            Standing::Below
        }
    }

    fn register(&self, registration: &mut Registration) {
        self.lvar.header.register(registration, L::point_to_word(self.point));
    }

    fn explain(&self) -> Lack {
        let state = L::from_word(self.lvar.current());
        Lack {
            path: self.lvar.header.path(),
            state: state.describe(),
            wanted: state.describe_lack(self.point),
        }
    }
}

impl<L: Word> AtLeast<L, Watch> for WordLVar<L> {
    fn at_least(&self, point: &L::Point, watch: &mut Watch) -> bool {
        watch.ask(&AtOrAbove { lvar: self, point }).is_some()
    }
}

impl<L: Word> Default for WordLVar<L> {
    fn default() -> Self {
        Self::new()
    }
}

impl<L: Word> Debug for WordLVar<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.header.debug("WordLVar", f)
    }
}

#[cfg(test)]
#[cfg(not(loom))]
mod tests {
    use super::*;

    /// The words of ascending states ascend, fit, and stand for the states; `bottom` is below them all.
    fn words_are_in_the_order_of<W: Word + Clone + PartialEq + Debug>(ascending: &[W]) {
        let words: Vec<u64> = ascending.iter().map(Word::to_word).collect();
        assert!(words.is_sorted_by(|left, right| left < right), "{ascending:?}: {words:x?}");
        assert!(words.iter().all(|word| *word <= W::Atomic::GREATEST), "{ascending:?}: {words:x?}");
        assert!(words.iter().map(|word| W::from_word(*word)).eq(ascending.iter().cloned()));
        assert!(W::bottom().to_word() <= words[0], "{ascending:?}: {words:x?}");
        let points = ascending.iter().map(|state| W::point_to_word(&state.clone().into_point()));
        assert!(points.eq(words.iter().copied()), "{ascending:?}");
    }

    macro_rules! integers {
        ($($type:ty)+) => {$(
            let mut ascending = vec![<$type>::MIN, <$type>::MIN + 1, <$type>::MAX / 2, <$type>::MAX - 1, <$type>::MAX];
            words_are_in_the_order_of(&ascending.iter().copied().map(Max).collect::<Vec<_>>());
            ascending.reverse();
            words_are_in_the_order_of(&ascending.iter().copied().map(Min).collect::<Vec<_>>());
        )+};
    }

    #[test]
    fn words_are_in_the_order_of_their_states() {
        integers!(u8 u16 u32 u64 usize i8 i16 i32 i64 isize);
        words_are_in_the_order_of(&[-1, 0, 1].map(Max));
        words_are_in_the_order_of(&[1_i64, 0, -1].map(Min));
        words_are_in_the_order_of(&['\0', 'a', '\u{d7ff}', '\u{e000}', char::MAX].map(Max));
        words_are_in_the_order_of(&[false, true].map(Any));
        words_are_in_the_order_of(&[true, false].map(All));
        let floats = [f32::NEG_INFINITY, -1.0, -0.0, 0.0, f32::MIN_POSITIVE, 1.0, f32::INFINITY];
        words_are_in_the_order_of(&floats.map(|float| Max(Total(float))));
        words_are_in_the_order_of(&floats.map(|float| Max(Total(f64::from(float)))));
    }
}
