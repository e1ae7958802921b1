//! The checkers catch what they are for: each mutant breaks one law, in a way in which real code has broken it, and the violation
//! names that law.

use core::cmp::Ordering;
use std::collections::BTreeSet;

use lattice_core::{
    Bottom, Conflict, Delta, Lattice,
    codec::{Codec, DecodeError, Decoder},
    laws::{self, Probe, Sample},
};

/// The order that a join implies, so that a mutant is wrong in one way only.
fn by_join<T: Sample>(a: &T, b: &T) -> Option<Ordering> {
    let join = a.clone().joined(b.clone());
    match (join == *b, join == *a) {
        (true, true) => Some(Ordering::Equal),
        (true, false) => Some(Ordering::Less),
        (false, true) => Some(Ordering::Greater),
        (false, false) => None,
    }
}

macro_rules! mutant {
    ($name:ident($state:ty), join: $join:expr, cmp: $cmp:expr $(, $method:item)*) => {
        #[derive(Clone, Debug, PartialEq)]
        struct $name($state);

        impl Lattice for $name {
            fn join(&mut self, other: Self) -> bool {
                let join: fn(&$state, &$state) -> $state = $join;
                let joined = Self(join(&self.0, &other.0));
                let grew = joined != *self;
                *self = joined;
                grew
            }

            fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
                $cmp(self, other)
            }

            $($method)*
        }
    };
}

fn broken_law<T: Sample>(samples: &[T]) -> &'static str {
    laws::lattice(samples).expect_err("a mutant is unlawful").law
}

// A set is a key that is only partly ordered; where two keys are incomparable, this pair joins the payloads too.
mutant!(
    LexicographicPair((BTreeSet<u8>, u8)),
    join: |(left_key, left), (right_key, right)| match left_key.lattice_cmp(right_key) {
        Some(Ordering::Less) => (right_key.clone(), *right),
        Some(Ordering::Greater) => (left_key.clone(), *left),
        Some(Ordering::Equal) | None => (left_key | right_key, *left.max(right)),
    },
    cmp: by_join
);

#[test]
fn a_lexicographic_pair_with_a_partial_key_is_not_associative() {
    let samples = [(vec![1], 5), (vec![2], 1), (vec![1, 2], 0)]
        .map(|(key, payload)| LexicographicPair((key.into_iter().collect(), payload)));
    assert_eq!(broken_law(&samples), "associative");
}

