//! `#[derive(Replicate)]` on structs: deltas that carry the news and nothing else, and a canonical form as bytes.

use std::collections::BTreeMap;

use lattice_core::{Bottom, Delta, Flat, Max, codec::Codec, laws};
use lattice_derive::{Lattice, Replicate};

#[derive(Lattice, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(New < Paid < Broken, New < Cancelled < Broken), conflict = Broken)]
enum Status {
    New,
    Paid,
    Cancelled,
    Broken,
}

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
struct Order {
    status: Status,
    lines: BTreeMap<u8, Flat<u32>>,
    #[lattice(max)]
    priority: u64,
    #[lattice(any)]
    urgent: bool,
}

fn orders() -> Vec<Order> {
    let line = |key, value| BTreeMap::from([(key, Flat::Value(value))]);
    vec![
        Order::bottom(),
        Order { status: Status::Paid, ..Order::bottom() },
        Order { lines: line(0, 1), priority: 3, ..Order::bottom() },
        Order { status: Status::Cancelled, lines: line(1, 1), urgent: true, ..Order::bottom() },
        Order { lines: line(0, 1).into_iter().chain(line(1, 1)).collect(), priority: 2, ..Order::bottom() },
    ]
}

laws!(order: Order, orders());

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
struct Pair<T>(T, #[lattice(min)] u8);

laws!(generic_tuple_struct: Pair<Max<u8>>, (0..3).flat_map(|a| (0..3).map(move |b| Pair(Max(a), b))));

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
struct Unit;

laws!(unit_struct: Unit, [Unit]);

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
struct Alone {
    alone: Max<u8>,
}

laws!(one_field: Alone, (0..3).map(|n| Alone { alone: Max(n) }));

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
struct Tree<T> {
    here: T,
    children: BTreeMap<u8, Tree<T>>,
}

fn trees() -> impl Iterator<Item = Tree<Max<u8>>> {
    let leaf = |here| Tree { here: Max(here), children: BTreeMap::new() };
    let with = |here, key, child| Tree { children: BTreeMap::from([(key, leaf(child))]), ..leaf(here) };
    [leaf(0), leaf(1), leaf(2), with(0, 1, 0), with(1, 1, 2), with(0, 2, 2)].into_iter()
}

laws!(recursive_generic_struct: Tree<Max<u8>>, trees());

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
struct Folder {
    files: BTreeMap<u8, File>,
}

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
struct File {
    #[lattice(max)]
    size: u8,
    archive: Option<Box<Folder>>,
}

fn folders() -> impl Iterator<Item = Folder> {
    let empty = || Folder { files: BTreeMap::new() };
    let with = |size, archive: Option<Folder>| Folder {
        files: BTreeMap::from([(1, File { size, archive: archive.map(Box::new) })]),
    };
    [empty(), with(1, None), with(0, Some(empty())), with(2, Some(with(1, None)))].into_iter()
}

laws!(structs_that_hold_each_other: Folder, folders());

#[test]
fn a_delta_is_bottom_where_there_is_no_news() {
    let mut order = Order { priority: 5, ..Order::bottom() };
    let news = order.absorb(Order { status: Status::Paid, priority: 4, ..Order::bottom() });
    assert_eq!(news, Some(Order { status: Status::Paid, ..Order::bottom() }));
    assert_eq!(order.absorb(Order { priority: 5, ..Order::bottom() }), None);
    assert_eq!(
        order.diff(&Order { status: Status::Paid, ..Order::bottom() }).map(|delta| delta.priority),
        Some(5)
    );
}

#[test]
fn the_parts_of_a_struct_each_touch_one_field() {
    let order = Order {
        status: Status::Paid,
        lines: BTreeMap::from([(1, Flat::Value(2))]),
        priority: 3,
        urgent: false,
    };
    let parts: Vec<_> = order.parts().collect();
    assert_eq!(parts.len(), 3);
    assert_eq!(parts[0], Order { status: Status::Paid, ..Order::bottom() });
    assert_eq!(parts[2], Order { priority: 3, ..Order::bottom() });
}

#[test]
fn a_struct_is_written_as_its_fields_in_order() {
    let pair = Pair(Max(3_u8), 7);
    assert_eq!(pair.to_bytes(), [3, 7]);
    assert_eq!(Pair::from_bytes(&[3, 7]), Ok(pair));
    assert!(Pair::<Max<u8>>::from_bytes(&[3]).is_err());
    assert!(Order::from_bytes(&[4, 0, 0, 0]).is_err(), "there is no fifth status");
}
