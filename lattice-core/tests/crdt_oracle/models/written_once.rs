//! The value written once: the value; of two different ones none, and a conflict.

use std::collections::BTreeSet;

use lattice_core::{Flat, Lattice};

use crate::{history::History, model::Model};

pub(crate) struct WrittenOnce;

impl Model for WrittenOnce {
    type State = Flat<u8>;
    type Op = u8;
    /// The value, and whether there is a conflict.
    type Read = (Option<u8>, bool);

    fn operations() -> Vec<u8> {
        vec![1, 1, 1, 2]
    }

    fn small() -> Vec<u8> {
        vec![1, 2]
    }

    fn write(_: &Flat<u8>, _: u64, value: &u8) -> Flat<u8> {
        Flat::Value(*value)
    }

    fn read(state: &Flat<u8>) -> Self::Read {
        (state.value().copied(), state.conflict().is_some())
    }

    fn specified(history: &History<u8>) -> Self::Read {
        let values: BTreeSet<u8> = history.done().map(|(_, value)| *value).collect();
        (values.first().copied().filter(|_| values.len() == 1), values.len() > 1)
    }
}