mutant!(
    KeepMine((u64, &'static str)),
    join: |mine, theirs| if theirs.0 > mine.0 { *theirs } else { *mine },
    cmp: by_join
);

#[test]
fn a_last_writer_that_keeps_its_own_value_on_equal_stamps_is_not_commutative() {
    let samples = [(1, "a"), (2, "b"), (2, "c")].map(KeepMine);
    assert_eq!(broken_law(&samples), "commutative");
}

mutant!(
    FloatMax(u64),
    join: |&left, &right| if f64::from_bits(right) > f64::from_bits(left) { right } else { left },
    cmp: by_join
);

#[test]
fn a_float_maximum_that_meets_nan_is_not_commutative() {
    let samples = [0.0, 1.0, f64::NAN].map(|float: f64| FloatMax(float.to_bits()));
    assert_eq!(broken_law(&samples), "commutative");
}

mutant!(Sum(u32), join: |left, right| left + right, cmp: by_join);

#[test]
fn a_sum_is_not_idempotent() {
    assert_eq!(broken_law(&[Sum(0), Sum(1)]), "idempotent");
}

#[derive(Clone, Debug, PartialEq)]
struct AlwaysGrew(u32);

impl Lattice for AlwaysGrew {
    fn join(&mut self, other: Self) -> bool {
        self.0 = self.0.max(other.0);
        true
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        by_join(self, other)
    }
}

#[test]
fn a_join_that_always_says_it_grew_is_caught() {
    assert_eq!(broken_law(&[AlwaysGrew(0), AlwaysGrew(1)]), "grew");
}

mutant!(
    StdOrder((u8, u8)),
    join: |left, right| (left.0.max(right.0), left.1.max(right.1)),
    cmp: |left: &Self, right: &Self| left.0.partial_cmp(&right.0)
);

#[test]
fn the_order_of_std_on_tuples_is_not_that_of_their_join() {
    assert_eq!(broken_law(&[StdOrder((0, 0)), StdOrder((1, 9)), StdOrder((2, 0))]), "order");
}

mutant!(
    HalfByReference((u8, u8)),
    join: |left, right| (left.0.max(right.0), left.1.max(right.1)),
    cmp: by_join,
    fn join_ref(&mut self, other: &Self) -> bool {
        self.0.0 < other.0.0 && self.join(other.clone())
    }
);

#[test]
fn a_join_by_reference_that_forgets_a_field_is_caught() {
    assert_eq!(broken_law(&[HalfByReference((0, 0)), HalfByReference((0, 1))]), "by_reference");
}

mutant!(
    Healed(u8),
    join: |left, right| *left.max(right),
    cmp: by_join,
    fn conflict(&self) -> Option<Conflict> {
        (self.0 == 2).then(|| Conflict::in_state(&self.0))
    }
);

#[test]
fn a_conflict_that_heals_is_caught() {
    assert_eq!(broken_law(&[Healed(1), Healed(2), Healed(3)]), "conflict");
}

mutant!(
    Unforeseen(u8),
    join: |left, right| left | right,
    cmp: by_join,
    fn conflict(&self) -> Option<Conflict> {
        (self.0 == 3).then(|| Conflict::in_state(&self.0))
    }
);

#[test]
fn a_conflict_that_incompatible_does_not_foresee_is_caught() {
    assert_eq!(broken_law(&[Unforeseen(1), Unforeseen(2)]), "incompatible");
}

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
        by_join(self, other)
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
}

const BITS: [u8; 4] = [0, 1, 2, 3];

#[test]
fn a_bottom_that_is_not_least_is_caught() {
    assert_eq!(laws::bottom(&BITS.map(Bits::<'b'>)).unwrap_err().law, "bottom");
}

#[test]
fn an_absorb_that_answers_old_news_is_caught() {
    assert_eq!(laws::delta(&BITS.map(Bits::<'a'>)).unwrap_err().law, "absorb");
}

#[test]
fn a_diff_that_answers_too_much_is_caught() {
    assert_eq!(laws::delta(&BITS.map(Bits::<'d'>)).unwrap_err().law, "diff");
}

#[test]
fn redundant_parts_are_caught() {
    assert_eq!(laws::delta(&BITS.map(Bits::<'p'>)).unwrap_err().law, "parts");
}

#[test]
fn a_codec_that_forgets_is_caught() {
    assert_eq!(laws::codec(&BITS.map(Bits::<'c'>)).unwrap_err().law, "codec");
}

#[test]
fn the_macro_checks_what_a_type_has_and_nothing_else() {
    assert!(Probe(&BITS.map(Bits::<'b'>)).bottom().is_err());
    assert!(Probe(&BITS.map(Bits::<'d'>)).delta().is_err());
    assert!(Probe(&BITS.map(Bits::<'c'>)).codec().is_err());
    assert!(Probe(&[Sum(1)]).delta().is_ok(), "a sum has no deltas");
}

#[test]
fn a_violation_shows_the_first_samples_and_both_sides() {
    let violation = laws::commutative(&[(1, "a"), (2, "b"), (2, "c"), (2, "d")].map(KeepMine)).unwrap_err();
    let shown = "not commutative at 1: a ⊔ b = b ⊔ a\n  \
                 a     = KeepMine((2, \"b\"))\n  \
                 b     = KeepMine((2, \"c\"))\n  \
                 left  = KeepMine((2, \"b\"))\n  \
                 right = KeepMine((2, \"c\"))";
    assert_eq!(violation.to_string(), shown);
}
