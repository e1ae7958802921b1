//! Threshold sets that the compiler accepts, read from plain values.
//!
//! Promises: an outcome is answered from the moment on that one of its conditions holds, and stays the answer while the state
//! grows; a state in conflict answers with its conflict; paths lead through fields, tuples, nested structs and keys.

use std::collections::{BTreeMap, HashMap};

use lattice_core::{WriterId, threshold::Threshold as _};
use lvars::prelude::*;

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
struct Line {
    status: Status,
    price: Flat<u32>,
}

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Order {
    status: Status,
    lines: BTreeMap<u32, Line>,
    named: BTreeMap<String, Flat<u32>>,
    hashed: HashMap<&'static str, Status>,
    total: Flat<u32>,
    billing: Line,
    place: (Max<u8>, Flat<char>),
    r#type: Flat<&'static str>,
    #[lattice(max)]
    priority: u64,
    #[lattice(any)]
    urgent: bool,
    stock: PnCounter,
    sold: GCounter,
}

fn line(status: Status, price: Flat<u32>) -> Line {
    Line { status, price }
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Order)]
enum Ended {
    #[when(status >= Status::Shipped)]
    Delivered,
    #[when(status >= Status::Cancelled)]
    Failed,
}

#[test]
fn an_outcome_is_answered_from_its_state_upwards() {
    let mut order = Order::bottom();
    assert_eq!(order.get::<Ended>(), Ok(None));
    order.status = Status::Paid;
    assert_eq!(order.get::<Ended>(), Ok(None));
    order.status = Status::Shipped;
    assert_eq!(order.get::<Ended>(), Ok(Some(Ended::Delivered)));
    order.status = Status::Cancelled;
    assert_eq!(order.get::<Ended>(), Ok(Some(Ended::Failed)));
}

#[test]
fn a_conflict_answers_with_its_path() {
    let order = Order { status: Status::Broken, ..Order::bottom() };
    let conflict = order.get::<Ended>().expect_err("Broken is in conflict");
    assert!(conflict.to_string().contains("status"), "{conflict}");
}

#[test]
fn a_conflict_elsewhere_answers_too() {
    let order = Order { status: Status::Shipped, total: Flat::Conflict, ..Order::bottom() };
    assert!(order.get::<Ended>().is_err());
}

#[test]
fn a_threshold_set_knows_its_name() {
    assert_eq!(Ended::NAME, "Ended");
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Order)]
enum Total {
    #[when(total >= 1)]
    One,
    #[when(total >= 2)]
    Two,
}

#[test]
fn different_flat_values_are_different_outcomes() {
    assert_eq!(Order::bottom().get::<Total>(), Ok(None));
    let total = |total| Order { total: Flat::Value(total), ..Order::bottom() }.get::<Total>();
    assert_eq!([total(1), total(2), total(3)], [Ok(Some(Total::One)), Ok(Some(Total::Two)), Ok(None)]);
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Order)]
enum Priced {
    #[when(total)]
    At(u32),
}

#[test]
fn a_bound_outcome_carries_the_decided_value() {
    assert_eq!(Order::bottom().get::<Priced>(), Ok(None));
    let order = Order { total: Flat::Value(30), ..Order::bottom() };
    assert_eq!(order.get::<Priced>(), Ok(Some(Priced::At(30))));
}

const BOOK: u32 = 7;

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Order)]
enum FinalByStatus {
    #[when(lines[BOOK].price, status >= Status::Shipped)]
    #[when(priority >= 9, lines[BOOK].price, status >= Status::Shipped)]
    Paid(u32),
    #[when(status >= Status::Cancelled, priority >= 10)]
    Refunded,
}

#[test]
fn a_binding_condition_may_ask_for_more() {
    let mut order = Order { lines: [(BOOK, line(Status::New, Flat::Value(30)))].into(), ..Order::bottom() };
    assert_eq!(order.get::<FinalByStatus>(), Ok(None));
    order.status = Status::Shipped;
    assert_eq!(order.get::<FinalByStatus>(), Ok(Some(FinalByStatus::Paid(30))));
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Order)]
enum Sold {
    #[when(lines[BOOK].status >= Status::Shipped, lines[8].status >= Status::Shipped)]
    Both,
    #[when(lines[BOOK].status >= Status::Cancelled)]
    #[when(lines[8].status >= Status::Cancelled)]
    NotBoth,
}

#[test]
fn a_path_leads_under_keys() {
    let shipped = || line(Status::Shipped, Flat::Bottom);
    let mut order = Order { lines: [(BOOK, shipped())].into(), ..Order::bottom() };
    assert_eq!(order.get::<Sold>(), Ok(None), "an absent key is below every threshold");
    order.lines.insert(8, shipped());
    assert_eq!(order.get::<Sold>(), Ok(Some(Sold::Both)));
    order.lines.insert(8, line(Status::Cancelled, Flat::Bottom));
    assert_eq!(order.get::<Sold>(), Ok(Some(Sold::NotBoth)));
}

const PEN: &str = "pen";

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Order)]
enum Named {
    #[when(named["book"] >= 3, hashed["book"] >= Status::Paid, hashed[PEN] >= Status::Shipped)]
    Three,
    #[when(named["book"] >= 4, hashed["pen"] >= Status::New)]
    Four,
    #[when(hashed[PEN] >= Status::Cancelled, named["book"] >= 5)]
    NoPen,
}

