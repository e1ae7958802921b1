//! The add-wins set: an element is in it while an addition is that no removal and no later addition has seen.

use std::collections::BTreeSet;

use lattice_core::{AddWinsSet, Dots};

use crate::{
    history::{History, Write},
    store_model::StoreModel,
};

pub(crate) struct AddWins;

#[derive(Clone, Debug)]
pub(crate) enum Op {
    Add(u8),
    Remove(u8),
    Clear,
}

impl StoreModel for AddWins {
    type Store = AddWinsSet<u8>;
    type Op = Op;
    type Read = BTreeSet<u8>;

    fn operations() -> Vec<Op> {
        vec![Op::Add(0), Op::Add(1), Op::Remove(0), Op::Remove(1), Op::Clear]
    }

    fn small() -> Vec<Op> {
        vec![Op::Add(0), Op::Remove(0), Op::Add(1)]
    }

    fn write(set: &AddWinsSet<u8>, dots: &mut Dots, op: &Op) -> AddWinsSet<u8> {
        match op {
            Op::Add(element) => set.add(dots, *element),
            Op::Remove(element) => set.remove(dots, element),
            Op::Clear => set.clear(dots),
        }
    }

    fn read(set: &AddWinsSet<u8>) -> BTreeSet<u8> {
        set.iter().copied().collect()
    }

    fn specified(history: &History<Op>) -> Option<BTreeSet<u8>> {
        let takes_back = |later: &Write<'_, Op>, earlier: &Write<'_, Op>| match (later.op, earlier.op) {
            (Op::Add(later) | Op::Remove(later), Op::Add(earlier)) => later == earlier,
            (Op::Clear, _) => true,
            _ => false,
        };
        let added = history.live(takes_back).into_iter().filter_map(|write| match write.op {
            Op::Add(element) => Some(*element),
            Op::Remove(_) | Op::Clear => None,
        });
        let elements: BTreeSet<u8> = added.collect();
        (!elements.is_empty()).then_some(elements)
    }
}
