//! The checkers catch what they are for: each mutant breaks one law, in a way in which real code has broken it. Listed samples and
//! random ones find it, and the violation names that law, and the path to where it is broken.
//!
//! Those whose deltas or bytes are wrong are in `mutants_of_deltas.rs`.

use core::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use lattice_core::{
    Conflict, Lattice,
    laws::{self, Sample, Violation},
};
use proptest::{collection::btree_set, option, prelude::*, sample::select};

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

/// Both ways of finding samples must find the law broken, at the path. Answers what random samples shrank to.
fn caught<T: Sample>(law: &str, path: &str, samples: &[T], states: impl Strategy<Value = T>) -> Violation {
    let listed = laws::lattice(samples).expect_err("a mutant is unlawful");
    assert_eq!((listed.law, &*listed.path, listed.seed), (law, path, None));
    let shrunk = laws::random(&states, laws::lattice).expect_err("a mutant is unlawful");
    assert_eq!((shrunk.law, &*shrunk.path), (law, path), "{shrunk}");
    assert!(shrunk.seed.is_some());
    shrunk
}

fn pairs() -> impl Strategy<Value = (u8, u8)> {
    (0_u8..9, 0_u8..9)
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
    let states = (btree_set(0_u8..3, 0..3), 0_u8..9).prop_map(LexicographicPair);
    caught("associative", "1", &samples, states);
}

