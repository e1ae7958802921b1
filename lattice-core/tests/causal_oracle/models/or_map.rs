//! The observed-remove map: under each key the value's own specification, to which the removal of the key is a reset.

use core::marker::PhantomData;
use std::collections::BTreeMap;

use lattice_core::{Dots, OrMap};

use crate::{
    history::{History, What},
    store_model::StoreModel,
};

pub(crate) struct MapOf<M>(PhantomData<M>);

#[derive(Clone, Debug)]
pub(crate) enum Op<O> {
    Update(u8, O),
    Remove(u8),
}

impl<M: StoreModel> StoreModel for MapOf<M> {
    type Store = OrMap<u8, M::Store>;
    type Op = Op<M::Op>;
    type Read = BTreeMap<u8, M::Read>;

    fn operations() -> Vec<Self::Op> {
        let updates = |key| M::operations().into_iter().map(move |op| Op::Update(key, op));
        // Removals as often as updates, whatever the values can do.
        let removals = (0..M::operations().len()).map(|at| Op::Remove((at % 2) as u8));
        updates(0).chain(updates(1)).chain(removals).collect()
    }

    fn small() -> Vec<Self::Op> {
        let updates = M::small().into_iter().take(2).map(|op| Op::Update(0, op));
        updates.chain([Op::Remove(0)]).collect()
    }

    fn write(map: &Self::Store, dots: &mut Dots, op: &Self::Op) -> Self::Store {
        match op {
            Op::Update(key, op) => map.update(dots, *key, |value, dots| M::write(value, dots, op)),
            Op::Remove(key) => map.remove(dots, key),
        }
    }

    fn read(map: &Self::Store) -> Self::Read {
        map.iter().map(|(&key, value)| (key, M::read(value))).collect()
    }

    fn specified(history: &History<Self::Op>) -> Option<Self::Read> {
        let under = |key| {
            history.within(|op| match op {
                Op::Update(other, op) if *other == key => What::Op(op.clone()),
                Op::Remove(other) if *other == key => What::Reset,
                Op::Update(..) | Op::Remove(_) => What::Elsewhere,
            })
        };
        let entries: BTreeMap<u8, M::Read> =
            [0, 1].into_iter().filter_map(|key| Some((key, M::specified(&under(key))?))).collect();
        (!entries.is_empty()).then_some(entries)
    }
}
