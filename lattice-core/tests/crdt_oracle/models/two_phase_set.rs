//! The two-phase set: what was added and never removed.

use std::collections::BTreeSet;

use lattice_core::TwoPhaseSet;

use crate::{history::History, model::Model};

pub(crate) struct TwoPhase;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Op {
    Add(u8),
    Remove(u8),
}

impl Model for TwoPhase {
    type State = TwoPhaseSet<u8>;
    type Op = Op;
    type Read = BTreeSet<u8>;

    fn operations() -> Vec<Op> {
        vec![Op::Add(0), Op::Add(1), Op::Remove(0), Op::Remove(1)]
    }

    fn small() -> Vec<Op> {
        vec![Op::Add(0), Op::Remove(0), Op::Add(1)]
    }

    fn write(state: &TwoPhaseSet<u8>, _: u64, op: &Op) -> TwoPhaseSet<u8> {
        match op {
            Op::Add(element) => state.add(*element),
            Op::Remove(element) => state.remove(*element),
        }
    }

    fn read(state: &TwoPhaseSet<u8>) -> BTreeSet<u8> {
        state.iter().copied().collect()
    }

    fn specified(history: &History<Op>) -> BTreeSet<u8> {
        let was = |op: &Op| history.done().any(|(_, done)| done == op);
        [0, 1].into_iter().filter(|&element| was(&Op::Add(element)) && !was(&Op::Remove(element))).collect()
    }
}
