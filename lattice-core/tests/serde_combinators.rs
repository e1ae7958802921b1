//! The lattices that are made of others, in JSON and in a binary format, with the feature `serde`.
//!
//! 1. what is written comes back equal, in both formats, and joins as before;
//! 2. equal states have equal forms, however they came about;
//! 3. what breaks an invariant, or is in other words, is refused;
//! 4. any text or bytes are a state's own form or an error, and no room is made for a length that lies.
#![cfg(feature = "serde")]

use std::{collections::BTreeSet, fmt::Debug};

use lattice_core::{
    Antichain, Any, Bounded, Common, Dual, Flat, Grow, Lattice, Lex, LexPartial, Max, Min, Prefix, Top,
    Total, WithTop,
};
use proptest::{collection::vec, prelude::*};
use serde::{Serialize, de::DeserializeOwned};

type Offers = Antichain<(Min<u8>, Max<u8>)>;
type Leader = Bounded<BTreeSet<u8>, 2>;

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

fn comes_back<T: Serialize + DeserializeOwned + Lattice + Clone + PartialEq + Debug>(left: &T, right: &T) {
    let read = |state: &T| serde_json::from_str::<T>(&json(state)).expect("it is JSON of a state");
    for state in [left, right] {
        assert_eq!(read(state), *state);
        assert_eq!(postcard::from_bytes::<T>(&bytes(state)).expect("they are bytes of a state"), *state);
    }
    let (there, back) = (read(left).joined(read(right)), read(right).joined(read(left)));
    assert_eq!(there, left.clone().joined(right.clone()));
    assert_eq!((json(&there), bytes(&there)), (json(&back), bytes(&back)));
}

fn flat() -> impl Strategy<Value = Flat<u8>> {
    prop_oneof![Just(Flat::Bottom), (0_u8..3).prop_map(Flat::Value), Just(Flat::Conflict)]
}

fn elements() -> impl Strategy<Value = BTreeSet<u8>> {
    vec(0_u8..4, 0..4).prop_map(BTreeSet::from_iter)
}

fn prefix() -> impl Strategy<Value = Prefix<u8>> {
    prop_oneof![8 => vec(0_u8..2, 0..4).prop_map(Prefix::from), 1 => Just(Prefix::Conflict)]
}

fn offers() -> impl Strategy<Value = Offers> {
    let number = || prop_oneof![0_u8..6, any::<u8>()];
    vec((number(), number()), 0..5)
        .prop_map(|offers| offers.into_iter().map(|(price, speed)| (Min(price), Max(speed))).collect())
}

/// Any bits, and all that is special about floats.
fn float() -> impl Strategy<Value = Max<Total<f64>>> {
    let special =
        prop::sample::select(vec![0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, -f64::NAN]);
    prop_oneof![any::<u64>().prop_map(f64::from_bits), special].prop_map(|float| Max(Total(float)))
}

type Keyed = (Lex<Max<u8>, Flat<u8>>, LexPartial<BTreeSet<u8>, Flat<u8>>);

fn keyed() -> impl Strategy<Value = Keyed> {
    (0_u8..3, elements(), flat(), flat()).prop_map(|(key, keys, value, other)| {
        (Lex { key: Max(key), value }, LexPartial { key: keys, value: other })
    })
}

type Wrapped = (WithTop<Flat<u8>>, Leader, Dual<Max<u8>>, Common<BTreeSet<u8>>, Grow<Flat<u8>>);

fn wrapped() -> impl Strategy<Value = Wrapped> {
    let with_top = prop_oneof![flat().prop_map(WithTop::Value), Just(WithTop::Top)];
    let bounded = elements().prop_map(Leader::from);
    (with_top, bounded, any::<u8>(), elements(), vec(flat(), 0..4)).prop_map(
        |(top, bounded, dual, common, grow)| (top, bounded, Dual(Max(dual)), Common(common), Grow(grow)),
    )
}

proptest! {
    #[test]
    fn states_come_back_and_join_as_before(
        (left, right) in (wrapped(), wrapped()),
        (keyed_left, keyed_right) in (keyed(), keyed()),
        (other_left, other_right) in ((prefix(), offers(), float()), (prefix(), offers(), float())),
    ) {
        comes_back(&left, &right);
        comes_back(&keyed_left, &keyed_right);
        comes_back(&other_left, &other_right);
    }

    #[test]
    fn any_text_of_an_antichain_is_its_form_or_refused(text in r#"\[(\[[0-3],[0-3]\],){0,3}\[[0-3],[0-3]\]\]"#) {
        if let Ok(offers) = serde_json::from_str::<Offers>(&text) {
            prop_assert_eq!(json(&offers), text);
        }
    }

    #[test]
    fn any_text_of_a_float_is_its_form_or_refused(text in r#""-?([0-9]{1,18}(\.[0-9]{1,9})?(e-?[0-9]{1,3})?|inf|NaN)""#) {
        if let Ok(float) = serde_json::from_str::<Total<f32>>(&text) {
            prop_assert_eq!(json(&float), text);
        }
    }

    #[test]
    fn any_bytes_are_a_state_s_own_or_refused(given in vec(0_u8..6, 0..12)) {
        if let Ok((offers, rest)) = postcard::take_from_bytes::<Offers>(&given) {
            prop_assert_eq!([&bytes(&offers), rest].concat(), given.clone());
        }
        if let Ok((moves, rest)) = postcard::take_from_bytes::<Prefix<u8>>(&given) {
            prop_assert_eq!([&bytes(&moves), rest].concat(), given.clone());
        }
        if let Ok((chunks, rest)) = postcard::take_from_bytes::<Grow<Flat<u8>>>(&given) {
            prop_assert_eq!([&bytes(&chunks), rest].concat(), given);
        }
    }
}

