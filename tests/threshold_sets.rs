//! Threshold sets that are made at run time, and single elements, asked of values, LVars and replicas.
//!
//! Promises: activation sets are refused iff two elements of different ones have a join that is no conflict, and the refusal names both and
//! the join; a read answers the label of the activation set that is reached, the same from every observer; a key may be known at run time
//! only; an LVar asks leaf by leaf, wakes up, says why it waits, and gives up in time.

use std::{
    collections::BTreeMap,
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
    time::Duration,
};

use lvars::{Compatible, GetError, WriterId, prelude::*};

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
struct Order {
    status: Status,
    lines: BTreeMap<String, Flat<u32>>,
    #[lattice(max)]
    priority: u64,
    #[lattice(union)]
    tags: std::collections::BTreeSet<u8>,
    stock: (Any, Option<Flat<u8>>),
}

/// An order of which nothing is known but what `write` says.
fn order(write: impl FnOnce(&mut Order)) -> Order {
    let mut order = Order::bottom();
    write(&mut order);
    order
}

fn with_status(status: Status) -> Order {
    order(|order| order.status = status)
}

fn with_line(sku: &str, count: u32) -> Order {
    order(|order| order.lines = [(sku.to_owned(), Flat::Value(count))].into())
}

/// What a read answers at once.
fn now<F: Future>(read: F) -> Option<F::Output> {
    match pin!(read).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => Some(answer),
        Poll::Pending => None,
    }
}

#[test]
fn elements_that_do_not_exclude_each_other_are_refused_with_their_join() {
    let (paid, three) = (with_status(Status::Paid), with_line("book", 3));
    let join = paid.clone().joined(three.clone());
    let refused = ThresholdSet::new([[paid.clone()], [three.clone()]]).expect_err("both can be reached");
    assert_eq!(refused, Compatible { a: paid, b: three, join });

    let refused = ThresholdSet::new([[Status::Paid], [Status::Shipped]]).expect_err("shipped is both");
    assert_eq!(
        refused.to_string(),
        "Paid and Shipped do not exclude each other: their join Shipped is no conflict, so a read could answer either; \
         put them into one activation set, or wait for states whose join is a conflict"
    );
    assert!(ThresholdSet::new([[Max(1)], [Max(2)]]).is_err());
    assert!(ThresholdSet::new([[Flat::Value(1)], [Flat::Value(1)]]).is_err(), "the same element");
}

#[test]
fn elements_of_one_activation_set_need_not_exclude_each_other() {
    let sets = [vec![Status::Paid, Status::Shipped], vec![]];
    assert!(ThresholdSet::new(sets).is_ok());
    let sets =
        [vec![with_line("book", 1), with_line("book", 2)], vec![with_line("book", 3), with_line("pen", 1)]];
    assert!(ThresholdSet::new(sets).is_err(), "one pair is enough");
}

#[test]
fn every_pair_of_states_is_judged_by_its_join() {
    const STATES: [Status; 5] =
        [Status::New, Status::Paid, Status::Shipped, Status::Cancelled, Status::Broken];
    let mut n_refused = 0;
    for (a, b) in STATES.iter().flat_map(|a| STATES.iter().map(move |b| (*a, *b))) {
        let both = STATES.iter().find(|state| **state != Status::Broken && a.leq(state) && b.leq(state));
        let set = ThresholdSet::new([[a], [b]]);
        assert_eq!(set.is_err(), both.is_some(), "{a:?} and {b:?}");
        n_refused += set.iter().len();
    }
    assert!(n_refused > 0);
}

