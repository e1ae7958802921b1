//! One threshold set, asked of a plain value, of an LVar and of a replica that hold the same state: all answer the same.

use std::{
    collections::BTreeMap,
    fmt::Debug,
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use lvars::{
    lvar::Watch,
    prelude::*,
    threshold::{self, Reached},
};

#[derive(Lattice, LVar, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(New < Paid < Shipped < Broken, New < Cancelled < Broken), conflict = Broken)]
enum Status {
    New,
    Paid,
    Shipped,
    Cancelled,
    Broken,
}

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
struct Line {
    status: Status,
    price: Flat<u32>,
}

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
struct Order {
    status: Status,
    lines: BTreeMap<u32, Line>,
    named: BTreeMap<String, Flat<u32>>,
    #[lattice(max)]
    priority: u64,
    #[lattice(any)]
    urgent: bool,
}

const BOOK: u32 = 7;

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Order)]
enum Outcome {
    #[when(lines[BOOK].price, status >= Status::Shipped)]
    #[when(lines[BOOK].price, priority >= 2, status >= Status::Shipped)]
    Sold(u32),
    #[when(status >= Status::Cancelled, lines[BOOK].status >= Status::Paid)]
    Refunded,
    #[when(status >= Status::Cancelled, lines[BOOK].status >= Status::Cancelled)]
    #[when(lines[BOOK].status >= Status::Cancelled, named["book"] >= 1, status >= Status::Cancelled)]
    Nothing,
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Order)]
enum Named {
    #[when(named["book"] >= 1, urgent >= true)]
    #[when(named["book"] >= 1, lines[8].status >= Status::Paid, lines[BOOK].status >= Status::Paid)]
    One,
    #[when(named["book"] >= 2)]
    Two,
}

/// Every order with one of a few values in each field.
fn orders() -> impl Iterator<Item = Order> {
    const STATUSES: [Status; 4] = [Status::New, Status::Paid, Status::Shipped, Status::Cancelled];
    (0..4_usize.pow(5)).map(|number| {
        let digit = |at: u32| number / 4_usize.pow(at) % 4;
        let line = |at: u32| {
            let price = if digit(at + 1) == 0 { Flat::Bottom } else { Flat::Value(30) };
            Line { status: STATUSES[digit(at)], price }
        };
        let lines = match digit(4) {
            0 => BTreeMap::new(),
            1 => [(BOOK, line(1))].into(),
            2 => [(8, line(1))].into(),
            _ => [(BOOK, line(1)), (8, line(2))].into(),
        };
        let named = match digit(3) {
            0 => BTreeMap::new(),
            value => [("book".to_owned(), Flat::Value(u32::try_from(value).expect("a digit")))].into(),
        };
        Order { status: STATUSES[digit(0)], lines, named, priority: 2, urgent: digit(2) > 1 }
    })
}

/// What a read answers at once.
fn now<F: Future>(read: F) -> Option<F::Output> {
    match pin!(read).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => Some(answer),
        Poll::Pending => None,
    }
}

/// How often each of the outcomes was met, so that the test cannot pass by meeting none.
#[derive(Default)]
struct Met(BTreeMap<String, usize>);

fn check<T>(order: &Order, lvar: &OrderLVar, replica: &Replica<Order>, met: &mut Met)
where
    T: threshold::Threshold<On = Order> + Reached<Order, ()> + Reached<OrderLVar, Watch> + Debug + PartialEq,
{
    let of_value = order.get::<T>().expect("no conflict");
    let of_lvar = now(lvar.get::<T>()).map(|answer| answer.expect("no conflict"));
    let of_replica = now(replica.get::<T>()).map(|answer| answer.expect("no conflict"));
    assert_eq!(of_lvar, of_value, "{order:?}");
    assert_eq!(of_replica, of_value, "{order:?}");
    *met.0.entry(format!("{of_value:?}")).or_default() += 1;
}

#[test]
fn every_observer_of_a_state_answers_the_same() {
    let mut met = Met::default();
    for order in orders() {
        let lvar = OrderLVar::new();
        lvar.put(order.clone()).expect("no conflict");
        let replica = Replica::<Order>::open();
        replica.merge(Outside::here(), order.clone()).expect("no conflict");
        check::<Outcome>(&order, &lvar, &replica, &mut met);
        check::<Named>(&order, &lvar, &replica, &mut met);
    }
    let met: Vec<&str> = met.0.keys().map(String::as_str).collect();
    assert_eq!(met, ["None", "Some(Nothing)", "Some(One)", "Some(Refunded)", "Some(Sold(30))", "Some(Two)"]);
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = BTreeMap<String, Flat<u32>>)]
enum Book {
    #[when(self["book"])]
    Of(u32),
}

#[test]
fn the_lattice_as_a_whole_may_be_a_map() {
    let map = LVar::<BTreeMap<String, Flat<u32>>>::new();
    assert_eq!(now(map.get::<Book>()), None);
    map.put(BTreeMap::from([("book".to_owned(), Flat::Value(2))])).expect("no conflict");
    assert_eq!(now(map.get::<Book>()), Some(Ok(Book::Of(2))));
}
