//! States in the formats of others, by serde, with the feature `serde`: JSON for people and other languages, a binary format for what
//! serde is already there for. Replicas do not use it: their form is the [`codec`](crate::codec), which no format can change.
//!
//! | type | in JSON |
//! | --- | --- |
//! | [`Max`](crate::Max), [`Min`](crate::Min), [`Any`](crate::Any), [`All`](crate::All) | the plain value: `3`, `true` |
//! | [`Flat`](crate::Flat) | `"bottom"`, `{"value": 3}`, `"conflict"` |
//! | [`WithTop`](crate::WithTop) | `{"value": 3}`, `"top"` |
//! | [`Bounded`] | `{"within": ["ann"]}`, `"beyond"` |
//! | [`Dual`](crate::Dual), [`Common`](crate::Common) | what they hold: `3`, `["mon", "tue"]` |
//! | [`Lex`](crate::Lex), [`LexPartial`](crate::LexPartial) | `{"key": 2, "value": true}` |
//! | [`Grow`] | `[true, false]` |
//! | [`Prefix`](crate::Prefix) | `{"values": ["e4", "e5"]}`, `"conflict"` |
//! | [`Antichain`] | its states, in the order of their bytes by the [`codec`](crate::codec), which they must have: `[[9, 2], [30, 5]]` |
//! | [`Total`] | its decimals: `"21.5"`, `"-0.0"`, `"1e-310"`, `"inf"`, `"NaN"`. Text, because JSON's numbers have neither infinities nor NaN, and not every reader rounds them right |
//! | [`WriterId`] | 16 hexadecimal digits: `"0000000000c0ffee"`, because JSON's numbers end at 53 bits in many languages |
//! | [`GCounter`] | each writer's count, in ascending order of writers: `{"0000000000c0ffee": 2}` |
//! | [`PnCounter`](crate::PnCounter) | `{"increments": {…}, "decrements": {…}}` |
//! | [`Conflict`](crate::Conflict) | `{"path": "lines[\"book\"]", "values": {"met": ["2", "3"]}}` or `{"state": …}`; written only |
//!
//! In formats that people do not read, a writer is its number and a `Total` its float. Types of your own derive serde's traits beside
//! `Lattice`; std's have them from serde (`Rc` and `Arc` by its feature `rc`, arrays up to 32), those of other crates by the feature
//! `serde` of these crates.
//!
//! What is written comes back equal, and equal states of the types above have equal forms, unless they hold a hashed collection, which
//! is written in its own order. Reading trusts nobody: a form that is not the one above (an unknown word, a writer that stands twice,
//! out of order or with a count of zero, states of an antichain of which one is below another, a state larger than its bound, a
//! float in other words) is an error and never another state, and memory grows with what is there, whatever length was announced. Two
//! things are serde's way: of a key that stands twice std's sets and maps keep the last value, so do not join by pasting forms
//! together; and where a form has named fields, an array of their values is read as well.
//!
//! ```
//! use lvars::{Flat, GCounter, WriterId};
//!
//! let price: Flat<u32> = serde_json::from_str(r#"{"value": 3}"#)?;
//! assert_eq!(price, Flat::Value(3));
//! let sold = GCounter::new().increment(WriterId(0xc0ffee), 2);
//! assert_eq!(serde_json::to_string(&sold)?, r#"{"0000000000c0ffee":2}"#);
//! # Ok::<(), serde_json::Error>(())
//! ```

use alloc::{format, vec::Vec};
use core::{
    fmt::{self, Debug},
    marker::PhantomData,
    num::NonZeroU64,
    str::FromStr,
};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, MapAccess, SeqAccess, Unexpected, Visitor},
};

use crate::{
    codec::Codec,
    crdt::{GCounter, WriterId},
    lattice::{Lattice, Top},
    lattices::{Antichain, Bounded, Grow, Size, Total},
};

impl Serialize for WriterId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for WriterId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_str(Digits)
        } else {
            u64::deserialize(deserializer).map(Self)
        }
    }
}

/// Reads a writer as it is shown, and in no other way.
struct Digits;

impl Visitor<'_> for Digits {
    type Value = WriterId;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a writer in 16 hexadecimal digits, small ones")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<WriterId, E> {
        let refused = || E::invalid_value(Unexpected::Str(text), &self);
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() != 16 || !text.bytes().all(is_digit) {
            return Err(refused());
        }
        u64::from_str_radix(text, 16).map(WriterId).map_err(|_| refused())
    }
}

impl Serialize for GCounter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.counts())
    }
}

