//! `#[derive(Lattice, LVar, Replicate)]` on enums with data: the sum of the payloads along the declared order is lawful, whatever the payloads.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use lvars::{WriterId, laws, lvar::LVarType, prelude::*};

/// Constant propagation: not assigned yet, always the same value, or not constant.
#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq, Eq)]
#[lattice(order(Unknown < Known < Varies))]
enum Value {
    Unknown,
    #[lattice(flat)]
    Known(i64),
    Varies,
}

laws!(constants: Value, [Value::Unknown, Value::Known(1), Value::Known(2), Value::Known(-3), Value::Varies]);

/// The type of a column as rows are read: two types in one column are a mixture.
#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq, Eq)]
#[lattice(order(Never < Int < Mixed, Never < Text < Mixed, Never < Flag < Mixed))]
enum Schema {
    Never,
    Int {
        #[lattice(max)]
        widest: u8,
        nullable: Any,
    },
    Text(Max<u32>, BTreeSet<char>),
    Flag,
    Mixed(Any),
}

fn schemas() -> Vec<Schema> {
    let text = |len, chars: &str| Schema::Text(Max(len), chars.chars().collect());
    vec![
        Schema::Never,
        Schema::Int { widest: 0, nullable: Any(false) },
        Schema::Int { widest: 3, nullable: Any(false) },
        Schema::Int { widest: 1, nullable: Any(true) },
        Schema::Int { widest: 3, nullable: Any(true) },
        text(0, ""),
        text(2, "a"),
        text(1, "b"),
        text(2, "ab"),
        Schema::Flag,
        Schema::Mixed(Any(false)),
        Schema::Mixed(Any(true)),
    ]
}

laws!(schema: Schema, schemas());

/// A shape that holds shapes.
#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
#[lattice(order(Unknown < List < Clash, Unknown < Record < Clash), conflict = Clash, bottom = Unknown)]
enum Shape {
    Unknown,
    List(Box<Shape>),
    Record(BTreeMap<char, Self>),
    Clash,
}

fn shapes() -> Vec<Shape> {
    let list = |of| Shape::List(Box::new(of));
    let record = |fields: &[(char, Shape)]| Shape::Record(fields.iter().cloned().collect());
    vec![
        Shape::Unknown,
        list(Shape::Unknown),
        list(list(Shape::Unknown)),
        list(record(&[])),
        list(Shape::Clash),
        record(&[]),
        record(&[('a', Shape::Unknown)]),
        record(&[('a', list(Shape::Unknown))]),
        record(&[('b', Shape::Unknown)]),
        record(&[('a', Shape::Unknown), ('b', record(&[]))]),
        Shape::Clash,
    ]
}

laws!(recursive: Shape, shapes());

/// A payload that holds the enum, where other variants join to it and in the least variant, and by way of a struct.
#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
#[lattice(order(Least < Left < Both, Least < Right < Both))]
enum Nested {
    Least(Option<Box<Self>>),
    Left(Inner),
    Right,
    Both(Option<Box<Nested>>),
}

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
struct Inner {
    nested: Option<Box<Nested>>,
}

fn nested() -> Vec<Nested> {
    let inside = || Some(Box::new(Nested::Right));
    vec![
        Nested::Least(None),
        Nested::Least(inside()),
        Nested::Left(Inner { nested: None }),
        Nested::Left(Inner { nested: inside() }),
        Nested::Right,
        Nested::Both(None),
        Nested::Both(inside()),
    ]
}

laws!(nested_in_several_ways: Nested, nested());

/// M3 with data: no variant is distributive over the other two.
#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
#[lattice(order(Least < A < Greatest, Least < B < Greatest, Least < C < Greatest))]
enum M3 {
    Greatest(Max<u8>),
    C(Max<u8>),
    B(Option<Any>),
    #[lattice(flat)]
    A(char, u8),
    Least(Any),
}

fn m3() -> Vec<M3> {
    let mut states =
        vec![M3::Least(Any(false)), M3::Least(Any(true)), M3::A('a', 0), M3::A('a', 1), M3::A('b', 0)];
    states.extend([None, Some(Any(false)), Some(Any(true))].map(M3::B));
    states.extend([0, 1, 2].map(|n| M3::C(Max(n))));
    states.extend([0, 1, 2].map(|n| M3::Greatest(Max(n))));
    states
}

laws!(m3: M3, m3());

