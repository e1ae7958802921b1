//! Decoders face bytes from strangers: they refuse what is not canonical, and spend no more than the bytes are worth.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    time::Duration,
};

use lattice_core::{
    AddWinsSet, Causal, GCounter, Grow, Max, WriterId,
    codec::{Budget, Codec, DecodeError, Decoder, Limit},
    schema::Description,
};

fn refused<T: Codec>(bytes: &[u8]) -> String {
    T::from_bytes(bytes).err().expect("these bytes are no canonical form").to_string()
}

const MANY: [u8; 10] = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];

#[test]
fn a_length_that_lies_is_refused_without_making_room_for_it() {
    assert_eq!(refused::<BTreeSet<u64>>(&MANY), "the bytes end within a value (after 10 bytes)");
    assert_eq!(refused::<HashSet<u64>>(&MANY), "the bytes end within a value (after 10 bytes)");
    assert_eq!(refused::<GCounter>(&MANY), "the bytes end within a value (after 10 bytes)");
    assert_eq!(refused::<String>(&MANY), "a length exceeds the bytes that remain (after 10 bytes)");
}

#[test]
fn elements_without_bytes_cannot_repeat_either() {
    let message = "the elements of a set are not in ascending order (after 10 bytes)";
    assert_eq!(refused::<BTreeSet<()>>(&MANY), message);
    assert_eq!(BTreeSet::<()>::from_bytes(&BTreeSet::from([()]).to_bytes()), Ok(BTreeSet::from([()])));
}

#[test]
fn unsorted_and_repeated_keys_are_refused() {
    let message = "the keys of a map are not in ascending order (after 4 bytes)";
    assert_eq!(refused::<BTreeMap<u8, Max<u8>>>(&[2, 5, 0, 4, 0]), message);
    assert_eq!(refused::<BTreeMap<u8, Max<u8>>>(&[2, 5, 0, 5, 0]), message);
}

#[test]
fn a_counter_without_counts_is_refused() {
    let zero = [&[1], &[7, 0, 0, 0, 0, 0, 0, 0][..], &[0]].concat();
    assert_eq!(
        refused::<GCounter>(&zero),
        "a counter names a writer that has counted nothing (after 10 bytes)"
    );
}

#[test]
fn plain_values_come_back_as_they_went() {
    fn assert_comes_back<T: Codec + PartialEq + std::fmt::Debug>(values: &[T]) {
        for value in values {
            assert_eq!(T::from_bytes(&value.to_bytes()).as_ref(), Ok(value));
        }
    }
    assert_comes_back(&[0, 1, 127, 128, u64::MAX]);
    assert_comes_back(&[0, -1, 1, i64::MIN, i64::MAX]);
    assert_comes_back(&[0, 1, u128::MAX]);
    assert_comes_back(&[0, -1, i128::MIN]);
    assert_comes_back(&[[0_u8, 255, 7], [1, 2, 3]]);
    assert_comes_back(&[Duration::ZERO, Duration::MAX, Duration::from_nanos(1)]);
    assert_comes_back(&["", "é"].map(String::from));
    assert_comes_back(&['a', char::MAX]);
    let a_whole_second_of_nanoseconds = [&[0][..], &1_000_000_000_u32.to_bytes()].concat();
    assert_eq!(
        refused::<Duration>(&a_whole_second_of_nanoseconds),
        "a second has 10⁹ nanoseconds (after 6 bytes)"
    );
}

#[test]
fn trailing_bytes_are_refused() {
    assert_eq!(refused::<Max<u8>>(&[1, 1]), "the value ends before the bytes do (after 1 bytes)");
}

/// A type that contains itself.
#[derive(Debug)]
struct Chain(Option<Box<Chain>>);