impl<'de> Deserialize<'de> for GCounter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Counts)
    }
}

/// Reads the counts of a counter in ascending order of writers.
struct Counts;

impl<'de> Visitor<'de> for Counts {
    type Value = GCounter;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("each writer's count, which is not zero, in ascending order of writers")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut counts: A) -> Result<GCounter, A::Error> {
        // Without room made ahead: who wrote how many there are may have lied.
        let mut ascending: Vec<(WriterId, u64)> = Vec::new();
        while let Some((writer, count)) = counts.next_entry::<WriterId, NonZeroU64>()? {
            if ascending.last().is_some_and(|(last, _)| *last >= writer) {
                return Err(A::Error::custom(format_args!(
                    "the writer {writer} stands twice or out of order"
                )));
            }
            ascending.push((writer, count.get()));
        }
        Ok(ascending.into_iter().collect())
    }
}

impl<'de, L: Deserialize<'de>> Deserialize<'de> for Grow<L> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        sequence(deserializer).map(Self)
    }
}

/// Reads the elements that are there, without room made ahead.
pub(crate) fn sequence<'de, T, D>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_seq(Elements(PhantomData))
}

struct Elements<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Elements<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut given: A) -> Result<Vec<T>, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = given.next_element()? {
            // As in the codec: elements that take no bytes could be as many as anyone claims.
            if size_of::<T>() == 0 {
                return Err(A::Error::custom("elements without choice cannot be counted"));
            }
            elements.push(element);
        }
        Ok(elements)
    }
}

/// A state of [`Bounded`] as it is written.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Bounded", rename_all = "snake_case")]
enum BoundedForm<L> {
    Within(L),
    Beyond,
}

impl<L: Serialize, const N: usize> Serialize for Bounded<L, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.get().map_or(BoundedForm::Beyond, BoundedForm::Within).serialize(serializer)
    }
}

impl<'de, L: Size + Clone + Debug + Deserialize<'de>, const N: usize> Deserialize<'de> for Bounded<L, N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match BoundedForm::<L>::deserialize(deserializer)? {
            BoundedForm::Within(state) if state.size() <= N => Ok(Self::from(state)),
            BoundedForm::Within(_) => Err(D::Error::custom(format_args!("a state exceeds its bound {N}"))),
            BoundedForm::Beyond => Ok(Self::top()),
        }
    }
}

/// In the order of their bytes, since there is no other that all lattices have.
impl<L: Serialize + Codec> Serialize for Antichain<L> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sorted: Vec<(Vec<u8>, &L)> = self.iter().map(|state| (state.to_bytes(), state)).collect();
        sorted.sort_unstable_by(|(left, _), (right, _)| left.cmp(right));
        serializer.collect_seq(sorted.into_iter().map(|(_, state)| state))
    }
}

impl<'de, L: Lattice + Codec + Deserialize<'de>> Deserialize<'de> for Antichain<L> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let states: Vec<L> = sequence(deserializer)?;
        let bytes: Vec<Vec<u8>> = states.iter().map(Codec::to_bytes).collect();
        if !bytes.is_sorted_by(|left, right| left < right) {
            return Err(D::Error::custom("the states of an antichain are not in the order of their bytes"));
        }
        let n_states = states.len();
        let antichain: Self = states.into_iter().collect();
        if antichain.len() == n_states {
            Ok(antichain)
        } else {
            Err(D::Error::custom("one state of an antichain is below another"))
        }
    }
}

/// Reads a float as it is written, and in no other way.
struct Decimals<T>(PhantomData<T>);

impl<T: FromStr + Debug> Visitor<'_> for Decimals<T> {
    type Value = Total<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a float in its shortest decimals, as text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Total<T>, E> {
        let float = text.parse().ok().map(Total).filter(|float: &Total<T>| format!("{float:?}") == text);
        float.ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

macro_rules! floats {
    ($($float:ident)+) => {$(
        impl Serialize for Total<$float> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.collect_str(&format_args!("{self:?}"))
                } else {
                    $float::from_bits(self.to_bits()).serialize(serializer)
                }
            }
        }

        impl<'de> Deserialize<'de> for Total<$float> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    return deserializer.deserialize_str(Decimals(PhantomData));
                }
                let read = Self($float::deserialize(deserializer)?);
                if read.to_bits() == read.0.to_bits() {
                    Ok(read)
                } else {
                    Err(D::Error::custom("a NaN is not the one NaN"))
                }
            }
        }
    )+};
}

floats!(f32 f64);
