//! Code of a user's that panics in the joins of derived types: nothing is lost, as in those of ready ones (`lattice-core/tests/panics.rs`).

#[path = "../lattice-core/tests/fragile/mod.rs"]
mod fragile;
#[path = "../lattice-core/tests/fragile/joins.rs"]
mod joins;

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
};

use fragile::{Fragile, Frail};
use joins::{a_panic_leaves_what_is_between, a_panic_loses_nothing, a_panic_loses_nothing_of_all};
use lvars::{
    AddWinsSet, Causal, DotStore, Grow, MvRegister, OrMap, WriterId,
    prelude::*,
    strategies::{By, Strategy, StrategyBottom, StrategyDelta, join_chain},
};

fn set(elements: impl IntoIterator<Item = u8>) -> BTreeSet<Fragile> {
    elements.into_iter().map(Fragile).collect()
}

/// The greatest, by a strategy of one's own.
struct ByGreatness;

impl Strategy<Fragile> for ByGreatness {
    type Lattice = By<Self, Fragile>;

    fn join(value: &mut Fragile, other: Fragile) -> bool {
        join_chain::<Self, Fragile>(value, other)
    }

    fn cmp(left: &Fragile, right: &Fragile) -> Option<Ordering> {
        Some(left.cmp(right))
    }
}

impl StrategyDelta<Fragile> for ByGreatness {}

impl StrategyBottom<Fragile> for ByGreatness {
    fn bottom() -> Fragile {
        Fragile(0)
    }
}

/// Elements that were put in, by hand.
mod elements {
    use super::{BTreeSet, Delta, Fragile, Lattice, Ordering, set};

    pub(crate) fn join(value: &mut BTreeSet<Fragile>, other: BTreeSet<Fragile>) -> bool {
        value.join(other)
    }

    pub(crate) fn cmp(left: &BTreeSet<Fragile>, right: &BTreeSet<Fragile>) -> Option<Ordering> {
        left.lattice_cmp(right)
    }

    pub(crate) fn bottom() -> BTreeSet<Fragile> {
        BTreeSet::new()
    }

    pub(crate) fn diff(value: &BTreeSet<Fragile>, seen: &BTreeSet<Fragile>) -> Option<BTreeSet<Fragile>> {
        value.diff(seen)
    }

    pub(crate) fn parts(value: &BTreeSet<Fragile>) -> impl Iterator<Item = BTreeSet<Fragile>> {
        value.parts()
    }

    pub(crate) fn samples() -> [BTreeSet<Fragile>; 4] {
        [set([]), set([1]), set([2]), set([1, 2])]
    }
}

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
#[lattice(default, partial_ord)]
struct Account {
    seen: HashMap<Fragile, Frail>,
    #[lattice(max)]
    latest: Fragile,
    #[lattice(min)]
    first: u8,
    #[lattice(by = ByGreatness)]
    greatest: Fragile,
    #[lattice(union)]
    names: BTreeSet<Fragile>,
    #[lattice(with = elements)]
    rights: BTreeSet<Fragile>,
    #[lattice(skip(reason = "a cache"))]
    cached: Vec<u8>,
}

#[test]
fn in_a_struct() {
    a_panic_loses_nothing(|state: &Account, _, n| match n % 4 {
        0 => Account { latest: Fragile(n), greatest: Fragile(n / 2), ..Account::bottom() },
        1 => {
            Account { seen: HashMap::from([(Fragile(n), Frail(Fragile(n)))]), first: n, ..Account::bottom() }
        }
        2 => Account { names: set([n, n + 1]), ..state.clone() },
        _ => Account { rights: set([n]), ..Account::bottom() },
    });
}

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
struct Pair<A, B>(A, Grow<B>);

#[test]
fn in_a_struct_with_parameters() {
    a_panic_loses_nothing(|_: &Pair<BTreeSet<Fragile>, BTreeSet<Fragile>>, _, n| {
        Pair(set([n]), Grow::at(usize::from(n % 5), set([n])))
    });
}

/// What is replaced is replaced as a whole.
#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
#[lattice(lex)]
struct Seat {
    #[lattice(max)]
    round: Fragile,
    #[lattice(min)]
    turn: u8,
    who: BTreeSet<Fragile>,
}

#[test]
fn in_a_struct_whose_first_field_decides() {
    let seats = [0, 1, 2].into_iter().flat_map(|round| {
        [0, 1, 2, 9].map(|n| Seat { round: Fragile(round), turn: n % 2, who: set(round..round + n) })
    });
    a_panic_loses_nothing_of_all(seats);
}

