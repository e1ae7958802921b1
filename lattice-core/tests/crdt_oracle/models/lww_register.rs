//! The last-writer-wins register: the value with the greatest stamp; none, if two values have it.

use std::collections::BTreeSet;

use lattice_core::{LwwRegister, Stamp, WriterId};

use crate::{history::History, model::Model};

pub(crate) struct LwwValue;

/// Wall time and value. Few times, so that a writer uses one twice.
pub(crate) type Op = (u64, u8);

impl Model for LwwValue {
    type State = LwwRegister<u8>;
    type Op = Op;
    /// Wall time, writer, and the value, unless there are two.
    type Read = Option<(u64, u64, Option<u8>)>;

    fn operations() -> Vec<Op> {
        vec![(1, 1), (1, 2), (2, 1), (2, 2), (u64::MAX, 3)]
    }

    fn small() -> Vec<Op> {
        vec![(1, 1), (1, 2), (2, 1)]
    }

    fn write(state: &LwwRegister<u8>, writer: u64, op: &Op) -> LwwRegister<u8> {
        state.set(Stamp { wall: op.0, count: 0, writer: WriterId(writer) }, op.1)
    }

    fn read(state: &LwwRegister<u8>) -> Self::Read {
        assert_eq!(state.clash().is_some(), state.stamp().is_some() && state.value().is_none());
        state.stamp().map(|stamp| (stamp.wall, stamp.writer.0, state.value().copied()))
    }

    fn specified(history: &History<Op>) -> Self::Read {
        let (wall, writer) = history.done().map(|(writer, op)| (op.0, writer)).max()?;
        let last = history.done().filter(|(by, op)| (op.0, *by) == (wall, writer));
        let values: BTreeSet<u8> = last.map(|(_, op)| op.1).collect();
        Some((wall, writer, values.first().copied().filter(|_| values.len() == 1)))
    }
}
