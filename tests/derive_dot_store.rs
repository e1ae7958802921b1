//! `#[derive(DotStore)]`: structs of stores under one causal context.

use std::collections::BTreeMap;

use lvars::{
    AddWinsSet, Causal, CausalCounter, DisableWinsFlag, DotStore, EnableWinsFlag, MvRegister, OrMap,
    WriterId, prelude::*, schema::Schema,
};

/// An order that is edited on several machines.
#[derive(DotStore, Clone, Debug, PartialEq)]
struct Order {
    title: MvRegister<String>,
    tags: AddWinsSet<String>,
    items: OrMap<String, Item>,
}

#[derive(DotStore, Clone, Debug, PartialEq)]
struct Item {
    n: CausalCounter,
    gift: EnableWinsFlag,
    notes: OrMap<u8, Note>,
}

#[derive(DotStore, Clone, Debug, PartialEq)]
struct Note(MvRegister<String>, AddWinsSet<u8>);

const ALICE: WriterId = WriterId(1);
const BOB: WriterId = WriterId(2);

fn titled(order: &Causal<Order>, writer: WriterId, title: &str) -> Causal<Order> {
    order
        .write(writer, |order, dots| Order { title: order.title.set(dots, title.into()), ..Order::default() })
}

fn put(order: &Causal<Order>, writer: WriterId, item: &str, n: i64) -> Causal<Order> {
    order.write(writer, |order, dots| Order {
        items: order
            .items
            .update(dots, item.into(), |item, dots| Item { n: item.n.add(dots, n), ..Item::default() }),
        ..Order::default()
    })
}

fn noted(order: &Causal<Order>, writer: WriterId, item: &str, note: &str) -> Causal<Order> {
    order.write(writer, |order, dots| Order {
        items: order.items.update(dots, item.into(), |item, dots| Item {
            notes: item.notes.update(dots, 0, |Note(text, _), dots| {
                Note(text.set(dots, note.into()), AddWinsSet::default())
            }),
            ..Item::default()
        }),
        ..Order::default()
    })
}

fn removed(order: &Causal<Order>, writer: WriterId, item: &str) -> Causal<Order> {
    order.write(writer, |order, dots| Order { items: order.items.remove(dots, item), ..Order::default() })
}

#[test]
fn fields_are_written_by_themselves_and_share_one_context() {
    let mut order = Causal::<Order>::new();
    for delta in [titled(&order, ALICE, "May"), put(&order, BOB, "pen", 2)] {
        order.join(delta);
    }
    order.join(noted(&order, ALICE, "pen", "blue"));
    assert!(order.title.values().eq(["May"]));
    assert_eq!(order.items["pen"].n.value(), 2);
    assert!(order.items["pen"].notes[&0].0.values().eq(["blue"]));
    assert_eq!(order.version().count_of(ALICE), 2, "one sequence of writes for all fields");
}

#[test]
fn several_fields_are_one_write() {
    let mut order = Causal::<Order>::new();
    let delta = order.write(ALICE, |order, dots| Order {
        title: order.title.set(dots, "May".into()),
        tags: order.tags.add(dots, "new".into()).and(order.tags.add(dots, "paid".into())),
        ..Order::default()
    });
    order.join(delta);
    assert!(order.title.values().eq(["May"]) && order.tags.len() == 2);
}

#[test]
fn an_update_that_a_removal_has_not_seen_survives_it_alone_at_any_depth() {
    let mut here = Causal::<Order>::new();
    here.join(put(&here, ALICE, "pen", 2));
    here.join(noted(&here, ALICE, "pen", "blue"));
    let mut there = here.clone();
    there.join(removed(&there, BOB, "pen"));
    assert!(there.items.is_empty());

    here.join(noted(&here, ALICE, "pen", "red"));
    here.join(there.clone());
    assert!(here.items["pen"].notes[&0].0.values().eq(["red"]));
    assert_eq!(here.items["pen"].n.value(), 0, "what was seen is gone");
}

#[test]
fn what_is_removed_leaves_nothing_but_the_context() {
    let mut order = Causal::<Order>::new();
    order.join(put(&order, ALICE, "pen", 2));
    order.join(removed(&order, ALICE, "pen"));
    assert_eq!(*order.store(), Order::default());
}

#[test]
fn a_clash_names_the_fields_that_lead_to_it() {
    let (mut here, there) = (Causal::<Order>::new(), Causal::<Order>::new());
    here.join(noted(&here, ALICE, "pen", "blue"));
    here.join(noted(&there, ALICE, "pen", "red"));
    assert_eq!(
        here.clash().unwrap().to_string(),
        r#"conflict at items["pen"].notes[0].0[0000000000000001:1]: the state is Conflict"#
    );
}

