//! The list into which many write at once.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use core::{fmt::Debug, iter};

use crate::{
    codec::{Codec, DecodeError, Decoder},
    crdt::{WriterId, form::formed},
    forged::Forged,
    lattices::{Flat, Max},
    schema::Description,
};

/// The name of an element of a [`Sequence`]: a count that was greater than all its writer had seen, and the writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementId {
    count: u64,
    writer: WriterId,
}

impl ElementId {
    const LEAST: Self = Self { count: 0, writer: WriterId(0) };
    const GREATEST: Self = Self { count: u64::MAX, writer: WriterId(u64::MAX) };

    /// Who inserted it.
    pub fn writer(self) -> WriterId {
        self.writer
    }
}

impl Codec for ElementId {
    fn encode(&self, out: &mut Vec<u8>) {
        self.count.encode(out);
        self.writer.encode(out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self { count: Codec::decode(input)?, writer: Codec::decode(input)? })
    }

    fn describe(out: &mut Description) {
        out.is("element id");
    }
}

/// Where an element hangs: under which other one, on which side of it. The root, under which the first ones hang, is `None`.
///
/// In this order, so that the elements on one side of one lie together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Place {
    parent: Option<ElementId>,
    is_right: bool,
    id: ElementId,
}

impl Codec for Place {
    fn encode(&self, out: &mut Vec<u8>) {
        // The root, left or right of it; an element, left or right of it.
        out.push(match (self.parent, self.is_right) {
            (None, false) => 0,
            (None, true) => 1,
            (Some(_), false) => 2,
            (Some(_), true) => 3,
        });
        self.parent.into_iter().for_each(|parent| parent.encode(out));
        self.id.encode(out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let side = input.byte()?;
        let parent = match side {
            0 | 1 => None,
            2 | 3 => Some(ElementId::decode(input)?),
            _ => return Err(input.error("an element is neither left nor right of another")),
        };
        Ok(Self { parent, is_right: side % 2 == 1, id: Codec::decode(input)? })
    }

    fn describe(out: &mut Description) {
        out.is("place");
    }
}

/// The greatest count in use, which is joined first, so that no count is used twice, whatever stops a join midway; the elements; which of them are removed.
type Inner<T> = (Max<u64>, BTreeMap<Place, Flat<T>>, BTreeSet<ElementId>);

/// A replicated list: a tree of elements that is read from left to right.
///
/// ```text
///   state: count, elements: (parent, side, id) ↦ value, removed: set of ids      joined part by part; values under one id are flat
///
///   read(e) = read of the elements left of e, ascending by id;  e, unless it is removed;  read of those right of e, ascending by id
/// ```
///
/// An element that is inserted between two hangs to the right of the first, or, if something does already, to the left of the second. So what one
/// writer inserts in one go, forwards or backwards, hangs together, and never interleaves with what another inserts at the same place.
///
/// The bottom is the empty list. Two values under one id and place, which only two replicas bring about that write as one writer, are in conflict.
///
/// Cost: an element takes its id, that of its parent, and the value, in bytes about 20 beside the value; a removed one that for ever, and its id once more. An
/// insertion is a search. Reading from the beginning is n log n.
///
/// That something was inserted or removed only grows, but nothing that is read is monotone, so there is no threshold on it: wait for the delta
/// itself, `at_least(delta)`.
///
/// Traps: give both neighbours, as the writer sees them: after which, and before which. A text of some length wants a library for texts, which
/// keeps runs of characters. An element whose parent has not come is hidden until it does; nothing is repaired by a join.
///
/// The tree of Weidner, Kleppmann, *The art of the fugue* (2023); for the same use as Specifications 19 (RGA) and 20 of Shapiro, Preguiça,
/// Baquero, Zawirski, INRIA RR-7506 (2011).
///
/// ```
/// use lvars::{Lattice, Sequence, WriterId};
///
/// let (alice, bob) = (WriterId(1), WriterId(2));
/// let mut text = Sequence::new();
/// text.join(text.insert(alice, None, None, "ad".chars()).expect("counts are left"));
/// let ids: Vec<_> = text.ids().collect();
///
/// let (one, other) = (
///     text.insert(alice, Some(ids[0]), Some(ids[1]), "bc".chars()).expect("counts are left"),
///     text.insert(bob, Some(ids[0]), Some(ids[1]), "xy".chars()).expect("counts are left"),
/// );
/// let removed = text.remove(ids[0]);
/// for delta in [one, removed, other] {
///     text.join(delta);
/// }
/// assert_eq!(text.values().collect::<String>(), "bcxyd");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sequence<T>(Inner<T>);

formed!([T: Eq + Debug + Clone] Sequence<T>, "Sequence", Inner<T>, [T: Codec], never_undecided, forged: forged);

fn never_undecided<T>((_, elements, _): &Inner<T>) -> Option<&'static str> {
    let mut values = elements.values();
    values.any(|value| matches!(value, Flat::Bottom)).then_some("a sequence has an element without a value")
}