#[test]
fn every_observer_answers_the_label_of_the_set_that_is_reached() {
    let sku = "book".to_owned();
    let set = ThresholdSet::labelled([
        ("few", vec![with_line(&sku, 1), with_line(&sku, 2)]),
        ("many", vec![with_line(&sku, 100)]),
    ])
    .expect("different counts of one line");
    for (state, expected) in [
        (Order::bottom(), None),
        (with_line("pen", 1), None),
        (with_line("book", 3), None),
        (with_line("book", 2), Some("few")),
        (with_line("book", 100).joined(with_status(Status::Paid)), Some("many")),
    ] {
        assert_eq!(state.get_one_of(&set), Ok(expected));
        let lvar = OrderLVar::new();
        lvar.put(state.clone()).expect("no conflict");
        assert_eq!(now(lvar.get_one_of(&set)), expected.map(Ok));
        let replica = Replica::<Order>::open();
        replica.merge(Outside::here(), state).expect("no conflict");
        assert_eq!(replica.get_one_of(&set).now(Outside::here()), Ok(expected));
        assert_eq!(now(replica.get_one_of(&set)), expected.map(Ok));
    }
}

#[test]
fn a_state_in_conflict_answers_with_its_conflict() {
    let set = ThresholdSet::new([[with_line("book", 1)]]).expect("one activation set");
    let broken = with_line("book", 1).joined(with_status(Status::Broken));
    assert!(broken.get_one_of(&set).is_err());
    assert!(broken.at_least(with_line("book", 1)).is_err());
    let replica = Replica::<Order>::open();
    replica.merge(Outside::here(), broken).expect_err("a conflict");
    assert!(replica.get_one_of(&set).now(Outside::here()).is_err());
    assert!(replica.at_least(with_line("book", 1)).wait().is_err());

    let lvar = OrderLVar::new();
    lvar.lines.key("book").put(1).expect("the first");
    lvar.lines.key("book").put(2).expect_err("the second");
    assert!(matches!(lvar.get_one_of(&set).wait(), Err(GetError::Conflict(_))));
}

/// A state in which each field is above its bottom.
fn full() -> Order {
    Order {
        status: Status::Paid,
        lines: BTreeMap::from([("book".to_owned(), Flat::Value(3)), ("pen".to_owned(), Flat::Bottom)]),
        priority: 7,
        tags: [1, 2].into(),
        stock: (Any(false), Some(Flat::Value(4))),
    }
}

