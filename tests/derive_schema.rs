//! The schema of derived types: what changes it, what does not, and how the difference is told.

use std::collections::{BTreeMap, HashMap};

use lvars::{
    CausalLengthSet,
    prelude::*,
    schema::{Fingerprint, Schema},
};

use self::released::Status;

/// The types that each case is compared with.
mod released {
    use super::*;

    #[derive(Lattice, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
    #[lattice(order(New < Paid < Broken, New < Cancelled < Broken), conflict = Broken)]
    pub(crate) enum Status {
        New,
        Paid,
        Cancelled,
        Broken,
    }

    #[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
    pub(crate) struct Order {
        pub(crate) status: Status,
        pub(crate) lines: BTreeMap<String, Flat<u32>>,
        #[lattice(max)]
        pub(crate) priority: u64,
    }

    #[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
    #[lattice(order(Unknown < Known < Broken, Unknown < Counted < Broken), conflict = Broken)]
    pub(crate) enum Value {
        Unknown,
        #[lattice(flat)]
        Known(u32),
        Counted {
            n: GCounter,
            #[lattice(min)]
            least: u8,
        },
        Broken,
    }
}

/// Defines the types of a case in a module of its own, so that they have the released names.
macro_rules! case {
    ($name:ident: $($items:tt)*) => {
        mod $name {
            use super::*;

            $($items)*
        }
    };
}

fn fingerprint<T: Codec>() -> Fingerprint {
    Schema::of::<T>().fingerprint()
}

fn told<Here: Codec, There: Codec>() -> String {
    let (here, there) = (Schema::of::<Here>(), Schema::of::<There>());
    assert_ne!(here.fingerprint(), there.fingerprint());
    here.difference(&there).expect("their texts differ").to_string()
}

#[test]
fn a_struct_says_its_fields_and_an_enum_its_order() {
    assert_eq!(
        Schema::of::<released::Order>().text(),
        "state: struct Order\n\
         state.status: enum Status\n\
         state.status.New: the least\n\
         state.status.Paid: above New\n\
         state.status.Cancelled: above New\n\
         state.status.Broken: above Paid, Cancelled, the conflict\n\
         state.lines: map\n\
         state.lines.key: text\n\
         state.lines.value: Flat\n\
         state.lines.value.of: u32\n\
         state.priority: Max\n\
         state.priority.of: u64\n"
    );
    assert_eq!(
        Schema::of::<released::Value>().text(),
        "state: enum Value\n\
         state.Unknown: the least\n\
         state.Known: above Unknown, flat\n\
         state.Known.0: u32\n\
         state.Counted: above Unknown\n\
         state.Counted.n: GCounter\n\
         state.Counted.least: Min\n\
         state.Counted.least.of: u8\n\
         state.Broken: above Known, Counted, the conflict\n"
    );
}

/// Golden: whoever changes one of these cuts all peers off that were not updated.
#[test]
fn fingerprints_stay_as_they_were_released() {
    assert_eq!(fingerprint::<Status>().to_string(), "e868a9586e18fe57");
    assert_eq!(fingerprint::<released::Order>().to_string(), "a5a14f6aa1961bdb");
    assert_eq!(fingerprint::<released::Value>().to_string(), "3ee134099c586879");
}

case!(same:
    #[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
    pub(crate) struct Order {
        pub(crate) status: Box<Status>,
        pub(crate) lines: HashMap<String, Flat<u32>>,
        pub(crate) priority: Max<u64>,
        #[lattice(skip(reason = "it stays on this machine"))]
        pub(crate) note: u8,
    }
);

#[test]
fn hashers_pointers_wrappers_and_what_is_skipped_have_no_part_in_it() {
    assert_eq!(fingerprint::<same::Order>(), fingerprint::<released::Order>());
}

case!(renamed_field:
    #[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
    pub(crate) struct Order {
        pub(crate) status: Status,
        pub(crate) items: BTreeMap<String, Flat<u32>>,
        #[lattice(max)]
        pub(crate) priority: u64,
    }
);

#[test]
fn a_renamed_field_is_another_schema() {
    assert_eq!(
        told::<released::Order, renamed_field::Order>(),
        "`state.items`, `map` there, is missing here"
    );
}

case!(moved_field:
    #[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
    pub(crate) struct Order {
        pub(crate) lines: BTreeMap<String, Flat<u32>>,
        pub(crate) status: Status,
        #[lattice(max)]
        pub(crate) priority: u64,
    }
);

#[test]
fn fields_in_another_order_are_another_schema() {
    assert_eq!(
        told::<released::Order, moved_field::Order>(),
        "`state.status` stands in another order here than there"
    );
}

case!(other_type:
    #[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
    pub(crate) struct Order {
        pub(crate) status: Status,
        pub(crate) lines: BTreeMap<String, Flat<u64>>,
        #[lattice(max)]
        pub(crate) priority: u64,
    }
);

#[test]
fn another_type_is_another_schema() {
    assert_eq!(
        told::<released::Order, other_type::Order>(),
        "`state.lines.value.of` is `u32` here and `u64` there"
    );
}