mutant!(
    KeepMine((u64, &'static str)),
    join: |mine, theirs| if theirs.0 > mine.0 { *theirs } else { *mine },
    cmp: by_join
);

#[test]
fn a_last_writer_that_keeps_its_own_value_on_equal_stamps_is_not_commutative() {
    let samples = [(1, "a"), (2, "b"), (2, "c")].map(KeepMine);
    let violation =
        caught("commutative", "1", &samples, (0_u64..99, select(vec!["a", "b", "c"])).prop_map(KeepMine));
    let smallest = (r#"KeepMine((0, "a"))"#, Some(r#"KeepMine((0, "b"))"#));
    assert_eq!((&*violation.a, violation.b.as_deref()), smallest, "the stamps shrink, and stay equal");
}

mutant!(FirstWins(Option<u8>), join: |mine, theirs| mine.or(*theirs), cmp: by_join);

#[test]
fn a_join_that_keeps_what_it_has_is_not_commutative() {
    let samples = [None, Some(1), Some(2)].map(FirstWins);
    caught("commutative", "", &samples, option::of(any::<u8>()).prop_map(FirstWins));
}

mutant!(
    NoneAtBothEnds(Option<u8>),
    join: |left, right| match (left, right) {
        (Some(left), Some(right)) => (left == right).then_some(*left),
        (left, right) => left.or(*right),
    },
    cmp: by_join
);

#[test]
fn a_none_that_is_both_nothing_yet_and_a_conflict_is_not_associative() {
    let samples = [None, Some(1), Some(2)].map(NoneAtBothEnds);
    let violation = caught("associative", "", &samples, option::of(any::<u8>()).prop_map(NoneAtBothEnds));
    let samples = [Some(violation.a), violation.b, violation.c].map(Option::unwrap);
    let mut values: Vec<_> =
        samples.iter().map(|sample| sample.trim_start_matches("NoneAtBothEnds")).collect();
    values.sort_unstable();
    values.dedup();
    assert_eq!(values, ["(Some(0))", "(Some(1))"], "the two smallest values that differ");
}

mutant!(
    Pruned(BTreeMap<&'static str, bool>),
    join: |left, right| {
        let keys = left.keys().chain(right.keys());
        let is_removed = |key| [left, right].iter().any(|side| side.get(key) == Some(&true));
        keys.filter(|&key| !is_removed(key)).map(|key| (*key, false)).collect()
    },
    cmp: by_join
);

#[test]
fn a_join_that_prunes_what_was_removed_is_not_idempotent() {
    let samples = [false, true].map(|is_removed| Pruned(BTreeMap::from([("book", is_removed)])));
    let states = any::<bool>().prop_map(|is_removed| Pruned(BTreeMap::from([("book", is_removed)])));
    caught("idempotent", r#"["book"]"#, &samples, states);
}

mutant!(
    FloatMax(u64),
    join: |&left, &right| if f64::from_bits(right) > f64::from_bits(left) { right } else { left },
    cmp: by_join
);

#[test]
fn a_float_maximum_that_meets_nan_is_not_commutative() {
    let samples = [0.0, 1.0, f64::NAN].map(|float: f64| FloatMax(float.to_bits()));
    let states = select(vec![0.0, 1.0, f64::NAN]).prop_map(|float: f64| FloatMax(float.to_bits()));
    caught("commutative", "", &samples, states);
}

mutant!(Sum(u32), join: |left, right| left + right, cmp: by_join);

#[test]
fn a_sum_is_not_idempotent() {
    let violation = caught("idempotent", "", &[Sum(0), Sum(1)], (0_u32..999).prop_map(Sum));
    assert_eq!((&*violation.a, violation.b), ("Sum(1)", None), "the smallest");
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
    let samples = [AlwaysGrew(0), AlwaysGrew(1)];
    let violation = caught("grew", "", &samples, any::<u32>().prop_map(AlwaysGrew));
    assert_eq!(
        (&*violation.a, violation.b.as_deref()),
        ("AlwaysGrew(0)", Some("AlwaysGrew(0)")),
        "the smallest"
    );
}

mutant!(
    StdOrder((u8, u8)),
    join: |left, right| (left.0.max(right.0), left.1.max(right.1)),
    cmp: |left: &Self, right: &Self| left.0.partial_cmp(&right.0)
);

#[test]
fn the_order_of_std_on_tuples_is_not_that_of_their_join() {
    let samples = [(0, 0), (1, 9), (2, 0)].map(StdOrder);
    caught("order", "1", &samples, pairs().prop_map(StdOrder));
}

mutant!(
    LiesAboutOrder((u8, u8)),
    join: |left, right| (left.0.max(right.0), left.1.max(right.1)),
    cmp: by_join,
    fn leq(&self, other: &Self) -> bool {
        self.0.0 <= other.0.0
    }
);

#[test]
fn a_leq_that_looks_at_one_field_is_caught() {
    let samples = [(0, 0), (0, 1)].map(LiesAboutOrder);
    caught("order", "1", &samples, pairs().prop_map(LiesAboutOrder));
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
    let samples = [(0, 0), (0, 1)].map(HalfByReference);
    caught("by_reference", "1", &samples, pairs().prop_map(HalfByReference));
}

mutant!(
    Healed(u8),
    join: |left, right| *left.max(right),
    cmp: by_join,
    fn conflict(&self) -> Option<Conflict> {
        (self.0 == 2).then(|| Conflict::in_state(&self.0).in_field("price"))
    },
    fn incompatible(&self, other: &Self) -> Option<Conflict> {
        Self(self.0.max(other.0)).conflict()
    }
);

#[test]
fn a_conflict_that_heals_is_caught() {
    caught("conflict", "price", &[1, 2, 3].map(Healed), (0_u8..5).prop_map(Healed));
}

mutant!(
    Unforeseen(u8),
    join: |left, right| left | right,
    cmp: by_join,
    fn conflict(&self) -> Option<Conflict> {
        (self.0 == 3).then(|| Conflict::in_state(&self.0).in_field("price"))
    }
);

#[test]
fn a_conflict_that_incompatible_does_not_foresee_is_caught() {
    caught("incompatible", "price", &[1, 2].map(Unforeseen), (0_u8..4).prop_map(Unforeseen));
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

#[test]
fn a_violation_of_random_states_says_how_to_find_it_again() {
    let violation = laws::random(&any::<u32>().prop_map(AlwaysGrew), laws::grew).unwrap_err();
    let seed = format!("\n  found with PROPTEST_RNG_SEED={}", violation.seed.unwrap());
    assert!(violation.to_string().ends_with(&seed), "{violation}");
}

mutant!(
    Panics(u8),
    join: |left, right| if left == right { *left } else { panic!("{left} meets {right}") },
    cmp: by_join
);

#[test]
#[should_panic(expected = "the laws of these states could not be tried")]
fn a_panic_in_a_join_is_told_with_its_states() {
    _ = laws::random(&(1_u8..9).prop_map(Panics), laws::lattice);
}