#[test]
fn an_lvar_is_at_least_what_was_put_and_lacks_what_was_not() {
    let lvar = OrderLVar::new();
    assert_eq!(now(lvar.at_least(Order::bottom())), Some(Ok(())));
    let mut read = pin!(lvar.at_least(full()));
    let mut poll = || read.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert_eq!(poll(), Poll::Pending);
    lvar.status.put(Status::Shipped).expect("no conflict");
    assert_eq!(lvar.at_least(full()).why(Outside::here()), [r#"lines["book"]: absent, waiting for the key"#]);
    lvar.lines.key("book").put(3).expect("no conflict");
    assert_eq!(lvar.at_least(full()).why(Outside::here()), [r#"lines["pen"]: absent, waiting for the key"#]);
    lvar.lines.key("pen").put(Flat::Bottom).expect("no conflict");
    assert_eq!(lvar.at_least(full()).why(Outside::here()), ["priority: 0, waiting for at least 7 (7 more)"]);
    lvar.priority.put(8).expect("no conflict");
    lvar.tags.put([1]).expect("no conflict");
    assert_eq!(lvar.at_least(full()).why(Outside::here()), ["tags: absent, waiting for the element 2"]);
    lvar.tags.put([2, 3]).expect("no conflict");
    assert_eq!(
        lvar.at_least(full()).why(Outside::here()),
        ["stock.1: None, waiting for at least Some(Value(4))"]
    );
    assert_eq!(poll(), Poll::Pending);
    lvar.stock.1.put(Flat::Value(4)).expect("no conflict");
    assert_eq!(poll(), Poll::Ready(Ok(())));
}

#[test]
fn a_read_of_a_set_is_woken_from_another_thread_and_gives_up_in_time() {
    let set = ThresholdSet::new([[with_status(Status::Shipped)], [with_status(Status::Cancelled)]])
        .expect("exclusive");
    let lvar = OrderLVar::new();
    let timed_out =
        lvar.get_one_of(&set).wait_timeout(Duration::ZERO, Outside::here()).expect_err("nothing was put");
    assert_eq!(
        timed_out.lacks,
        ["status: New, waiting for at least Shipped", "status: New, waiting for at least Cancelled"]
    );
    let answer = std::thread::scope(|scope| {
        let read = scope.spawn(|| lvar.get_one_of(&set).wait());
        lvar.status.put(Status::Cancelled).expect("no conflict");
        read.join().expect("no panic")
    });
    assert_eq!(answer, Ok(1));
}

#[test]
fn what_several_elements_lack_is_told_once() {
    let three =
        [[1, 2, 3], [1, 2, 4], [1, 3, 4], [2, 3, 4]].map(|tags| order(|order| order.tags = tags.into()));
    let set = ThresholdSet::new([three]).expect("one alone excludes nothing");
    let lvar = OrderLVar::new();
    assert_eq!(
        lvar.get_one_of(&set).why(Outside::here()),
        ["tags: absent, waiting for the element 1", "tags: absent, waiting for the element 2"]
    );
}

#[test]
fn a_set_that_can_no_more_be_reached_ends_the_read() {
    let lvar = LVar::<Flat<u8>>::new();
    let set =
        ThresholdSet::new([vec![Flat::Value(1), Flat::Conflict], vec![Flat::Value(2)]]).expect("exclusive");
    assert_eq!(now(lvar.get_one_of(&set)), None);
    lvar.freeze(Outside::here()).expect("no conflict");
    assert!(matches!(now(lvar.get_one_of(&set)), Some(Err(GetError::Frozen { .. }))));
    let empty = ThresholdSet::<Flat<u8>>::new([[]; 2]).expect("nothing clashes");
    let lvar = LVar::<Flat<u8>>::new();
    assert_eq!(now(lvar.get_one_of(&empty)), Some(Err(GetError::Frozen { lacks: Vec::new() })));
}

#[test]
fn what_is_under_a_key_is_asked_by_itself() {
    let prices = LVar::<BTreeMap<String, Flat<u32>>>::new();
    let set = ThresholdSet::labelled([
        ("cheap", vec![Flat::Value(1), Flat::Value(2)]),
        ("dear", vec![Flat::Value(90)]),
    ])
    .expect("different prices");
    assert_eq!(now(prices.key("book").get_one_of(&set)), None);
    prices.key("book").put(90).expect("no conflict");
    assert_eq!(prices.key("book").get_one_of(&set).wait(), Ok("dear"));
    assert_eq!(prices.key("book").at_least(90).wait(), Ok(()));
    assert_eq!(prices.at_least([("book".to_owned(), Flat::Value(90))]).wait(), Ok(()));
}

#[test]
fn a_count_is_asked_for_a_number_and_reaches_its_own_states_only() {
    let views = LVar::<BTreeMap<String, GCounter>>::new();
    views.key("page").bump(3).expect("room");
    assert_eq!(views.key("page").at_least(3).wait(), Ok(()));
    let page = views.key("page").or_bottom().expect("not frozen");
    assert_eq!(now(page.at_least(4)), None);
    let foreign = GCounter::new().increment(WriterId(1), 1);
    assert_eq!(now(LVarType::at_least(page, foreign)), None);
    assert_eq!(now(LVarType::at_least(page, GCounter::new())), Some(Ok(())));
    let own = page.freeze(Outside::here()).expect("no conflict");
    assert_eq!(now(LVarType::at_least(page, own)), Some(Ok(())));
}

#[test]
fn a_run_answers_a_set_and_reports_one_that_blocks() {
    let set = ThresholdSet::new([[Status::Shipped], [Status::Cancelled]]).expect("exclusive");
    let status = LVar::<Status>::new();
    let answer = par::run(async |p| {
        p.fork(|_| status.put(Status::Shipped));
        status.get_one_of(&set).await
    });
    assert_eq!(answer.map_err(|error| error.to_string()), Ok(Ok(0)));
    let other = LVar::<Status>::new();
    let blocked = par::run(async |_| other.get_one_of(&set).await).expect_err("nobody puts").to_string();
    assert!(blocked.contains("one of {Shipped}, {Cancelled}"), "{blocked}");
}
