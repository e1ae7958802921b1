//! The remove-wins set: an element is in it if an addition is left and no removal; each write replaces those that it has seen.

use std::collections::BTreeSet;

use lattice_core::{Dots, RemoveWinsSet};

use crate::{history::History, store_model::StoreModel};

pub(crate) struct RemoveWins;

#[derive(Clone, Debug)]
pub(crate) enum Op {
    Add(u8),
    Remove(u8),
    Clear,
}

impl Op {
    fn element(&self) -> Option<u8> {
        match self {
            Self::Add(element) | Self::Remove(element) => Some(*element),
            Self::Clear => None,
        }
    }
}

impl StoreModel for RemoveWins {
    type Store = RemoveWinsSet<u8>;
    type Op = Op;
    type Read = BTreeSet<u8>;

    fn operations() -> Vec<Op> {
        vec![Op::Add(0), Op::Add(1), Op::Remove(0), Op::Remove(1), Op::Clear]
    }

    fn small() -> Vec<Op> {
        vec![Op::Add(0), Op::Remove(0), Op::Clear]
    }

    fn write(set: &RemoveWinsSet<u8>, dots: &mut Dots, op: &Op) -> RemoveWinsSet<u8> {
        match op {
            Op::Add(element) => set.add(dots, *element),
            Op::Remove(element) => set.remove(dots, *element),
            Op::Clear => set.clear(dots),
        }
    }

    fn read(set: &RemoveWinsSet<u8>) -> BTreeSet<u8> {
        set.iter().copied().inspect(|element| assert!(set.contains(element))).collect()
    }

    fn specified(history: &History<Op>) -> Option<BTreeSet<u8>> {
        let mut live = history.live(|later, earlier| match later.op {
            Op::Clear => true,
            op => op.element() == earlier.op.element(),
        });
        live.retain(|write| write.op.element().is_some());
        let of = |is_addition: bool| {
            let writes = live.iter().filter(move |write| matches!(write.op, Op::Add(_)) == is_addition);
            writes.filter_map(|write| write.op.element()).collect::<BTreeSet<u8>>()
        };
        (!live.is_empty()).then(|| of(true).difference(&of(false)).copied().collect())
    }
}
