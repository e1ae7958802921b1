//! States in JSON and in a binary format, with the feature `serde`.
//!
//! 1. what is written comes back equal, in both formats;
//! 2. equal states have equal forms, however they came about;
//! 3. the join of what was read is the join of what was written;
//! 4. any text or bytes are a state or an error: nothing else is read as a state, and nothing panics.
#![cfg(feature = "serde")]

use std::{collections::BTreeMap, fmt::Debug};

use lattice_core::{All, Any, Flat, GCounter, Lattice, Max, Min, PnCounter, WriterId};
use proptest::{collection::vec, prelude::*};
use serde::{Serialize, de::DeserializeOwned};

fn json<T: Serialize>(state: &T) -> String {
    serde_json::to_string(state).expect("states are JSON")
}

fn bytes<T: Serialize>(state: &T) -> Vec<u8> {
    postcard::to_allocvec(state).expect("states are bytes")
}

/// How JSON that is no state is refused.
fn refused<T: DeserializeOwned + Debug>(text: &str) -> String {
    serde_json::from_str::<T>(text).expect_err("this is no state").to_string()
}

fn comes_back<T: Serialize + DeserializeOwned + Lattice + Clone + PartialEq + Debug>(states: &[T]) {
    for state in states {
        assert_eq!(serde_json::from_str::<T>(&json(state)).expect("it is JSON of a state"), *state);
        assert_eq!(postcard::from_bytes::<T>(&bytes(state)).expect("they are bytes of a state"), *state);
        for other in states {
            let read = |state: &T| serde_json::from_str::<T>(&json(state)).expect("it is JSON of a state");
            let joined = state.clone().joined(other.clone());
            assert_eq!(read(state).joined(read(other)), joined);
            assert_eq!(bytes(&read(other).joined(read(state))), bytes(&joined));
        }
    }
}

type Record = (Max<u8>, Min<i16>, Any, All, Flat<u8>, (PnCounter, BTreeMap<u8, GCounter>));

fn flat() -> impl Strategy<Value = Flat<u8>> {
    prop_oneof![1 => Just(Flat::Bottom), 8 => (0_u8..3).prop_map(Flat::Value), 1 => Just(Flat::Conflict)]
}

fn counter() -> impl Strategy<Value = GCounter> {
    let writer = prop_oneof![0_u64..6, any::<u64>()];
    let count = prop_oneof![0_u64..4, Just(u64::MAX)];
    vec((writer.prop_map(WriterId), count), 0..6).prop_map(GCounter::from_iter)
}

fn record() -> impl Strategy<Value = Record> {
    let plain = (any::<u8>(), any::<i16>(), any::<bool>(), any::<bool>(), flat());
    let counters = (counter(), counter(), vec((0_u8..3, counter()), 0..3));
    (plain, counters).prop_map(|((max, min, some, every, flat), (up, down, each))| {
        let counters = (PnCounter::from_parts(up, down), each.into_iter().collect());
        (Max(max), Min(min), Any(some), All(every), flat, counters)
    })
}

proptest! {
    #[test]
    fn states_come_back_and_join_as_before(a in record(), b in record()) {
        comes_back(&[a, b]);
    }

    #[test]
    fn any_text_of_a_counter_is_its_form_or_refused(text in r#"\{("[0a]{15}[0-2aA]":[0-2],?){0,3}\}"#) {
        if let Ok(counter) = serde_json::from_str::<GCounter>(&text) {
            prop_assert_eq!(json(&counter), text);
        }
    }

    #[test]
    fn any_bytes_of_a_counter_are_a_state_or_refused(given in vec(0_u8..4, 0..12)) {
        if let Ok((counter, rest)) = postcard::take_from_bytes::<GCounter>(&given) {
            prop_assert_eq!([&bytes(&counter), rest].concat(), given);
        }
    }
}

#[test]
fn the_forms_are_what_the_documentation_says() {
    let counter =
        |counts: &[(u64, u64)]| counts.iter().map(|&(writer, n)| (WriterId(writer), n)).collect::<GCounter>();
    assert_eq!(json(&(Max(3), Min(4), Any(true), All(false))), "[3,4,true,false]");
    assert_eq!(json(&[Flat::Bottom, Flat::Value(3), Flat::Conflict]), r#"["bottom",{"value":3},"conflict"]"#);
    let half = r#"{"0000000000000001":5,"0000000000c0ffee":2}"#;
    assert_eq!(json(&counter(&[(0xc0ffee, 2), (1, 5)])), half);
    let both = PnCounter::from_parts(counter(&[(1, 5), (0xc0ffee, 2)]), GCounter::new());
    assert_eq!(json(&both), format!(r#"{{"increments":{half},"decrements":{{}}}}"#));
    assert_eq!(bytes(&counter(&[(7, 2)])), [1, 7, 2]);
}

#[test]
fn a_conflict_is_written_with_its_path() {
    let lines = |value| BTreeMap::from([("book", Flat::Value(value))]);
    let conflict = lines(3).incompatible(&lines(2)).expect("they differ").in_field("lines");
    assert_eq!(json(&conflict), r#"{"path":"lines[\"book\"]","values":{"met":["2","3"]}}"#);
    let conflict = Flat::<u8>::Conflict.conflict().expect("it is one");
    assert_eq!(json(&conflict), r#"{"path":"","values":{"state":"Conflict"}}"#);
}

#[test]
fn what_is_no_form_of_a_flat_is_refused() {
    assert_eq!(
        refused::<Flat<u8>>(r#""top""#),
        "unknown variant `top`, expected one of `bottom`, `value`, `conflict` at line 1 column 5"
    );
    for text in [
        r#"{"value":1,"value":1}"#,
        r#"{"value":1,"other":2}"#,
        r#"{"value":300}"#,
        "3",
        "null",
        r#"{}"#,
        r#""value""#,
    ] {
        refused::<Flat<u8>>(text);
    }
}

#[test]
fn writers_twice_out_of_order_or_without_a_count_are_refused() {
    let (a, b) = ("000000000000000a", "000000000000000b");
    let message = |writer, column| {
        format!("the writer {writer} stands twice or out of order at line 1 column {column}")
    };
    assert_eq!(refused::<GCounter>(&format!(r#"{{"{a}":1,"{a}":1}}"#)), message(a, 43));
    assert_eq!(refused::<GCounter>(&format!(r#"{{"{b}":1,"{a}":1}}"#)), message(a, 43));
    assert!(refused::<GCounter>(&format!(r#"{{"{a}":0}}"#)).contains("expected a nonzero u64"));
    for text in [
        r#"{"a":1}"#,
        r#"{"000000000000000A":1}"#,
        r#"{"+00000000000000a":1}"#,
        r#"{"é0000000000000a":1}"#,
        "[]",
        "1",
    ] {
        refused::<GCounter>(text);
    }
    assert!(
        refused::<PnCounter>(r#"{"increments":{},"decrements":{},"more":{}}"#)
            .contains("unknown field `more`")
    );
    assert!(refused::<PnCounter>(r#"{"increments":{}}"#).contains("missing field `decrements`"));
}

#[test]
fn a_number_of_writers_that_lies_is_refused_without_making_room_for_it() {
    let many = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 1, 1];
    assert_eq!(postcard::from_bytes::<GCounter>(&many), Err(postcard::Error::DeserializeUnexpectedEnd));
    assert!(postcard::from_bytes::<Flat<u8>>(&[3]).is_err(), "there are three variants");
}
