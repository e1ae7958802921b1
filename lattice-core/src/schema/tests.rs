use alloc::{boxed::Box, collections::BTreeMap, string::ToString, sync::Arc};

use super::*;
use crate::{
    Flat, Max,
    codec::{DecodeError, Decoder},
};

#[test]
fn the_hash_is_fnv_1a() {
    // Its authors' test vectors, without our prefix.
    let hash = |text: &str| {
        text.bytes().fold(FNV_OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME))
    };
    assert_eq!(hash(""), 0xcbf2_9ce4_8422_2325);
    assert_eq!(hash("a"), 0xaf63_dc4c_8601_ec8c);
    assert_eq!(hash("foobar"), 0x8594_4171_f739_67e8);
}

#[test]
fn pointers_have_no_part_in_a_schema() {
    let bare = Schema::of::<BTreeMap<u8, Max<u8>>>();
    assert_eq!(bare, Schema::of::<Box<BTreeMap<u8, Arc<Max<u8>>>>>());
}

/// A type that holds itself under a key, beside a sibling of the same name.
struct Tree;

mod other {
    pub(super) struct Tree;
}

macro_rules! trees {
    ($($tree:ty: [$($part:literal $type:ty),+]);+) => {$(
        impl Codec for $tree {
            fn encode(&self, _: &mut Vec<u8>) {}

            fn decode(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                Ok(Self)
            }

            fn describe(out: &mut Description) {
                out.once::<Self>("Tree", |out| {
                    $(out.part($part, <$type>::describe);)+
                });
            }
        }
    )+};
}

trees!(
    Tree: ["children" BTreeMap<u8, Tree>, "first" other::Tree, "second" other::Tree];
    other::Tree: ["height" Max<u8>]
);

#[test]
fn a_type_is_described_once_and_known_by_what_it_is_and_not_by_its_name() {
    assert_eq!(
        Schema::of::<Tree>().text(),
        "state: Tree\n\
         state.children: map\n\
         state.children.key: u8\n\
         state.children.value: Tree, as at state\n\
         state.first: Tree\n\
         state.first.height: Max\n\
         state.first.height.of: u8\n\
         state.second: Tree, as at state.first\n"
    );
}

fn difference(here: &str, there: &str) -> Option<alloc::string::String> {
    let [here, there] = [here, there].map(Schema::from_text);
    assert_eq!(here.difference(&there).is_none(), there.difference(&here).is_none());
    here.difference(&there).map(|difference| difference.to_string())
}

#[test]
fn a_difference_is_told_from_this_side() {
    let told = [
        ("a: x\nb: y\n", "a: x\nb: y\n", None),
        ("a: x\nb: y\n", "a: x\nb: z\n", Some("`b` is `y` here and `z` there")),
        ("a: x\nb: y\n", "a: x\n", Some("`b`, `y` here, is missing there")),
        ("a: x\n", "a: x\nb: y\n", Some("`b`, `y` there, is missing here")),
        ("a: x\nc: z\n", "a: x\nb: y\nc: z\n", Some("`b`, `y` there, is missing here")),
        ("a: x\nb: y\nc: z\n", "a: x\nc: z\n", Some("`b`, `y` here, is missing there")),
        ("b: y\nc: z\n", "c: z\nb: y\n", Some("`b` stands in another order here than there")),
        ("", "no line of ours\n", Some("`no line of ours`, `` there, is missing here")),
    ];
    for (here, there, expected) in told {
        assert_eq!(difference(here, there).as_deref(), expected, "{here:?} {there:?}");
    }
}

#[test]
fn what_joins_in_another_way_is_another_type() {
    assert_ne!(Schema::of::<Max<u8>>(), Schema::of::<crate::Min<u8>>());
    assert_ne!(Schema::of::<Flat<u8>>(), Schema::of::<Max<u8>>());
}
