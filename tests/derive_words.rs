//! The words of `#[lattice(..)]` beyond the strategies of plain fields: what each makes of a type, and that it is lawful.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, HashSet},
};

use lvars::{
    Conflict, laws,
    prelude::*,
    strategies::{self, By, Strategy, StrategyBottom, StrategyChain, StrategyDelta},
};

#[derive(Lattice, LVar, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(New < Paid < Broken, New < Cancelled < Broken), conflict = Broken, default, partial_ord)]
enum Status {
    Cancelled,
    New,
    Paid,
    Broken,
}

laws!(enum_with_default: Status);

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
#[lattice(default, partial_ord)]
struct Order {
    status: Status,
    #[lattice(all)]
    valid: bool,
    #[lattice(max)]
    priority: u8,
}

laws!(struct_with_default: Order, orders());

fn orders() -> Vec<Order> {
    vec![
        Order::default(),
        Order { status: Status::Paid, priority: 1, ..Order::default() },
        Order { status: Status::Cancelled, valid: false, ..Order::default() },
    ]
}

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq, Eq)]
#[lattice(chain, default, partial_ord)]
enum Lot<T> {
    Open(BTreeMap<u8, T>),
    Bid(Max<u32>),
}

laws!(
    payload_with_default: Lot<Max<u8>>,
    [Lot::default(), Lot::Open(BTreeMap::from([(1, Max(2))])), Lot::Bid(Max(0)), Lot::Bid(Max(2))]
);

#[derive(Lattice, Clone, Debug, PartialEq)]
#[lattice(default, partial_ord)]
struct Generic<T, const N: usize> {
    here: T,
    deeper: BTreeMap<u8, Generic<T, N>>,
}

#[test]
fn default_is_the_bottom() {
    assert_eq!(Status::default(), Status::New, "and not the first variant");
    assert_eq!(Order::default(), Order::bottom());
    assert!(Order::default().valid, "and not the default of `bool`");
    assert_eq!(Lot::<Max<u8>>::default(), Lot::Open(BTreeMap::new()));
    assert_eq!(Generic::<Max<u8>, 2>::default(), Generic::bottom());
}

#[test]
fn partial_ord_is_the_lattice_order() {
    assert!(Status::New < Status::Cancelled && Status::Cancelled < Status::Broken);
    assert_eq!(Status::Paid.partial_cmp(&Status::Cancelled), None);
    let [bottom, paid, cancelled] = &orders()[..] else { unreachable!("there are three") };
    assert!(bottom < paid && bottom < cancelled && paid.partial_cmp(cancelled).is_none());
    let leaf = |here| Generic::<Max<u8>, 2> { here: Max(here), deeper: BTreeMap::new() };
    assert_eq!(leaf(1).partial_cmp(&leaf(0)), Some(Ordering::Greater));
}

/// A note of what was computed from the rest: equality has to leave it out, as the order does.
#[derive(Clone, Debug, Default)]
struct Cache(Option<u32>);

impl PartialEq for Cache {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
struct Cart {
    lines: BTreeMap<u8, Max<u32>>,
    #[lattice(skip(reason = "the sum of the lines, computed when it is asked for"))]
    total: Cache,
    #[lattice(max)]
    revision: u64,
}

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
struct Numbered<T>(Max<u8>, #[lattice(skip(reason = "a cache"))] Cache, T);

fn cart(line: u32, total: Option<u32>) -> Cart {
    Cart { lines: BTreeMap::from([(1, Max(line))]), total: Cache(total), revision: 1 }
}

laws!(struct_with_skipped_field: Cart, [Cart::bottom(), cart(1, None), cart(1, Some(1)), cart(2, Some(2))]);
laws!(tuple_struct_with_skipped_field: Numbered<Any>, [0, 1].map(|n| Numbered(Max(n), Cache(Some(1)), Any(n > 0))));

#[test]
fn a_skipped_field_stays_where_it_is() {
    let mut left = cart(1, Some(1));
    assert!(!left.join(cart(1, Some(7))), "the rest is equal");
    assert_eq!(left.total.0, Some(1));
    assert!(left.join_ref(&cart(2, Some(7))));
    assert_eq!((left.total.0, left.lines[&1]), (Some(1), Max(2)));
    assert_eq!(left.lattice_cmp(&cart(2, None)), Some(Ordering::Equal));
    assert_eq!(Cart::bottom().total.0, None);
}

#[test]
fn a_skipped_field_is_not_sent() {
    let bytes = cart(3, Some(3)).to_bytes();
    assert_eq!(bytes, cart(3, None).to_bytes());
    assert_eq!(Cart::from_bytes(&bytes).unwrap().total.0, None);
    assert_eq!(cart(3, Some(3)).diff(&cart(3, None)), None);
    assert_eq!(cart(3, Some(3)).parts().count(), 2);
}

#[test]
fn a_skipped_field_has_no_lvar() {
    let lvar = LVar::<Cart>::new();
    lvar.put(cart(1, Some(1))).unwrap();
    lvar.revision.put(5).unwrap();
    let frozen = lvar.into_value().unwrap();
    assert_eq!((frozen.total.0, frozen.revision), (None, 5));
    let numbered = LVar::<Numbered<Any>>::new();
    numbered.2.put(true).unwrap();
    assert_eq!(numbered.freeze(Outside::here()).unwrap().2, Any(true), "the numbers of the others stay");
}

/// Bits that are set stay set.
#[derive(Debug)]
struct ByBits;

impl Strategy<u8> for ByBits {
    type Lattice = By<Self, u8>;

    fn join(value: &mut u8, other: u8) -> bool {
        let before = *value;
        *value |= other;
        *value != before
    }

    fn cmp(left: &u8, right: &u8) -> Option<Ordering> {
        match (left | right == *right, left | right == *left) {
            (true, true) => Some(Ordering::Equal),
            (true, false) => Some(Ordering::Less),
            (false, true) => Some(Ordering::Greater),
            (false, false) => None,
        }
    }

    fn conflict(value: &u8) -> Option<Conflict> {
        (*value == u8::MAX).then(|| Conflict::in_state(value))
    }

    fn incompatible(left: &u8, right: &u8) -> Option<Conflict> {
        (left | right == u8::MAX).then(|| Conflict::between(left, right))
    }
}

impl StrategyBottom<u8> for ByBits {
    fn bottom() -> u8 {
        0
    }
}

impl StrategyDelta<u8> for ByBits {
    fn absorb(value: &mut u8, delta: u8) -> Option<u8> {
        let news = delta & !*value;
        *value |= delta;
        (news != 0).then_some(news)
    }

    fn diff(value: &u8, seen: &u8) -> Option<u8> {
        let news = value & !seen;
        (news != 0).then_some(news)
    }

    fn parts(value: &u8) -> Box<dyn Iterator<Item = u8> + '_> {
        Box::new((0..8).map(|bit| 1 << bit).filter(move |bit| value & bit != 0))
    }
}

/// The longer text, and of two as long the greater: a chain, whose deltas need not be written.
#[derive(Debug)]
struct ByLength;

impl<T: Ord + AsRef<str> + Clone> Strategy<T> for ByLength {
    type Lattice = By<Self, T>;