#[test]
fn the_forms_are_what_the_documentation_says() {
    let free = Common(BTreeSet::from(["mon", "tue"]));
    assert_eq!(json(&(WithTop::Value(3), WithTop::<u8>::Top)), r#"[{"value":3},"top"]"#);
    assert_eq!(json(&(Leader::from(BTreeSet::from([7])), Leader::top())), r#"[{"within":[7]},"beyond"]"#);
    assert_eq!(json(&(Dual(Max(3)), free)), r#"[3,["mon","tue"]]"#);
    assert_eq!(json(&Lex { key: Max(2), value: Any(true) }), r#"{"key":2,"value":true}"#);
    assert_eq!(json(&LexPartial { key: Max(2), value: Any(true) }), r#"{"key":2,"value":true}"#);
    assert_eq!(json(&Grow(vec![Any(true), Any(false)])), "[true,false]");
    let moves = (Prefix::from(vec!["e4", "e5"]), Prefix::<u8>::Conflict);
    assert_eq!(json(&moves), r#"[{"values":["e4","e5"]},"conflict"]"#);
    let offers: Offers =
        [(30, 5), (9, 2)].map(|(price, speed)| (Min(price), Max(speed))).into_iter().collect();
    assert_eq!(json(&offers), "[[9,2],[30,5]]");
    let floats = [21.5, -0.0, 1e-310, f64::INFINITY, -f64::NAN].map(Total);
    assert_eq!(json(&floats), r#"["21.5","-0.0","1e-310","inf","NaN"]"#);
    assert_eq!(bytes(&Total(1.0_f32)), 1.0_f32.to_le_bytes());
}

#[test]
fn an_unknown_variant_or_field_is_refused() {
    assert!(refused::<WithTop<u8>>(r#""bottom""#).contains("expected `value` or `top`"));
    assert!(refused::<Prefix<u8>>(r#""top""#).contains("expected `values` or `conflict`"));
    assert!(refused::<Leader>(r#"{"without":[]}"#).contains("expected `within` or `beyond`"));
    for keyed in [r#"{"key":1,"value":2,"more":3}"#, r#"{"key":1}"#, r#"{"key":1,"key":1,"value":2}"#] {
        refused::<Lex<u8, u8>>(keyed);
        refused::<LexPartial<u8, u8>>(keyed);
    }
    for tag in [2, 3, 0xff] {
        assert!(postcard::from_bytes::<WithTop<u8>>(&[tag, 0]).is_err());
        assert!(postcard::from_bytes::<Prefix<u8>>(&[tag, 0]).is_err());
        assert!(postcard::from_bytes::<Leader>(&[tag, 0]).is_err());
    }
}

#[test]
fn a_state_larger_than_its_bound_is_refused() {
    assert!(refused::<Leader>(r#"{"within":[1,2,3]}"#).contains("a state exceeds its bound 2"));
    assert!(postcard::from_bytes::<Leader>(&[0, 3, 1, 2, 3]).is_err());
}

#[test]
fn an_antichain_out_of_order_or_with_comparable_states_is_refused() {
    assert!(refused::<Offers>("[[30,5],[9,2]]").contains("not in the order of their bytes"));
    assert!(refused::<Offers>("[[9,2],[9,2]]").contains("not in the order of their bytes"));
    assert!(refused::<Offers>("[[9,2],[30,2]]").contains("one state of an antichain is below another"));
}

#[test]
fn a_float_in_other_words_is_refused() {
    for text in ["21.50", "+1.0", "1", "1e0", "-NaN", "nan", "infinity", "1e999", " 1.0", "", "0x1"] {
        refused::<Total<f64>>(&json(&text));
    }
    for no_text in ["1.0", "null", "[]"] {
        refused::<Total<f64>>(no_text);
    }
    let other_nan = (f64::NAN.to_bits() | 1).to_le_bytes();
    assert!(postcard::from_bytes::<Total<f64>>(&other_nan).is_err());
    assert!(
        postcard::from_bytes::<Total<f32>>(&bytes(&Total(-f32::NAN))).is_ok(),
        "it is written as the one"
    );
}

#[test]
fn a_length_that_lies_is_refused_without_making_room_for_it() {
    let many = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 1, 1];
    assert_eq!(postcard::from_bytes::<Grow<Flat<u8>>>(&many), Err(postcard::Error::DeserializeUnexpectedEnd));
    assert_eq!(postcard::from_bytes::<Offers>(&many), Err(postcard::Error::DeserializeUnexpectedEnd));
    let many_values = [&[0], &many[..]].concat();
    assert_eq!(
        postcard::from_bytes::<Prefix<u8>>(&many_values),
        Err(postcard::Error::DeserializeUnexpectedEnd)
    );
    // What takes no bytes never ends, so it does not begin.
    assert!(postcard::from_bytes::<Grow<()>>(&many).is_err());
    assert!(postcard::from_bytes::<Prefix<()>>(&many_values).is_err());
}
