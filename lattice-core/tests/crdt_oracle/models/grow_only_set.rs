//! The grow-only set, which is std's: what was added.

use std::collections::BTreeSet;

use crate::{history::History, model::Model};

pub(crate) struct Numbers;

impl Model for Numbers {
    type State = BTreeSet<u8>;
    type Op = u8;
    type Read = BTreeSet<u8>;

    fn operations() -> Vec<u8> {
        vec![1, 2, 3, 200]
    }

    fn small() -> Vec<u8> {
        vec![1, 2, 3]
    }

    fn write(_: &BTreeSet<u8>, _: u64, op: &u8) -> BTreeSet<u8> {
        BTreeSet::from([*op])
    }

    fn read(state: &BTreeSet<u8>) -> BTreeSet<u8> {
        state.clone()
    }

    fn specified(history: &History<u8>) -> BTreeSet<u8> {
        history.done().map(|(_, op)| *op).collect()
    }
}