impl Codec for Chain {
    fn encode(&self, out: &mut Vec<u8>) {
        self.0.encode(out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Codec::decode(input).map(Self)
    }

    fn describe(out: &mut Description) {
        out.once::<Self>("Chain", |out| {
            out.part("next", Option::<Box<Self>>::describe);
        });
    }
}

#[test]
fn nesting_is_bounded_before_the_stack_is() {
    assert_eq!(refused::<Chain>(&[1; 1_000_000]), "the value nests too deep (after 129 bytes)");
}

fn limit<T: Codec>(bytes: &[u8], budget: Budget) -> Option<(Limit, usize)> {
    let refused = T::from_bytes_within(bytes, budget).err()?;
    Some((refused.limit().expect("only the budget stands in the way"), refused.at()))
}

/// Two elements, written with three and with nine bytes before them.
type Nest = BTreeMap<u8, BTreeSet<u64>>;

#[test]
fn a_budget_of_bytes_is_asked_before_anything_is_read() {
    let bytes = Nest::from([(1, BTreeSet::from([2, 3]))]).to_bytes();
    let of = |n_bytes| limit::<Nest>(&bytes, Budget { bytes: n_bytes, ..Budget::default() });
    assert_eq!((of(bytes.len() - 1), of(bytes.len())), (Some((Limit::Bytes, 0)), None));
}

#[test]
fn nested_collections_pay_from_one_budget_of_elements() {
    let bytes = Nest::from([(1, BTreeSet::from([2, 3]))]).to_bytes();
    let of = |elements| limit::<Nest>(&bytes, Budget { elements, ..Budget::default() });
    assert_eq!((of(0), of(2), of(3)), (Some((Limit::Elements, 1)), Some((Limit::Elements, 4)), None));
}

#[test]
fn a_budget_of_depth_is_counted_in_levels() {
    let bytes = Nest::from([(1, BTreeSet::from([2, 3]))]).to_bytes();
    let of = |depth| limit::<Nest>(&bytes, Budget { depth, ..Budget::default() });
    assert_eq!((of(0), of(1), of(2)), (Some((Limit::Depth, 0)), Some((Limit::Depth, 2)), None));
    assert_eq!(limit::<Chain>(&[1; 1000], Budget::default()), Some((Limit::Depth, 129)));
}

#[test]
fn memory_is_paid_for_before_an_element_is_read() {
    let set = Causal::<AddWinsSet<u64>>::new();
    let bytes = set.write(WriterId(1), |set, dots| set.add(dots, 2)).to_bytes();
    let of = |memory| limit::<Causal<AddWinsSet<u64>>>(&bytes, Budget { memory, ..Budget::default() });
    assert_eq!((of(100), of(1000)), (Some((Limit::Memory, 10)), None));
    assert_eq!(
        limit::<String>(b"\x03abc", Budget { memory: 2, ..Budget::default() }),
        Some((Limit::Memory, 4))
    );
}

/// A state of much memory and no bytes, as a struct whose fields are all skipped.
#[derive(Debug)]
struct Weightless(#[expect(dead_code, reason = "its size matters")] [u64; 128]);

impl Codec for Weightless {
    fn encode(&self, _: &mut Vec<u8>) {}

    fn decode(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self([0; 128]))
    }

    fn describe(out: &mut Description) {
        out.is("Weightless");
    }
}

#[test]
fn nested_elements_without_bytes_do_not_multiply() {
    // Each inner sequence claims as many as there are bytes left: a thousand times a thousand, if nobody counted.
    let bytes: Vec<u8> = [1000_u64.to_bytes()]
        .into_iter()
        .chain((0..1000_u64).rev().map(|n| n.to_bytes()))
        .flatten()
        .collect();
    assert_eq!(refused::<Grow<Grow<Weightless>>>(&bytes), "the value has too many elements (after 10 bytes)");
}

#[cfg(feature = "fixedbitset")]
#[test]
fn a_set_of_bits_is_no_longer_than_its_bytes() {
    use fixedbitset::FixedBitSet;

    assert_eq!(refused::<FixedBitSet>(&MANY), "the bytes end within a value (after 10 bytes)");
    assert_eq!(
        refused::<FixedBitSet>(&[3, 0b1000]),
        "a set of bits holds a number beyond its length (after 2 bytes)"
    );
    assert_eq!(
        FixedBitSet::from_bytes(&[3, 0b100]).map(|set| (set.len(), set.ones().collect())),
        Ok((3, vec![2]))
    );
}

#[cfg(feature = "roaring")]
#[test]
fn a_bitmap_has_no_element_beyond_its_type_and_no_more_than_there_are_bytes() {
    use roaring::{RoaringBitmap, RoaringTreemap};

    assert_eq!(refused::<RoaringBitmap>(&MANY), "the bytes end within a value (after 10 bytes)");
    let last = [&[2][..], &u64::from(u32::MAX).to_bytes(), &[0]].concat();
    assert_eq!(refused::<RoaringBitmap>(&last), "a set of integers exceeds their type (after 7 bytes)");
    let last = [&[2][..], &u64::MAX.to_bytes(), &[0]].concat();
    assert_eq!(refused::<RoaringTreemap>(&last), "a set of integers exceeds their type (after 12 bytes)");
}

#[cfg(feature = "smallvec")]
#[test]
fn a_sequence_has_no_more_elements_than_there_are_bytes() {
    use smallvec::SmallVec;

    assert_eq!(
        refused::<SmallVec<[u64; 4]>>(&MANY),
        "a length exceeds the bytes that remain (after 10 bytes)"
    );
    let text: SmallVec<[u16; 2]> = [1, 500, 7].into_iter().collect();
    assert_eq!(SmallVec::from_bytes(&text.to_bytes()), Ok(text));
}
