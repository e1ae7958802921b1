//! The last-writer-wins set: of each element the write with the greatest stamp; an addition, if there are two.

use std::collections::BTreeSet;

use lattice_core::{LwwSet, Stamp, WriterId};

use crate::{history::History, model::Model};

pub(crate) struct LwwElements;

/// An element, a wall time, and whether it is added.
pub(crate) type Op = (u8, u64, bool);

impl Model for LwwElements {
    type State = LwwSet<u8>;
    type Op = Op;
    type Read = BTreeSet<u8>;

    fn operations() -> Vec<Op> {
        let of = |element| [(element, 1, true), (element, 1, false), (element, 2, true), (element, 2, false)];
        [of(0), of(1)].concat()
    }

    fn small() -> Vec<Op> {
        vec![(0, 1, true), (0, 1, false), (0, 2, false)]
    }

    fn write(state: &LwwSet<u8>, writer: u64, (element, wall, is_added): &Op) -> LwwSet<u8> {
        let stamp = Stamp { wall: *wall, count: 0, writer: WriterId(writer) };
        if *is_added { state.add(stamp, *element) } else { state.remove(stamp, *element) }
    }

    fn read(state: &LwwSet<u8>) -> BTreeSet<u8> {
        state.iter().copied().collect()
    }

    fn specified(history: &History<Op>) -> BTreeSet<u8> {
        let last = |element| {
            let writes = history.done().filter(move |(_, op)| op.0 == element);
            writes.map(|(writer, op)| (op.1, writer, op.2)).max()
        };
        [0, 1].into_iter().filter(|&element| last(element).is_some_and(|(.., is_added)| is_added)).collect()
    }
}