/// Two answers that differ are an error.
#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq, Eq)]
#[lattice(order(Pending < Answer < Broken, Pending < Failed < Broken), conflict = Broken)]
enum Reply<T, E = String>
where
    T: PartialOrd,
{
    Pending,
    Answer(#[lattice(flat)] T),
    #[lattice(flat)]
    Failed {
        r#why: E,
        code: u8,
    },
    Broken,
}

fn replies() -> Vec<Reply<u8, char>> {
    let failed = |why, code| Reply::Failed { why, code };
    vec![
        Reply::Pending,
        Reply::Answer(1),
        Reply::Answer(2),
        failed('a', 1),
        failed('a', 2),
        failed('b', 1),
        Reply::Broken,
    ]
}

laws!(generic: Reply<u8, char>, replies());

/// Payloads in conflict: one that lasts, and one that the next variant leaves.
#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Draft {
    Open {
        title: Flat<u8>,
        #[lattice(max)]
        edits: u32,
    },
    Published(Flat<u8>),
}

fn drafts() -> Vec<Draft> {
    let states = [Flat::Bottom, Flat::Value(1), Flat::Value(2), Flat::Conflict];
    let open = states.into_iter().flat_map(|title| [0, 1].map(|edits| Draft::Open { title, edits }));
    open.chain(states.map(Draft::Published)).collect()
}

laws!(conflicts_inside: Draft, drafts());

/// A lattice without a bottom may be a payload where no other state joins to it.
#[derive(Lattice, Clone, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Newest {
    Nothing,
    At(Max<std::num::NonZeroU8>),
}

laws!(no_bottom_needed: Newest, std::iter::once(Newest::Nothing).chain([1, 2, 3].map(|n| Newest::At(Max(std::num::NonZeroU8::new(n).expect("not zero"))))));

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum OneVariant {
    Only(Max<u8>, Any),
}

laws!(one_variant: OneVariant, [0, 1, 2].into_iter().flat_map(|n| [false, true].map(|b| OneVariant::Only(Max(n), Any(b)))));

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq, Eq)]
#[lattice(order(r#type < r#match < r#loop))]
#[expect(non_camel_case_types, reason = "raw identifiers are the point")]
#[repr(i16)]
enum Raw {
    r#type {} = 7,
    r#match {
        r#fn: Any,
    } = -2,
    #[cfg(any())]
    Gone(NoType),
    r#loop() = 3,
}

laws!(raw_identifiers_discriminants_and_cfg: Raw, [
    Raw::r#type {},
    Raw::r#match { r#fn: Any(false) },
    Raw::r#match { r#fn: Any(true) },
    Raw::r#loop(),
]);

