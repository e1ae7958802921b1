//! The estimate of how many different elements there were: exact while they are few.

use std::collections::BTreeSet;

use lattice_core::HyperLogLog;

use crate::{history::History, model::Model};

pub(crate) struct Log;

impl Model for Log {
    type State = HyperLogLog<8>;
    type Op = u8;
    type Read = u64;

    fn operations() -> Vec<u8> {
        vec![1, 2, 3, 4]
    }

    fn small() -> Vec<u8> {
        vec![1, 2]
    }

    fn write(state: &HyperLogLog<8>, _: u64, element: &u8) -> HyperLogLog<8> {
        state.insert(element)
    }

    fn read(state: &HyperLogLog<8>) -> u64 {
        state.estimate()
    }

    fn specified(history: &History<u8>) -> u64 {
        history.done().map(|(_, element)| element).collect::<BTreeSet<_>>().len() as u64
    }
}