fn forged<T: Eq + Debug + Clone>(
    here: &Sequence<T>,
    delta: &Sequence<T>,
    writer: WriterId,
) -> Option<Forged> {
    let mut own = delta.0.1.keys().filter(|place| place.id.writer == writer);
    let unknown = own.find(|place| !here.0.1.contains_key(place))?;
    let count = unknown.id.count;
    Some(Forged::new(writer, format_args!("element {count} of {writer}, which has not inserted it")))
}

impl<T: Eq + Debug + Clone> Sequence<T> {
    /// An empty list.
    pub const fn new() -> Self {
        Self((Max(0), BTreeMap::new(), BTreeSet::new()))
    }

    /// Inserts elements after one, or at the beginning, and before one, or at the end: neighbours, as the writer sees them.
    ///
    /// `None` once the counts have run out, which only a forged count brings about.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn insert(
        &self,
        writer: WriterId,
        after: Option<ElementId>,
        before: Option<ElementId>,
        values: impl IntoIterator<Item = T>,
    ) -> Option<Self> {
        let (mut parent, mut is_right) = match before {
            Some(before) if self.side(after, true).next().is_some() => (Some(before), false),
            _ => (after, true),
        };
        let mut delta = Self::new();
        let mut count = self.0.0.0;
        for value in values {
            count = count.checked_add(1)?;
            let id = ElementId { count, writer };
            delta.0.1.insert(Place { parent, is_right, id }, Flat::Value(value));
            // The rest of the run follows its beginning.
            (parent, is_right) = (Some(id), true);
        }
        if !delta.0.1.is_empty() {
            delta.0.0 = Max(count);
        }
        Some(delta)
    }

    /// Removes an element for ever.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn remove(&self, id: ElementId) -> Self {
        Self((Max(0), BTreeMap::new(), BTreeSet::from([id])))
    }

    /// The elements in the order of the list, each with its id.
    pub fn iter(&self) -> impl Iterator<Item = (ElementId, &T)> {
        let shown = self.walk().filter(|(place, _)| !self.0.2.contains(&place.id));
        shown.filter_map(|(place, value)| Some((place.id, value.value()?)))
    }

    /// The elements in the order of the list.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.iter().map(|(_, value)| value)
    }

    /// The ids of all elements, shown or not; in what [`insert`](Self::insert) answers, in their order.
    pub fn ids(&self) -> impl Iterator<Item = ElementId> {
        // A parent is older than what hangs under it, so a run lies in its own order.
        self.0.1.keys().map(|place| place.id)
    }

    /// What hangs on one side of an element, ascending by id.
    fn side(
        &self,
        parent: Option<ElementId>,
        is_right: bool,
    ) -> impl DoubleEndedIterator<Item = Entry<'_, T>> {
        let place = |id| Place { parent, is_right, id };
        self.0.1.range(place(ElementId::LEAST)..=place(ElementId::GREATEST))
    }

    /// All that hangs under the root, from left to right; with a stack of its own, since what is typed in one go hangs in one long chain.
    fn walk(&self) -> impl Iterator<Item = Entry<'_, T>> {
        let mut opened = BTreeSet::new();
        let mut due: Vec<Due<'_, T>> = Vec::new();
        due.extend(self.side(None, true).rev().map(Due::Open));
        due.extend(self.side(None, false).rev().map(Due::Open));
        iter::from_fn(move || {
            loop {
                match due.pop()? {
                    Due::Show(entry) => return Some(entry),
                    // A forged id may hang in many places. What hangs under it is shown once, else it could be made to double with each level.
                    Due::Open(entry) if !opened.insert(entry.0.id) => return Some(entry),
                    Due::Open(entry) => {
                        due.extend(self.side(Some(entry.0.id), true).rev().map(Due::Open));
                        due.push(Due::Show(entry));
                        due.extend(self.side(Some(entry.0.id), false).rev().map(Due::Open));
                    }
                }
            }
        })
    }
}