#[derive(Lattice, Clone, Debug, PartialEq)]
#[lattice(chain)]
enum Everything<'a, K: Ord, V, const N: usize>
where
    K: Clone + 'a,
{
    Start,
    Map(BTreeMap<K, V>, #[lattice(max)] K, #[lattice(union)] BTreeSet<K>),
    #[lattice(flat)]
    Text(&'a str, [u8; N]),
    End(V),
}

fn everything() -> Vec<Everything<'static, u8, Any, 1>> {
    let map = |keys: &[u8], max| {
        Everything::Map(
            keys.iter().map(|key| (*key, Any(false))).collect(),
            max,
            keys.iter().copied().collect(),
        )
    };
    vec![
        Everything::Start,
        map(&[], 0),
        map(&[1], 0),
        map(&[2], 3),
        Everything::Text("a", [1]),
        Everything::Text("a", [2]),
        Everything::End(Any(false)),
        Everything::End(Any(true)),
    ]
}

laws!(generics_lifetimes_and_constants: Everything<'static, u8, Any, 1>, everything().into_iter());

#[test]
fn the_join_is_the_one_of_the_declaration() {
    assert_eq!(Value::Known(1).joined(Value::Known(1)), Value::Known(1));
    assert_eq!(Value::Known(1).joined(Value::Known(2)), Value::Varies);
    assert_eq!(
        Schema::Flag.joined(Schema::Int { widest: 3, nullable: Any(true) }),
        Schema::Mixed(Any(false))
    );
    let joined = Schema::Int { widest: 3, nullable: Any(false) }
        .joined(Schema::Int { widest: 1, nullable: Any(true) });
    assert_eq!(joined, Schema::Int { widest: 3, nullable: Any(true) });
    assert_eq!(Value::Known(1).lattice_cmp(&Value::Known(2)), None);
    assert_eq!(Value::Known(1).lattice_cmp(&Value::Varies), Some(Ordering::Less));
    assert_eq!((Value::bottom(), M3::bottom()), (Value::Unknown, M3::Least(Any(false))));
}

#[test]
fn a_conflict_says_where_it_is_and_what_met() {
    let conflict = Reply::<u8>::Answer(2).incompatible(&Reply::Answer(1)).expect("they differ");
    assert_eq!(conflict.to_string(), "conflict at Answer: 1 and 2 cannot both be true");
    let (left, right) = (Reply::<u8, u8>::Failed { why: 7, code: 1 }, Reply::Failed { why: 7, code: 2 });
    let conflict = left.incompatible(&right).expect("they differ");
    assert_eq!(conflict.to_string(), "conflict at Failed.code: 1 and 2 cannot both be true");
    let conflict = left.incompatible(&Reply::Answer(1)).expect("they exclude each other");
    assert_eq!(conflict.to_string(), "conflict: Answer and Failed cannot both be true");
    assert!(Value::Known(1).incompatible(&Value::Known(2)).is_none(), "`Varies` is no conflict");
}

#[test]
fn a_conflict_in_a_payload_counts_where_no_later_state_leaves_it() {
    assert_eq!(
        Draft::Open { title: Flat::Conflict, edits: 0 }.conflict(),
        None,
        "publishing it settles the title"
    );
    let conflict =
        Draft::Published(Flat::Value(1)).incompatible(&Draft::Published(Flat::Value(2))).expect("two titles");
    assert_eq!(conflict.path(), "Published");
    let conflict = Shape::List(Box::new(Shape::Clash)).conflict().expect("the elements clash");
    assert_eq!(conflict.path(), "List");
}

#[test]
fn deltas_are_what_was_new() {
    let mut state = Schema::Text(Max(2), BTreeSet::from(['a']));
    let news = state.absorb(Schema::Text(Max(1), BTreeSet::from(['a', 'b'])));
    assert_eq!(news, Some(Schema::Text(Max(0), BTreeSet::from(['b']))));
    // The payload is forgotten where two variants meet, so it is not sent.
    assert_eq!(
        state.absorb(Schema::Int { widest: 9, nullable: Any(true) }),
        Some(Schema::Int { widest: 0, nullable: Any(false) })
    );
    assert_eq!(state, Schema::Mixed(Any(false)));
}

#[test]
fn parts_are_irreducible_in_the_order_of_the_sum() {
    let parts = |state: Schema| state.parts().collect::<Vec<_>>();
    assert_eq!(parts(Schema::Flag), [Schema::Flag], "an irreducible variant is a part even with its bottom");
    let both = Schema::Int { widest: 3, nullable: Any(true) };
    let [wide, nullable] =
        [(3, false), (0, true)].map(|(widest, some)| Schema::Int { widest, nullable: Any(some) });
    assert_eq!(parts(both), [wide, nullable]);
    assert_eq!(parts(Schema::Mixed(Any(false))).len(), 2, "two of the three variants below join to it");
    assert_eq!(parts(Schema::Mixed(Any(true))), [Schema::Mixed(Any(true))]);
    assert_eq!(Value::Varies.parts().collect::<Vec<_>>(), [Value::Varies], "no two values are at hand");
}

/// Bids that are counted, until the sale is over.
#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
#[lattice(order(Draft < Open < Sold < Broken, Draft < Withdrawn < Broken), conflict = Broken)]
enum Sale {
    Draft,
    Open(GCounter),
    Withdrawn { by: GCounter },
    Sold { bids: GCounter, views: GCounter },
    Broken,
}

#[test]
fn a_count_in_a_payload_that_its_writer_has_not_made_is_an_alarm() {
    let (alice, bob) = (WriterId(1), WriterId(2));
    let count = |writer, n| GCounter::from_iter([(writer, n)]);
    let sold = |bids| Sale::Sold { bids, views: GCounter::new() };
    let path = |here: &Sale, delta: Sale| here.forged(&delta, alice).map(|alarm| alarm.path());
    let open = Sale::Open(count(alice, 2));
    assert_eq!(path(&open, Sale::Open(count(alice, 3))).as_deref(), Some(""));
    assert_eq!(path(&open, sold(count(alice, 1))).as_deref(), Some("bids"), "she has written nothing there");
    for honest in [open.clone(), Sale::Open(count(bob, 9)), sold(count(bob, 1)), Sale::Draft, Sale::Broken] {
        assert_eq!(path(&open, honest), None);
    }
    // What she wrote before comes back, and is not taken in.
    assert_eq!(path(&sold(count(bob, 1)), open.clone()), None);
    assert_eq!(
        path(&open, Sale::Withdrawn { by: count(alice, 7) }),
        None,
        "its payload is not taken in either"
    );
    assert_eq!(open.joined(Sale::Withdrawn { by: count(alice, 7) }), Sale::Broken);
}

#[test]
fn the_canonical_form_is_the_position_of_the_variant_and_its_payload() {
    assert_eq!(Value::Known(-3).to_bytes(), [1, 5]);
    assert_eq!(Raw::r#loop().to_bytes(), [2]);
    assert!(
        Value::from_bytes(&[3]).is_err()
            && Value::from_bytes(&[1]).is_err()
            && Value::from_bytes(&[0, 0]).is_err()
    );
    let deep: Vec<u8> = std::iter::repeat_n(1, 100_000).chain([0]).collect();
    assert!(Shape::from_bytes(&deep).is_err(), "too deep for the stack");
}

#[test]
fn its_lvar_takes_puts_and_answers_thresholds() -> Result<(), Box<dyn std::error::Error>> {
    let value = LVar::<Value>::new();
    value.put(Value::Known(1))?;
    value.at_least(Value::Known(1)).wait()?;
    value.put(Value::Known(2))?;
    value.at_least(Value::Varies).wait()?;
    assert_eq!(value.into_value()?, Value::Varies);

    let reply = LVar::<Reply<u8>>::new();
    reply.put(Reply::Answer(1))?;
    let refused = reply.put(Reply::Answer(2)).expect_err("the answers differ").to_string();
    assert!(refused.contains("1 and 2"), "{refused}");
    Ok(())
}

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
#[lattice(order(Open < Bid < Broken, Open < Withdrawn < Broken), conflict = Broken)]
enum Lot {
    Open,
    Bid(#[lattice(flat)] i64),
    Withdrawn(BTreeSet<String>),
    Broken,
}

#[derive(Lattice, LVar, Clone, Debug, PartialEq)]
struct Auction {
    lot: Lot,
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Auction)]
enum Price {
    #[when(lot >= Lot::Bid(1))]
    One,
    #[when(lot >= Lot::Bid(2))]
    Two,
    #[when(lot >= Lot::Withdrawn(BTreeSet::new()))]
    None,
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Lot)]
enum Sold {
    #[when(self)]
    For(i64),
}

#[test]
fn thresholds_are_proved_by_the_variants_and_by_plain_payloads() -> Result<(), Box<dyn std::error::Error>> {
    let auction = LVar::<Auction>::new();
    auction.lot.put(Lot::Bid(2))?;
    assert_eq!(auction.get::<Price>().wait()?, Price::Two);
    let withdrawn = Auction { lot: Lot::Withdrawn(BTreeSet::new()) };
    assert_eq!(withdrawn.get::<Price>(), Ok(Some(Price::None)));
    assert_eq!(Auction { lot: Lot::Open }.get::<Price>(), Ok(None));
    Ok(())
}

#[test]
fn the_payload_of_a_variant_that_is_written_once_can_be_bound() -> Result<(), Box<dyn std::error::Error>> {
    let lot = LVar::<Lot>::new();
    lot.put(Lot::Bid(30))?;
    assert_eq!(lot.get::<Sold>().wait()?, Sold::For(30));
    assert_eq!(Lot::Open.get::<Sold>(), Ok(None));
    Ok(())
}

#[test]
fn its_replicas_converge_by_deltas_and_answer_thresholds() -> Result<(), Box<dyn std::error::Error>> {
    let (here, there) = (Replica::<Lot>::open(), Replica::<Lot>::open());
    let delta = here.update(Outside::here(), |_, _| Lot::Bid(30))?.expect("the bid is news");
    assert_eq!(there.merge_bytes(Outside::here(), &delta.to_bytes())?, Some(Lot::Bid(30)));
    assert_eq!(there.merge(Outside::here(), delta)?, None, "it was merged before");
    assert_eq!(*there.query(Outside::here()), Lot::Bid(30));
    assert_eq!(there.get::<Sold>().wait()?, Sold::For(30));
    Ok(())
}
