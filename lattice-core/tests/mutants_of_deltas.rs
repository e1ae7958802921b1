//! The checks of bottoms, deltas and canonical forms catch what they are for. Each mutant is a lawful lattice with one wrong answer.

use core::cmp::Ordering;

use lattice_core::{
    Bottom, Delta, Lattice,
    codec::{Codec, DecodeError, Decoder},
    laws::{self, Probe, Sample, Violation},
    schema::Description,
};
use proptest::prelude::*;

/// A lawful set of bits, but each answer about deltas is wrong where `WRONG` says so.
#[derive(Clone, Debug, PartialEq)]
struct Bits<const WRONG: char>(u8);

impl<const WRONG: char> Lattice for Bits<WRONG> {
    fn join(&mut self, other: Self) -> bool {
        let before = self.0;
        self.0 |= other.0;
        self.0 != before
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        match self.0 | other.0 {
            _ if *self == *other => Some(Ordering::Equal),
            join if join == other.0 => Some(Ordering::Less),
            join if join == self.0 => Some(Ordering::Greater),
            _ => None,
        }
    }
}

impl<const WRONG: char> Bottom for Bits<WRONG> {
    fn bottom() -> Self {
        Self(if WRONG == 'b' { 1 } else { 0 })
    }

    fn is_bottom(&self) -> bool {
        *self == Self::bottom()
    }
}

impl<const WRONG: char> Delta for Bits<WRONG> {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        let news = delta.0 & !self.0;
        self.join(delta.clone());
        if WRONG == 'a' { Some(delta) } else { (news != 0).then_some(Self(news)) }
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        let missing = self.0 & !seen.0;
        (missing != 0).then(|| if WRONG == 'd' { self.clone() } else { Self(missing) })
    }

    fn parts(&self) -> impl Iterator<Item = Self> {
        let whole = if WRONG == 'p' { Some(self.clone()) } else { None };
        let bits = (0..8).map(|bit| 1 << bit).filter(|bit| self.0 & bit != 0).map(Self);
        bits.chain(whole)
    }
}

impl<const WRONG: char> Codec for Bits<WRONG> {
    fn encode(&self, out: &mut Vec<u8>) {
        out.push(if WRONG == 'c' { self.0 & 1 } else { self.0 });
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        input.byte().map(Self)
    }

    fn describe(out: &mut Description) {
        out.is("Bits");
    }
}

/// The check must find the law broken by listed samples and by random ones.
fn caught<T: Sample>(law: &str, check: fn(&[T]) -> Result<(), Violation>, of: fn(u8) -> T) {
    let listed = check(&[0, 1, 2, 3].map(of)).expect_err("a mutant is unlawful");
    assert_eq!((listed.law, &*listed.path), (law, ""));
    let shrunk = laws::random(&(0_u8..8).prop_map(of), check).expect_err("a mutant is unlawful");
    assert_eq!((shrunk.law, &*shrunk.path), (law, ""), "{shrunk}");
}

#[test]
fn a_bottom_that_is_not_least_is_caught() {
    caught("bottom", laws::bottom, Bits::<'b'>);
}

#[test]
fn an_absorb_that_answers_old_news_is_caught() {
    caught("absorb", laws::delta, Bits::<'a'>);
}

#[test]
fn a_diff_that_answers_too_much_is_caught() {
    caught("diff", laws::delta, Bits::<'d'>);
}

#[test]
fn redundant_parts_are_caught() {
    caught("parts", laws::delta, Bits::<'p'>);
}

#[test]
fn a_codec_that_forgets_is_caught() {
    caught("codec", laws::codec, Bits::<'c'>);
}

/// A set whose bytes are in the order of its insertions, which is no part of the state.
#[derive(Clone, Debug)]
struct Inserted(Vec<u8>);

impl PartialEq for Inserted {
    fn eq(&self, other: &Self) -> bool {
        self.leq(other) && other.leq(self)
    }
}

impl Lattice for Inserted {
    fn join(&mut self, other: Self) -> bool {
        let before = self.0.len();
        for element in other.0 {
            if !self.0.contains(&element) {
                self.0.push(element);
            }
        }
        self.0.len() > before
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        let below = |left: &Self, right: &Self| left.0.iter().all(|element| right.0.contains(element));
        match (below(self, other), below(other, self)) {
            (true, true) => Some(Ordering::Equal),
            (true, false) => Some(Ordering::Less),
            (false, true) => Some(Ordering::Greater),
            (false, false) => None,
        }
    }
}

impl Codec for Inserted {
    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(&self.0);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut elements = Vec::new();
        while let Ok(element) = input.byte() {
            elements.push(element);
        }
        Ok(Self(elements))
    }

    fn describe(out: &mut Description) {
        out.is("Inserted");
    }
}

#[test]
fn a_form_that_is_not_canonical_is_caught() {
    let of = |n| Inserted([vec![1], vec![1, 2], vec![2, 1], vec![]][usize::from(n) % 4].clone());
    laws::lattice(&[0, 1, 2, 3].map(of)).unwrap();
    caught("codec", laws::codec, of);
}

/// One state.
#[derive(Clone, Debug, PartialEq)]
struct LawfulButNoMore;

impl Lattice for LawfulButNoMore {
    fn join(&mut self, _: Self) -> bool {
        false
    }

    fn lattice_cmp(&self, _: &Self) -> Option<Ordering> {
        Some(Ordering::Equal)
    }
}

#[test]
fn the_macro_checks_what_a_type_has_and_nothing_else() {
    assert!(Probe(&[0, 1, 2, 3].map(Bits::<'b'>)).bottom().is_err());
    assert!(Probe(&[0, 1, 2, 3].map(Bits::<'d'>)).delta().is_err());
    assert!(Probe(&[0, 1, 2, 3].map(Bits::<'c'>)).codec().is_err());
    assert!(Probe(&[LawfulButNoMore]).delta().is_ok());
}