#[derive(Lattice, Clone, Debug, PartialEq)]
#[lattice(no_bottom)]
struct Free {
    #[lattice(intersect)]
    days: BTreeSet<Fragile>,
    #[lattice(intersect)]
    rooms: Option<HashSet<Fragile>>,
    asked: BTreeSet<Fragile>,
}

#[test]
fn in_a_struct_of_what_all_have_in_common() {
    let sets = [0..0, 0..1, 1..4, 2..9, 0..20];
    let states = sets.clone().map(|days| Free {
        asked: set(days.clone()),
        rooms: (days.end > 1).then(|| days.clone().map(Fragile).collect()),
        days: set(days),
    });
    states
        .iter()
        .for_each(|here| states.iter().for_each(|there| a_panic_leaves_what_is_between(here, there)));
}

/// A chain, with plain data in the midst of it.
#[derive(Lattice, Replicate, Clone, Debug, PartialEq, Eq)]
#[lattice(order(Unknown < Known < Varies))]
enum Value {
    Unknown,
    #[lattice(flat)]
    Known(Fragile, Fragile),
    Varies,
}

/// Side by side, with fields in the variant to which others join.
#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
#[lattice(order(Never < Number < Mixed < Wild, Never < Text < Mixed))]
enum Column {
    Never,
    Number {
        #[lattice(max)]
        widest: Fragile,
        seen: BTreeSet<Fragile>,
    },
    Text(HashMap<Fragile, Frail>, BTreeSet<Fragile>),
    Mixed(BTreeSet<Fragile>),
    Wild,
}

/// One that holds itself, and has a conflict.
#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
#[lattice(order(Unknown < List < Clash, Unknown < Record < Clash), conflict = Clash, bottom = Unknown)]
enum Shape {
    Unknown,
    List(Box<Shape>),
    Record(BTreeMap<Fragile, Self>),
    Clash,
}

#[test]
fn in_an_enum() {
    let known = |first, second| Value::Known(Fragile(first), Fragile(second));
    a_panic_loses_nothing_of_all([Value::Unknown, known(1, 1), known(1, 2), Value::Varies]);

    let number = |widest, n| Column::Number { widest: Fragile(widest), seen: set(widest..widest + n) };
    let text = |n: u8| {
        Column::Text((0..n).map(|n| (Fragile(n), Frail(Fragile(n)))).collect(), set((0..n).map(|n| 2 * n)))
    };
    a_panic_loses_nothing_of_all([
        Column::Never,
        number(0, 0),
        number(2, 9),
        number(7, 3),
        text(0),
        text(3),
        text(9),
        Column::Mixed(set([])),
        Column::Mixed(set([1, 2])),
        Column::Mixed(set(2..12)),
        Column::Wild,
    ]);

    let record =
        |keys: &[u8], of: Shape| Shape::Record(keys.iter().map(|key| (Fragile(*key), of.clone())).collect());
    a_panic_loses_nothing_of_all([
        Shape::Unknown,
        Shape::List(Box::new(record(&[1], Shape::Unknown))),
        Shape::List(Box::new(record(&[1, 2, 3], Shape::Unknown))),
        record(&[1, 2], Shape::List(Box::new(Shape::Unknown))),
        record(&[2, 3, 4, 5, 6], record(&[1], Shape::Unknown)),
        record(&[2], Shape::Clash),
        Shape::Clash,
    ]);
}

#[derive(DotStore, Clone, Debug, PartialEq)]
struct Order {
    title: MvRegister<Fragile>,
    tags: AddWinsSet<Fragile>,
    items: OrMap<Fragile, Item>,
}

#[derive(DotStore, Clone, Debug, PartialEq)]
struct Item(AddWinsSet<Fragile>, MvRegister<Fragile>);

#[test]
fn in_a_struct_of_stores() {
    a_panic_loses_nothing(|state: &Causal<Order>, writer: WriterId, n| {
        state.write(writer, |order, dots| match n % 5 {
            0 => Order { title: order.title.set(dots, Fragile(n)), ..Order::default() },
            1 => Order {
                tags: order.tags.add(dots, Fragile(n)),
                items: order.items.remove(dots, &Fragile(n % 3)),
                ..Order::default()
            },
            2 => Order { tags: order.tags.clear(dots), ..Order::default() },
            _ => Order {
                items: order.items.update(dots, Fragile(n % 3), |item, dots| {
                    Item(item.0.add(dots, Fragile(n)), item.1.set(dots, Fragile(n)))
                }),
                ..Order::default()
            },
        })
    });
}