#[test]
fn a_string_literal_looks_into_maps_of_strings() {
    let mut order = Order { named: [("book".to_owned(), Flat::Value(3))].into(), ..Order::bottom() };
    assert_eq!(order.get::<Named>(), Ok(None));
    order.hashed = [("book", Status::Shipped), ("pen", Status::Shipped)].into();
    assert_eq!(order.get::<Named>(), Ok(Some(Named::Three)));
    order.named = [("book".to_owned(), Flat::Value(4))].into();
    assert_eq!(order.get::<Named>(), Ok(Some(Named::Four)));
    order.named.clear();
    assert_eq!(order.get::<Named>(), Ok(None));
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Order)]
enum Placed {
    #[when(billing.status >= Status::Paid, place.0 >= 3, place.1 >= 'a', r#type >= "gift")]
    First,
    #[when(place.1 >= 'b', stock.increments >= 2, sold >= 1)]
    Second,
}

#[test]
fn a_path_leads_through_structs_tuples_and_counters() {
    let mut order = Order { billing: line(Status::Shipped, Flat::Bottom), ..Order::bottom() };
    order.place = (Max(4), Flat::Value('a'));
    assert_eq!(order.get::<Placed>(), Ok(None));
    order.r#type = Flat::Value("gift");
    assert_eq!(order.get::<Placed>(), Ok(Some(Placed::First)));
    order.place.1 = Flat::Value('b');
    assert_eq!(order.get::<Placed>(), Ok(None));
    order.stock.join(order.stock.add(WriterId(1), 2));
    order.sold.join(order.sold.increment(WriterId(1), 1));
    assert_eq!(order.get::<Placed>(), Ok(Some(Placed::Second)));
}

/// A single outcome needs no proof, whatever it asks for.
#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Order)]
enum Busy {
    #[when(priority >= 3)]
    #[when(urgent >= true)]
    Yes,
}

#[test]
fn the_conditions_of_one_outcome_are_alternatives() {
    assert_eq!(Order::bottom().get::<Busy>(), Ok(None));
    assert_eq!(Order { priority: 4, ..Order::bottom() }.get::<Busy>(), Ok(Some(Busy::Yes)));
    assert_eq!(Order { urgent: true, ..Order::bottom() }.get::<Busy>(), Ok(Some(Busy::Yes)));
}

#[derive(Lattice, Clone, Debug, PartialEq)]
struct And(Flat<bool>, Flat<bool>);

/// `No` needs one side only: {(F, _), (_, F)} against {(T, T)}.
#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = And)]
enum Answer {
    #[when(0 >= false)]
    #[when(1 >= false)]
    No,
    #[when(0 >= true, 1 >= true)]
    Yes,
}

#[test]
fn an_and_answers_no_as_soon_as_one_side_does() {
    let and = |left, right| And(left, right).get::<Answer>();
    let [yes, no] = [true, false].map(Flat::Value);
    assert_eq!(and(no, Flat::Bottom), Ok(Some(Answer::No)));
    assert_eq!(and(Flat::Bottom, no), Ok(Some(Answer::No)));
    assert_eq!(and(yes, Flat::Bottom), Ok(None));
    assert_eq!(and(yes, no), Ok(Some(Answer::No)));
    assert_eq!(and(yes, yes), Ok(Some(Answer::Yes)));
}

mod renamed {
    pub(crate) use lvars as elsewhere;
}

macro_rules! at_least {
    ($name:ident, $field:ident >= $point:expr) => {
        #[derive(Threshold, Debug, PartialEq)]
        #[threshold(crate = crate::renamed::elsewhere, on = Order,)]
        enum $name {
            #[when($field >= $point,)]
            Reached,
        }
    };
}

at_least!(Important, priority >= 2 + 1);

#[test]
fn a_macro_may_write_a_threshold_set_and_name_the_facade() {
    assert_eq!(Order { priority: 2, ..Order::bottom() }.get::<Important>(), Ok(None));
    assert_eq!(Order { priority: 3, ..Order::bottom() }.get::<Important>(), Ok(Some(Important::Reached)));
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Status)]
enum EndedAs {
    #[when(self >= Status::Shipped)]
    Shipped,
    #[when(self >= Status::Cancelled)]
    Cancelled,
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Flat<u32>)]
enum Decided {
    #[when(self)]
    As(u32),
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = BTreeMap<u32, Line>)]
enum Book {
    #[when(self[BOOK].price, self[BOOK].status >= Status::Shipped)]
    Sold(u32),
    #[when(self[BOOK].status >= Status::Cancelled, self[8].status >= Status::New)]
    Returned,
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = And)]
enum Left {
    #[when(self.0 >= true)]
    Yes,
    #[when(0 >= false)]
    No,
}

#[test]
fn a_path_may_be_the_lattice_itself() {
    assert_eq!(Status::Paid.get::<EndedAs>(), Ok(None));
    assert_eq!(Status::Cancelled.get::<EndedAs>(), Ok(Some(EndedAs::Cancelled)));
    assert_eq!(Flat::Value(3).get::<Decided>(), Ok(Some(Decided::As(3))));
    let lines = BTreeMap::from([(BOOK, line(Status::Shipped, Flat::Value(30)))]);
    // The map has a `get` of its own.
    assert_eq!(Observe::get::<Book>(&lines), Ok(Some(Book::Sold(30))));
    assert_eq!(And(Flat::Value(false), Flat::Bottom).get::<Left>(), Ok(Some(Left::No)));
}