    fn join(value: &mut T, other: T) -> bool {
        strategies::join_chain::<Self, T>(value, other)
    }

    fn cmp(left: &T, right: &T) -> Option<Ordering> {
        Some((left.as_ref().len(), left).cmp(&(right.as_ref().len(), right)))
    }
}

impl StrategyBottom<String> for ByLength {
    fn bottom() -> String {
        String::new()
    }
}

impl<T: Ord + AsRef<str> + Clone> StrategyChain<T> for ByLength {}
impl StrategyDelta<String> for ByLength {}
#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
struct Account {
    #[lattice(by = ByBits)]
    rights: u8,
    #[lattice(by = ByLength)]
    name: String,
}

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Access {
    Some(#[lattice(by = ByBits)] u8),
    Named(#[lattice(by = ByLength)] String),
}

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Longest<T: Ord + AsRef<str> + Clone>(#[lattice(by = ByLength)] T);

fn account(rights: u8, name: &str) -> Account {
    Account { rights, name: name.to_owned() }
}

laws!(
    struct_by_strategies: Account,
    [account(0, ""), account(1, "ab"), account(2, "ab"), account(3, "b"), account(254, "c"), account(255, "")]
);
laws!(
    payload_by_strategies: Access,
    [0, 1, 2, 3].map(Access::Some).into_iter().chain(["", "a", "bc"].map(|name| Access::Named(name.to_owned())))
);
laws!(generic_by_strategy: Longest<&'static str>, ["", "b", "aa"].map(Longest));

#[test]
fn a_strategy_of_the_user_conflicts_as_it_says() {
    let conflict = account(254, "").joined(account(1, "")).conflict().expect("all bits are set");
    assert_eq!(conflict.path(), "rights");
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Account)]
enum Granted {
    #[when(rights >= 3)]
    Both,
}

#[test]
fn a_threshold_waits_for_a_value_under_a_strategy() {
    let lvar = LVar::<Account>::new();
    lvar.rights.put(1).unwrap();
    assert_eq!(account(1, "").get::<Granted>(), Ok(None));
    lvar.put(account(2, "x")).unwrap();
    assert_eq!(lvar.get::<Granted>().wait(), Ok(Granted::Both));
    assert_eq!(account(7, "").get::<Granted>(), Ok(Some(Granted::Both)));
    assert_eq!(lvar.into_value().unwrap(), account(3, "x"));
}

#[derive(Lattice, LVar, Clone, Debug, PartialEq)]
struct Meeting {
    #[lattice(intersect)]
    days: Option<BTreeSet<u8>>,
}

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Days(#[lattice(intersect)] BTreeSet<u8>, #[lattice(intersect)] HashSet<u8>);

fn meeting(days: &[u8]) -> Meeting {
    Meeting { days: Some(days.iter().copied().collect()) }
}

const DAYS: [&[u8]; 5] = [&[1, 2, 3], &[1, 2], &[2, 3], &[3], &[]];

laws!(struct_with_intersection: Meeting, DAYS.map(meeting).into_iter().chain([Meeting::bottom()]));
laws!(
    struct_of_sets_that_shrink: Days,
    DAYS.map(|days| Days(days.iter().copied().collect(), days.iter().copied().collect()))
);

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Meeting)]
enum NotMonday {
    #[when(days >= 1)]
    Gone,
}

#[test]
fn an_intersection_starts_from_nothing_said_and_shrinks() {
    let lvar = LVar::<Meeting>::new();
    lvar.put(meeting(&[1, 2, 3])).unwrap();
    assert_eq!(meeting(&[1, 2, 3]).get::<NotMonday>(), Ok(None));
    lvar.put(meeting(&[2, 3, 4])).unwrap();
    assert_eq!(lvar.get::<NotMonday>().wait(), Ok(NotMonday::Gone));
    assert_eq!(meeting(&[2]).get::<NotMonday>(), Ok(Some(NotMonday::Gone)));
    assert_eq!(lvar.into_value().unwrap(), meeting(&[2, 3]));
}
