//! Into which parts is the input of a parallel loop cut?
//!
//! The cut depends on the length of the input alone, never on the number of workers or on who is idle: the parts of a
//! [reduction](super::Par::par_reduce) are joined in their order, so the answer is the same even where the joining is not associative, as
//! of floats.

use std::{ops::Range, slice};

/// Into how many parts at most. Enough for some dozens of workers to even out parts of unequal cost; few enough that taking them, some
/// ten nanoseconds each, is no matter.
const N_PARTS: usize = 256;

/// What a parallel loop can run over: ranges of integers, slices and mutable slices.
///
/// A mutable slice is the way to let tasks write side by side without LVars: each item is borrowed by one call only.
#[diagnostic::on_unimplemented(
    message = "a parallel loop cannot run over `{Self}`",
    label = "not a range of integers, a slice or a mutable slice",
    note = "of a `Vec` take `&vec[..]` or `&mut vec[..]`"
)]
pub trait Parts {
    /// What the loop's body gets.
    type Item;
    /// A part: consecutive items.
    type Part: Iterator<Item = Self::Item> + Send;

    /// Consecutive parts which together are the whole.
    fn parts(self) -> Vec<Self::Part>;
}

/// How long a part is, so that there are at most [`N_PARTS`].
fn part_len(len: usize) -> usize {
    len.div_ceil(N_PARTS).max(1)
}

impl<'a, T: Sync> Parts for &'a [T] {
    type Item = &'a T;
    type Part = slice::Iter<'a, T>;

    fn parts(self) -> Vec<Self::Part> {
        self.chunks(part_len(self.len())).map(<[T]>::iter).collect()
    }
}

impl<'a, T: Send> Parts for &'a mut [T] {
    type Item = &'a mut T;
    type Part = slice::IterMut<'a, T>;

    fn parts(self) -> Vec<Self::Part> {
        let len = part_len(self.len());
        self.chunks_mut(len).map(<[T]>::iter_mut).collect()
    }
}

impl<I: closed::Integer> Parts for Range<I> {
    type Item = I;
    type Part = closed::Integers<I>;

    fn parts(self) -> Vec<Self::Part> {
        let len = self.start.distance(self.end);
        let n_parts = len.min(N_PARTS as u64);
        // Before a bound lie as many of the items as lie parts before it. In 128 bits, since the length may need all of 64.
        let bound = |part: u64| (u128::from(len) * u128::from(part) / u128::from(n_parts)) as u64;
        (0..n_parts).map(|part| closed::Integers::new(self.start, bound(part)..bound(part + 1))).collect()
    }
}

mod closed {
    use std::ops::Range;

    /// An integer that a loop counts by; no other crate implements it.
    #[expect(unnameable_types, reason = "nobody can name it, so nobody else implements it")]
    pub trait Integer: Copy + Send {
        /// How many numbers there are from this one to before `end`.
        fn distance(self, end: Self) -> u64;
        /// The number that is this many above.
        fn above(self, by: u64) -> Self;
    }

    macro_rules! integers {
        ($($integer:ty)+) => {$(
            impl Integer for $integer {
                fn distance(self, end: Self) -> u64 {
                    (end as i128 - self as i128).max(0) as u64
                }

                fn above(self, by: u64) -> Self {
                    // Never above the end of a range, so that nothing is lost but signs that come back.
                    self.wrapping_add(by as $integer)
                }
            }
        )+};
    }

    integers!(u8 u16 u32 u64 usize i8 i16 i32 i64 isize);

    /// Consecutive integers.
    #[derive(Clone, Debug)]
    #[expect(unnameable_types, reason = "an iterator, and nothing else is promised")]
    pub struct Integers<I> {
        start: I,
        above: Range<u64>,
    }

    impl<I> Integers<I> {
        pub(super) fn new(start: I, above: Range<u64>) -> Self {
            Self { start, above }
        }
    }

    impl<I: Integer> Iterator for Integers<I> {
        type Item = I;

        fn next(&mut self) -> Option<I> {
            self.above.next().map(|by| self.start.above(by))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{N_PARTS, Parts};

    /// The parts, laid end to end.
    fn whole<P: Parts>(input: P) -> (usize, Vec<P::Item>) {
        let parts = input.parts();
        (parts.len(), parts.into_iter().flatten().collect())
    }

    #[test]
    fn the_parts_are_the_whole_in_its_order_and_are_not_too_many() {
        for len in [0, 1, 2, 255, 256, 257, 511, 512, 1000, 10_007] {
            let mut items: Vec<usize> = (0..len).collect();
            let (n_parts, found) = whole(&items[..]);
            assert!(found.into_iter().eq(&items) && n_parts <= N_PARTS, "{len}");
            let (n_parts, found) = whole(3..3 + len);
            assert!(found == (3..3 + len).collect::<Vec<_>>() && n_parts <= N_PARTS, "{len}");
            let (n_parts, found) = whole(-5..len as i64 - 5);
            assert!(found == (-5..len as i64 - 5).collect::<Vec<_>>() && n_parts <= N_PARTS, "{len}");
            let (n_parts, found) = whole(&mut items[..]);
            assert!(found.len() == len && n_parts <= N_PARTS, "{len}");
        }
    }

    #[test]
    fn a_range_may_be_empty_backwards_or_as_long_as_there_are_numbers() {
        assert_eq!(whole(7_u8..7), (0, vec![]));
        assert_eq!(whole(std::hint::black_box(7_u8)..3), (0, vec![]));
        assert_eq!(whole(usize::MAX - 1..usize::MAX), (1, vec![usize::MAX - 1]));
        let mut parts = (i64::MIN..i64::MAX).parts();
        assert_eq!(
            (parts.len(), parts[0].next(), parts[1].next()),
            (N_PARTS, Some(i64::MIN), Some(i64::MIN + (1 << 56) - 1))
        );
    }
}
