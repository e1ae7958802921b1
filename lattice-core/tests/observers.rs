//! What the ready lattices answer to thresholds: at values, and in constants.

use std::collections::{BTreeMap, BTreeSet};

use lattice_core::{
    All, Any, Flat, GCounter, Lattice, Max, Min, PnCounter, WriterId,
    threshold::{
        AtKey, AtLeast, Decided, Field, HasFields, Points, Project,
        verdict::{Literal, Pair, Verdict},
    },
};

/// A lattice's literal: the point that a user wrote.
macro_rules! literals {
    ($($name:ident = $value:expr;)+) => {$(
        struct $name;

        impl<L: Points<Point = Value<$name>>> Literal<L> for $name {
            const VALUE: L::Point = $value;
        }
    )+};
}

trait Is {
    type Value;
}

type Value<T> = <T as Is>::Value;

macro_rules! of_type {
    ($type:ty: $($name:ident)+) => {$(
        impl Is for $name {
            type Value = $type;
        }
    )+};
}

literals! {
    Two = 2;
    Three = 3;
    Book = "book";
    Boot = "boot";
    Books = "books";
    Raised = true;
    Least = 5;
}

of_type!(u32: Two Three);
of_type!(&'static str: Book Boot Books);
of_type!(bool: Raised);
of_type!(u64: Least);

const fn verdict<L: Pair<A, B>, A: Literal<L>, B: Literal<L>>() -> Verdict {
    L::VERDICT
}

#[test]
fn different_values_of_a_flat_exclude_each_other() {
    assert_eq!(verdict::<Flat<u32>, Two, Three>(), Verdict::Incompatible);
    assert_eq!(verdict::<Flat<&str>, Book, Boot>(), Verdict::Incompatible);
    assert_eq!(verdict::<Flat<&str>, Book, Books>(), Verdict::Incompatible);
    assert_eq!(verdict::<Flat<u32>, Two, Two>(), Verdict::Compatible { join: "that very value" });
    assert_eq!(verdict::<Flat<&str>, Book, Book>(), Verdict::Compatible { join: "that very value" });
}

#[test]
fn points_of_a_chain_or_a_set_never_exclude_each_other() {
    assert_eq!(verdict::<Max<u32>, Two, Three>(), Verdict::Compatible { join: "the greater of the two" });
    assert_eq!(verdict::<Min<u32>, Two, Three>(), Verdict::Compatible { join: "the smaller of the two" });
    assert_eq!(verdict::<Any, Raised, Raised>(), Verdict::Compatible { join: "true if either is" });
    assert_eq!(
        verdict::<BTreeSet<u32>, Two, Three>(),
        Verdict::Compatible { join: "a set that contains both" }
    );
    assert_eq!(
        verdict::<GCounter, Least, Least>(),
        Verdict::Compatible { join: "a count that reaches both" }
    );
}

#[test]
fn wrappers_pass_on_the_verdict_of_what_they_wrap() {
    assert_eq!(verdict::<Option<Flat<u32>>, Two, Three>(), Verdict::Incompatible);
    assert_eq!(verdict::<Box<Option<Flat<u32>>>, Two, Three>(), Verdict::Incompatible);
}

/// Whether `observer`, of a leaf of lattice `L`, is at or above `point`.
fn at_least<L: Points, O: AtLeast<L, ()>>(observer: &O, point: L::Point) -> bool {
    observer.at_least(&point, &mut ())
}

#[test]
fn a_plain_field_is_observed_in_the_order_of_its_strategy() {
    assert!(at_least::<Max<u32>, u32>(&3, 2) && !at_least::<Max<u32>, u32>(&1, 2));
    assert!(at_least::<Min<u32>, u32>(&1, 2) && !at_least::<Min<u32>, u32>(&3, 2));
    assert!(at_least::<Any, bool>(&true, true) && !at_least::<Any, bool>(&false, true));
    assert!(at_least::<All, bool>(&false, false) && !at_least::<All, bool>(&true, false));
}

#[test]
fn a_lattice_value_is_observed_by_its_points() {
    assert!(at_least::<Max<u32>, _>(&Max(3), 2));
    assert!(at_least::<BTreeSet<u32>, _>(&BTreeSet::from([2]), 2));
    assert!(!at_least::<Flat<u32>, _>(&Flat::Bottom, 2));
    assert!(at_least::<Option<Flat<u32>>, _>(&Some(Flat::Value(2)), 2));
    assert!(!at_least::<Option<Max<u32>>, _>(&None, 0), "absent is below every point");
    let counted = GCounter::from_iter([(WriterId(1), 3), (WriterId(2), 2)]);
    assert!(at_least::<GCounter, _>(&counted, 5) && !at_least::<GCounter, _>(&counted, 6));
}

#[test]
fn a_flat_is_bound_once_it_is_decided() {
    let bound = |flat: Flat<u32>| Decided::<u32, ()>::decided(&flat, &mut ());
    assert_eq!(bound(Flat::Bottom), None);
    assert_eq!(bound(Flat::Value(3)), Some(3));
    assert_eq!(Decided::<u32, ()>::decided(&Some(Box::new(Flat::Value(3))), &mut ()), Some(3));
}

/// The field `NAME` of a value.
fn field<const AT: usize, T: Project<Field<AT>>>(value: &T) -> &T::Target {
    value.project()
}

#[test]
fn fields_of_tuples_and_counters_have_names() {
    let pair = (Max(1), Any(true));
    assert_eq!(*field::<1, _>(&pair), Any(true));
    assert_eq!(<(Max<u8>, Any) as HasFields>::NAMES, ["0", "1"]);
    let stock = PnCounter::new().add(WriterId(1), -2);
    assert!(at_least::<GCounter, _>(field::<1, _>(&stock), 2));
    assert!(field::<0, _>(&stock).leq(&GCounter::new()));
}

#[test]
fn a_map_is_observed_under_a_key() {
    let lines = BTreeMap::from([("book", Flat::Value(2))]);
    let under = |key: &str| {
        lines.at_key(key, &mut (), |line, watch| {
            AtLeast::<Flat<i32>, ()>::at_least(line, &2, watch).then_some("two")
        })
    };
    assert_eq!(under("book"), Some("two"));
    assert_eq!(under("pen"), None);
}