case!(other_join:
    #[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
    pub(crate) struct Order {
        pub(crate) status: Status,
        pub(crate) lines: BTreeMap<String, Flat<u32>>,
        #[lattice(min)]
        pub(crate) priority: u64,
    }
);

#[test]
fn another_join_of_the_same_bytes_is_another_schema() {
    assert_eq!(
        told::<released::Order, other_join::Order>(),
        "`state.priority` is `Max` here and `Min` there"
    );
}

case!(more_variants:
    #[derive(Lattice, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
    #[lattice(order(New < Paid < Shipped < Broken, New < Cancelled < Broken), conflict = Broken)]
    pub(crate) enum Status {
        New,
        Paid,
        Cancelled,
        Broken,
        Shipped,
    }
);

#[test]
fn an_added_variant_is_another_schema() {
    assert_eq!(
        told::<Status, more_variants::Status>(),
        "`state.Broken` is `above Paid, Cancelled, the conflict` here and `above Cancelled, Shipped, the conflict` there"
    );
}

case!(other_order:
    #[derive(Lattice, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
    #[lattice(order(New < Paid < Cancelled < Broken), conflict = Broken)]
    pub(crate) enum Status {
        New,
        Paid,
        Cancelled,
        Broken,
    }
);

#[test]
fn another_order_of_variants_is_another_schema() {
    assert_eq!(
        told::<Status, other_order::Status>(),
        "`state.Cancelled` is `above New` here and `above Paid` there"
    );
}

case!(other_payload:
    #[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
    #[lattice(order(Unknown < Known < Broken, Unknown < Counted < Broken), conflict = Broken)]
    pub(crate) enum Value {
        Unknown,
        Known(Flat<u32>),
        Counted {
            n: GCounter,
            #[lattice(min)]
            least: u8,
        },
        Broken,
    }
);

#[test]
fn another_payload_is_another_schema() {
    assert_eq!(
        told::<released::Value, other_payload::Value>(),
        "`state.Known` is `above Unknown, flat` here and `above Unknown` there"
    );
}

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
struct Tree<T> {
    here: T,
    children: BTreeMap<u8, Tree<T>>,
}

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
#[lattice(chain)]
enum List<T> {
    End,
    More { here: Option<T>, rest: Option<Box<List<T>>> },
}

#[test]
fn a_type_that_holds_itself_is_described_once() {
    assert_eq!(
        Schema::of::<Tree<Max<u8>>>().text(),
        "state: struct Tree\n\
         state.here: Max\n\
         state.here.of: u8\n\
         state.children: map\n\
         state.children.key: u8\n\
         state.children.value: struct Tree, as at state\n"
    );
    assert_eq!(
        Schema::of::<List<CausalLengthSet<char>>>().text(),
        "state: enum List\n\
         state.End: the least\n\
         state.More: above End\n\
         state.More.here: option\n\
         state.More.here.some: CausalLengthSet\n\
         state.More.here.some.of: map\n\
         state.More.here.some.of.key: char\n\
         state.More.here.some.of.value: Max\n\
         state.More.here.some.of.value.of: u64\n\
         state.More.rest: option\n\
         state.More.rest.some: enum List, as at state\n"
    );
}

#[test]
fn parameters_are_part_of_it() {
    assert_eq!(told::<Tree<Max<u8>>, Tree<Max<u16>>>(), "`state.here.of` is `u8` here and `u16` there");
}

/// The longer of two names.
#[derive(Debug)]
struct Longest;

impl lvars::strategies::Strategy<String> for Longest {
    type Lattice = lvars::strategies::By<Self, String>;
    const NAME: &'static str = "the longest";

    fn join(value: &mut String, other: String) -> bool {
        let grows = value.len() < other.len();
        if grows {
            *value = other;
        }
        grows
    }

    fn cmp(left: &String, right: &String) -> Option<std::cmp::Ordering> {
        Some(left.len().cmp(&right.len()))
    }
}

impl lvars::strategies::StrategyBottom<String> for Longest {
    fn bottom() -> String {
        String::new()
    }
}

impl lvars::strategies::StrategyDelta<String> for Longest {}

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
#[lattice(lex)]
struct Named {
    #[lattice(max)]
    round: u8,
    #[lattice(by = Longest)]
    name: String,
}

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
#[lattice(chain)]
enum MaybeNamed {
    No,
    Yes(#[lattice(by = Longest)] String),
}

#[test]
fn strategies_and_keys_are_named() {
    assert_eq!(
        Schema::of::<(Named, MaybeNamed)>().text(),
        "state: tuple\n\
         state.0: lex struct Named\n\
         state.0.round: Max\n\
         state.0.round.of: u8\n\
         state.0.name: the longest\n\
         state.0.name.of: text\n\
         state.1: enum MaybeNamed\n\
         state.1.No: the least\n\
         state.1.Yes: above No\n\
         state.1.Yes.0: the longest\n\
         state.1.Yes.0.of: text\n"
    );
}
