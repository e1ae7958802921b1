//! Points that are no constants themselves: strings, and types with a constant form.
//!
//! Promises: a `String` is written as a `&'static str`, by itself, in a set, under `max` and behind what is transparent; two different
//! strings of a `Flat` exclude each other at compile time; a type of one's own is written as its constant form, and without one as itself.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use lvars::{prelude::*, threshold::ConstantForm};

#[derive(Clone, Debug, PartialEq, Eq)]
struct Sku(String);

impl From<&'static str> for Sku {
    fn from(name: &'static str) -> Self {
        Self(name.to_owned())
    }
}

impl ConstantForm for Sku {
    type Form = &'static str;
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Plain(u8, u8);

#[derive(Lattice, LVar, Clone, Debug, PartialEq)]
struct Person {
    name: Flat<String>,
    tags: BTreeSet<String>,
    #[lattice(max)]
    last: String,
    city: Option<Flat<Arc<str>>>,
    boxed: Flat<Box<str>>,
    owner: Box<Flat<String>>,
    sku: Flat<Sku>,
    plain: Flat<Plain>,
    notes: BTreeMap<String, Flat<String>>,
}

const BOB: &str = "bob";

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Person)]
enum Name {
    #[when(name >= "alice")]
    Alice,
    #[when(name >= BOB)]
    Bob,
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Person)]
enum City {
    #[when(city >= "here", boxed >= "a")]
    Here,
    #[when(city >= "there", notes["x"] >= "one")]
    There,
    #[when(notes["x"] >= "two", boxed >= "b", city >= BOB)]
    Nowhere,
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Person)]
enum Reached {
    #[when(tags >= "x")]
    #[when(last >= "m")]
    #[when(sku >= "s-1")]
    #[when(plain >= Plain(1, 2))]
    Yes,
}

/// A person of whom nothing is known but what `write` says.
fn person(write: impl FnOnce(&mut Person)) -> Person {
    let mut person = Person::bottom();
    write(&mut person);
    person
}

#[test]
fn a_string_is_compared_with_a_constant() {
    let named = |name: &str| person(|person| person.name = Flat::Value(name.to_owned())).get::<Name>();
    assert_eq!(["alice", "bob", "carol"].map(named), [Ok(Some(Name::Alice)), Ok(Some(Name::Bob)), Ok(None)]);
}

#[test]
fn strings_behind_pointers_options_and_keys_are_too() {
    let mut here = person(|person| person.city = Some(Flat::Value("here".into())));
    assert_eq!(here.get::<City>(), Ok(None));
    here.boxed = Flat::Value("a".into());
    assert_eq!(here.get::<City>(), Ok(Some(City::Here)));
    let there = person(|person| {
        person.city = Some(Flat::Value("there".into()));
        person.notes = BTreeMap::from([("x".to_owned(), Flat::Value("one".to_owned()))]);
    });
    assert_eq!(there.get::<City>(), Ok(Some(City::There)));
}

#[test]
fn every_leaf_takes_the_constant_form_of_its_points() {
    let reached = |write: fn(&mut Person)| person(write).get::<Reached>() == Ok(Some(Reached::Yes));
    assert!(!reached(|_| {}));
    assert!(!reached(|person| person.last = "l".to_owned()));
    assert!(reached(|person| person.last = "n".to_owned()));
    assert!(reached(|person| person.tags = BTreeSet::from(["x".to_owned()])));
    assert!(reached(|person| person.sku = Flat::Value(Sku("s-1".to_owned()))));
    assert!(reached(|person| person.plain = Flat::Value(Plain(1, 2))));
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Person)]
enum Owner {
    #[when(owner >= "ann")]
    Ann,
    #[when(owner >= BOB)]
    Bob,
}

#[test]
fn strings_in_a_box_exclude_each_other() {
    let owned_by = |name: &str| person(|person| *person.owner = Flat::Value(name.to_owned())).get::<Owner>();
    assert_eq!(["ann", "bob"].map(owned_by), [Ok(Some(Owner::Ann)), Ok(Some(Owner::Bob))]);
}

#[test]
fn an_lvar_waits_for_a_string() {
    let lvar = PersonLVar::new();
    assert_eq!(
        lvar.get::<Name>().why(Outside::here()),
        [r#"name: undecided, waiting for "alice""#, r#"name: undecided, waiting for "bob""#]
    );
    lvar.name.put("bob".to_owned()).expect("the first name");
    assert_eq!(lvar.get::<Name>().wait(), Ok(Name::Bob));
}
