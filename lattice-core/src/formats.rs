//! States in the formats of others, by serde, with the feature `serde`: JSON for people and other languages, a binary format for what
//! serde is already there for. Replicas do not use it: their form is the [`codec`](crate::codec), which no format can change.
//!
//! | type | in JSON |
//! | --- | --- |
//! | [`Max`](crate::Max), [`Min`](crate::Min), [`Any`](crate::Any), [`All`](crate::All) | the plain value: `3`, `true` |
//! | [`Flat`](crate::Flat) | `"bottom"`, `{"value": 3}`, `"conflict"` |
//! | [`WriterId`] | 16 hexadecimal digits: `"0000000000c0ffee"`, because JSON's numbers end at 53 bits in many languages |
//! | [`GCounter`] | each writer's count, in ascending order of writers: `{"0000000000c0ffee": 2}` |
//! | [`PnCounter`](crate::PnCounter) | `{"increments": {…}, "decrements": {…}}` |
//! | [`Conflict`](crate::Conflict) | `{"path": "lines[\"book\"]", "values": {"met": ["2", "3"]}}` or `{"state": …}`; written only |
//!
//! In formats that people do not read, a writer is its number. Types of your own derive serde's traits beside `Lattice`; sets and maps
//! have them from std, or by the feature `serde` of their crates.
//!
//! What is written comes back equal, and equal states of the types above have equal forms. Reading trusts nobody: a form that is not the
//! one above (an unknown word, a writer that stands twice, out of order or with a count of zero) is an error and never another state.
//! Std's sets and maps are more lenient: of a key that stands twice they keep the last value, so do not join by pasting forms together.
//!
//! ```
//! use lattice_core::{Flat, GCounter, WriterId};
//!
//! let price: Flat<u32> = serde_json::from_str(r#"{"value": 3}"#)?;
//! assert_eq!(price, Flat::Value(3));
//! let sold = GCounter::new().increment(WriterId(0xc0ffee), 2);
//! assert_eq!(serde_json::to_string(&sold)?, r#"{"0000000000c0ffee":2}"#);
//! # Ok::<(), serde_json::Error>(())
//! ```

use alloc::vec::Vec;
use core::{fmt, num::NonZeroU64};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, MapAccess, Unexpected, Visitor},
};

use crate::crdt::{GCounter, WriterId};

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