type Entry<'a, T> = (&'a Place, &'a Flat<T>);

/// What a walk has still to do.
enum Due<'a, T> {
    /// What is left of the element, itself, what is right of it.
    Open(Entry<'a, T>),
    /// Itself.
    Show(Entry<'a, T>),
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;
    use crate::Lattice;

    const ALICE: WriterId = WriterId(1);
    const BOB: WriterId = WriterId(2);

    fn text(sequence: &Sequence<char>) -> String {
        sequence.values().collect()
    }

    /// Inserts each character before the one that was inserted last, as who types from right to left.
    fn backwards(
        mut here: Sequence<char>,
        writer: WriterId,
        last: Option<ElementId>,
        typed: &str,
    ) -> Sequence<char> {
        let mut before = last;
        for value in typed.chars() {
            let previous = here.iter().map(|(id, _)| id).take_while(|id| Some(*id) != before).last();
            let delta = here.insert(writer, previous, before, [value]).unwrap();
            before = delta.ids().next();
            here.join(delta);
        }
        here
    }

    #[test]
    fn what_is_typed_backwards_does_not_interleave() {
        let start = Sequence::new().insert(ALICE, None, None, ['z']).unwrap();
        let z = start.iter().next().map(|(id, _)| id);
        let one = backwards(start.clone(), ALICE, z, "cba");
        let other = backwards(start, BOB, z, "321");
        assert_eq!((text(&one), text(&other)), ("abcz".into(), "123z".into()));
        assert_eq!(text(&one.joined(other)), "abc123z");
    }

    #[test]
    fn a_forged_id_in_many_places_does_not_double_with_each_level() {
        let id = |count| ElementId { count, writer: ALICE };
        let mut forged = Sequence::new();
        for level in 1..60 {
            let parent = (level > 1).then(|| id(level - 1));
            for is_right in [false, true] {
                forged.0.1.insert(Place { parent, is_right, id: id(level) }, Flat::Value(level));
            }
        }
        assert_eq!(forged.values().count(), 2 * 59);
    }

    #[test]
    fn a_forged_count_at_its_maximum_ends_insertions_and_nothing_panics() {
        let mut sequence = Sequence::new();
        sequence.0.0 = Max(u64::MAX - 1);
        assert!(sequence.insert(ALICE, None, None, ['a']).is_some());
        assert_eq!(sequence.insert(ALICE, None, None, ['a', 'b']), None);
    }

    #[test]
    fn a_long_chain_is_read_without_recursion() {
        let sequence = Sequence::new().insert(ALICE, None, None, 0..100_000).unwrap();
        assert!(sequence.values().copied().eq(0..100_000));
    }

    #[test]
    fn one_id_with_two_values_is_a_conflict() {
        let (one, other) = (
            Sequence::new().insert(ALICE, None, None, ['a']),
            Sequence::new().insert(ALICE, None, None, ['b']),
        );
        assert!(one.unwrap().joined(other.unwrap()).conflict().is_some());
    }
}
