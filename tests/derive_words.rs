//! The words of `#[lattice(..)]` beyond the strategies of plain fields: what each makes of a type, and that it is lawful.

use std::{cmp::Ordering, collections::BTreeMap};

use lvars::{laws, prelude::*};

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
