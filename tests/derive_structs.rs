//! `#[derive(Lattice)]` on structs of every shape: the product of their fields, lawful, with conflicts that name the field.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
    marker::PhantomData,
};

use lattice_core::{Bottom, Conflict, Flat, Lattice, Max, laws};
use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(New < Paid < Shipped < Broken, New < Cancelled < Broken), conflict = Broken)]
enum Status {
    New,
    Paid,
    Shipped,
    Cancelled,
    Broken,
}

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Order {
    status: Status,
    lines: BTreeMap<u8, Flat<u32>>,
    #[lattice(max)]
    priority: u64,
    #[lattice(min)]
    earliest: u8,
    #[lattice(any)]
    urgent: bool,
    #[lattice(all)]
    valid: bool,
    #[lattice(union)]
    tags: BTreeSet<u8>,
}

fn order(status: Status, line: Option<u32>, number: u8) -> Order {
    Order {
        status,
        lines: line.map(|line| (number % 2, Flat::Value(line))).into_iter().collect(),
        priority: number.into(),
        earliest: number,
        urgent: number > 1,
        valid: number < 2,
        tags: BTreeSet::from([number % 3]),
    }
}

fn orders() -> Vec<Order> {
    vec![
        Order::bottom(),
        order(Status::Paid, None, 0),
        order(Status::Cancelled, Some(1), 1),
        order(Status::Shipped, Some(2), 2),
        order(Status::New, Some(2), 3),
    ]
}

laws!(struct_with_strategies: Order, orders());

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Pair(Max<u8>, #[lattice(min)] u8);

laws!(tuple_struct: Pair, (0..3).flat_map(|a| (0..3).map(move |b| Pair(Max(a), b))));

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Unit;

laws!(unit_struct: Unit, [Unit]);

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Empty {}

laws!(struct_without_fields: Empty, [Empty {}]);

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Tree {
    here: Max<u8>,
    children: BTreeMap<u8, Tree>,
    twin: Option<Box<Self>>,
}

fn trees() -> Vec<Tree> {
    let leaf = |here| Tree { here: Max(here), ..Tree::bottom() };
    let mut all: Vec<_> = (0..3).map(leaf).collect();
    all.push(Tree { children: BTreeMap::from([(1, leaf(2))]), ..leaf(0) });
    all.push(Tree {
        children: BTreeMap::from([(1, leaf(0)), (2, leaf(1))]),
        twin: Some(leaf(1).into()),
        ..leaf(1)
    });
    all
}

laws!(recursive_struct: Tree, trees());

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Generic<'a, K: Ord, V, const N: usize>
where
    K: Clone + std::fmt::Debug,
{
    map: BTreeMap<K, V>,
    value: V,
    #[lattice(max)]
    name: &'a str,
    #[lattice(max)]
    key: K,
    #[lattice(max)]
    bytes: [u8; N],
    deeper: BTreeMap<u8, Generic<'a, K, V, N>>,
}

type Concrete = Generic<'static, u8, Max<u8>, 2>;

fn generics() -> impl Iterator<Item = Concrete> {
    (0..4_u8).map(|n| Generic {
        map: BTreeMap::from([(n % 2, Max(n))]),
        value: Max(n / 2),
        name: ["", "a", "b", "ab"][usize::from(n)],
        key: 3 - n,
        bytes: [n, 3 - n],
        deeper: BTreeMap::new(),
    })
}

laws!(generic_struct: Concrete, generics());

#[derive(Lattice, Clone, Debug, PartialEq)]
#[lattice(bound = "T: Lattice + Clone")]
struct Bounded<T> {
    list: BTreeMap<u8, T>,
    #[lattice(max)]
    at: u8,
}

laws!(bounded_struct: Bounded<Flat<u8>>, (0..3).map(|n| Bounded { list: BTreeMap::from([(0, Flat::Value(n))]), at: n }));

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Raw {
    r#type: Flat<u8>,
    r#match: Max<u8>,
    #[cfg(not(test))]
    absent: NotALattice,
}

laws!(raw_identifiers: Raw, (0..3).map(|n| Raw { r#type: Flat::Value(n), r#match: Max(n) }));

#[test]
fn a_struct_is_ordered_field_by_field() {
    let (small, great, other) = (Pair(Max(1), 1), Pair(Max(2), 0), Pair(Max(0), 0));
    assert_eq!(small.lattice_cmp(&great), Some(Ordering::Less));
    assert_eq!(great.lattice_cmp(&small), Some(Ordering::Greater));
    assert_eq!(small.lattice_cmp(&other), None);
    assert_eq!(small.clone().joined(other), Pair(Max(1), 0));
}

#[test]
fn a_conflict_names_the_path_without_r_hash() {
    let mut raw = Raw { r#type: Flat::Value(1), r#match: Max(0) };
    let other = Raw { r#type: Flat::Value(2), r#match: Max(0) };
    assert_eq!(raw.incompatible(&other).map(|conflict| conflict.path()), Some("type".into()));
    raw.join(other);
    assert_eq!(raw.conflict().map(|conflict| conflict.path()), Some("type".into()));
    let order = |line| Order { lines: BTreeMap::from([(7, Flat::Value(line))]), ..Order::bottom() };
    assert_eq!(order(1).incompatible(&order(2)).map(|conflict| conflict.path()), Some("lines[7]".into()));
}

#[test]
fn two_statuses_that_exclude_each_other_meet_in_the_conflict() {
    let mut order = Order { status: Status::Paid, ..Order::bottom() };
    let other = Order { status: Status::Cancelled, ..Order::bottom() };
    let conflict: Conflict = order.incompatible(&other).expect("they exclude each other");
    assert_eq!(conflict.path(), "status");
    assert!(order.join(other));
    assert_eq!(order.status, Status::Broken);
}

/// A lattice of a user, without a bottom.
#[derive(Clone, Debug, PartialEq)]
struct NoBottom;

impl Lattice for NoBottom {
    fn join(&mut self, _: Self) -> bool {
        false
    }

    fn lattice_cmp(&self, _: &Self) -> Option<Ordering> {
        Some(Ordering::Equal)
    }
}

#[derive(Lattice, Clone, Debug, PartialEq)]
struct WithoutBottom {
    field: NoBottom,
}

#[test]
fn a_struct_whose_field_has_no_bottom_is_a_lattice_without_one() {
    trait Otherwise {
        const HAS_BOTTOM: bool = false;
    }
    struct Probe<T>(PhantomData<T>);
    impl<T> Otherwise for Probe<T> {}
    impl<T: Bottom> Probe<T> {
        const HAS_BOTTOM: bool = true;
    }
    assert!(!WithoutBottom { field: NoBottom }.join(WithoutBottom { field: NoBottom }));
    const { assert!(!Probe::<WithoutBottom>::HAS_BOTTOM && Probe::<Order>::HAS_BOTTOM) }
}

mod other_prelude {
    //! Names of the user's that shadow those that generated code needs.
    #![expect(dead_code, reason = "they only have to stand in the way")]

    struct Option;
    struct Some;
    struct Ordering;
    trait Bottom {}
    mod core {}
    mod std {}
    mod lvars {}
    fn drop() {}

    #[derive(lattice_derive::Lattice, Clone, Debug, PartialEq)]
    pub(super) struct Shadowed {
        pub(super) field: lattice_core::Max<u8>,
    }
}

#[test]
fn names_of_the_user_do_not_get_into_generated_code() {
    let mut shadowed = other_prelude::Shadowed { field: Max(1) };
    assert!(shadowed.join(other_prelude::Shadowed { field: Max(2) }));
}