#[test]
fn the_form_is_that_of_the_fields_in_order_and_comes_back() {
    let mut order = Causal::<Order>::new();
    for delta in [titled(&order, ALICE, "May"), put(&order, BOB, "pen", 2)] {
        order.join(delta);
    }
    assert_eq!(Causal::from_bytes(&order.to_bytes()).as_ref(), Ok(&order));

    type Pairs = Causal<(MvRegister<String>, AddWinsSet<String>)>;

    #[derive(DotStore, Clone, Debug, PartialEq)]
    struct Fields {
        title: MvRegister<String>,
        tags: AddWinsSet<String>,
    }

    let fields = Causal::<Fields>::new().write(ALICE, |fields, dots| Fields {
        title: fields.title.set(dots, "May".into()),
        tags: fields.tags.add(dots, "new".into()),
    });
    let pairs = Pairs::new()
        .write(ALICE, |pairs, dots| (pairs.0.set(dots, "May".into()), pairs.1.add(dots, "new".into())));
    assert_eq!(fields.to_bytes(), pairs.to_bytes());
}

#[test]
fn the_schema_names_the_fields() {
    let text = Schema::of::<Causal<Order>>();
    assert!(
        text.text().starts_with("state: Causal\nstate.store: stores Order\nstate.store.title: MvRegister\n"),
        "{text}"
    );
    assert!(text.text().contains("state.store.items.of.value.notes.of.value: stores Note\n"), "{text}");
}

/// A store of any value, with a list of who likes it.
#[derive(DotStore, Clone, Debug, PartialEq)]
struct Liked<T, const N: usize>
where
    T: Ord,
{
    value: MvRegister<T>,
    by: AddWinsSet<[u8; N]>,
}

#[derive(DotStore, Clone, Debug, PartialEq)]
struct Name(AddWinsSet<u8>);

#[derive(DotStore, Clone, Debug, PartialEq)]
struct Nothing;

/// By its bound alone, and raw identifiers.
#[derive(DotStore, Clone, Debug, PartialEq)]
#[lattice(bound = "T: Eq + Clone + std::fmt::Debug")]
struct Bounded<T> {
    r#type: MvRegister<T>,
    r#self_: DisableWinsFlag,
}

#[test]
fn parameters_newtypes_and_structs_of_nothing_work() {
    let mut liked = Causal::<Liked<u8, 2>>::new();
    liked
        .join(liked.write(ALICE, |liked, dots| Liked { by: liked.by.add(dots, [1, 2]), ..Liked::default() }));
    assert!(liked.by.contains(&[1, 2]));

    let mut name = Causal::<Name>::new();
    name.join(name.write(ALICE, |name, dots| Name(name.0.add(dots, 1))));
    assert!(name.0.contains(&1));
    assert!(DotStore::is_empty(&Nothing));

    let mut bounded = Causal::<Bounded<u8>>::new();
    bounded.join(
        bounded.write(ALICE, |all, dots| Bounded { r#type: all.r#type.set(dots, 3), ..Bounded::default() }),
    );
    assert!(bounded.r#type.values().eq([&3]));
    assert!(bounded.clash().is_none() && bounded.r#self_ == DisableWinsFlag::default());
}

/// Both kinds of fields: what is never taken back stands beside the document.
#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
struct Page {
    visits: GCounter,
    #[lattice(max)]
    edited: u64,
    body: Causal<Order>,
}

#[test]
fn plain_lattices_stand_beside_a_document() {
    let replica = Replica::<Page>::open();
    replica
        .update(Outside::here(), |page, writer| Page {
            visits: page.visits.increment(writer, 1),
            edited: 5,
            body: titled(&page.body, writer, "May"),
        })
        .unwrap();
    let page = replica.query(Outside::here());
    assert!(page.visits.value() == 1 && page.body.title.values().eq(["May"]));
}

fn orders() -> Vec<Causal<Order>> {
    let mut orders = vec![Causal::new()];
    let (mut here, mut there) = (Causal::<Order>::new(), Causal::<Order>::new());
    for round in 0..3 {
        here.join(put(&here, ALICE, ["pen", "cup"][round % 2], 1));
        there.join(noted(&there, BOB, "pen", ["blue", "red", "green"][round]));
        orders.extend([here.clone(), there.clone()]);
        there.join_ref(&here);
    }
    there.join(removed(&there, BOB, "pen"));
    here.join(titled(&here, ALICE, "May"));
    orders.extend([here, there]);
    orders
}

lvars::laws!(document: Causal<Order>, orders());

#[test]
fn every_field_of_a_wide_struct_is_reached() {
    macro_rules! wide {
        ($($field:ident)+) => {
            #[derive(DotStore, Clone, Debug, PartialEq)]
            struct Wide {
                $($field: AddWinsSet<u8>,)+
            }

            let mut wide = Causal::<Wide>::new();
            let mut at = 0;
            $(
                at += 1;
                wide.join(wide.write(ALICE, |wide, dots| Wide { $field: wide.$field.add(dots, at), ..Wide::default() }));
            )+
            let found: BTreeMap<&str, Vec<u8>> =
                BTreeMap::from([$((stringify!($field), wide.$field.iter().copied().collect())),+]);
            assert_eq!(found.len(), usize::from(at));
            assert!(found.values().all(|elements| elements.len() == 1));
            assert_eq!(Causal::from_bytes(&wide.to_bytes()).as_ref(), Ok(&wide));
        };
    }

    wide!(
        a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9
        d0 d1 d2 d3 d4 d5 d6 d7 d8 d9 e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 f0 f1 f2 f3 f4 f5 f6 f7 f8 f9
    );
}
