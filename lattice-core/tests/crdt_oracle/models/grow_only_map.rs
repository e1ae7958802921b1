//! The grow-only map, which is std's: under each key what its own specification says of the writes there.

use core::marker::PhantomData;
use std::collections::BTreeMap;

use lattice_core::Bottom;

use crate::{history::History, model::Model};

pub(crate) struct UnderKeys<M>(PhantomData<M>);

/// A key, and what is done there.
#[derive(Clone, Debug)]
pub(crate) struct At<Op>(u8, Op);

impl<M: Model> Model for UnderKeys<M> {
    type State = BTreeMap<u8, M::State>;
    type Op = At<M::Op>;
    type Read = BTreeMap<u8, M::Read>;

    fn operations() -> Vec<Self::Op> {
        [0, 1].into_iter().flat_map(|key| M::operations().into_iter().map(move |op| At(key, op))).collect()
    }

    fn small() -> Vec<Self::Op> {
        let first = M::small().into_iter().take(2).map(|op| At(0, op));
        first.chain(M::small().into_iter().take(1).map(|op| At(1, op))).collect()
    }

    fn write(state: &Self::State, writer: u64, At(key, op): &Self::Op) -> Self::State {
        let here = state.get(key).cloned().unwrap_or_else(M::State::bottom);
        BTreeMap::from([(*key, M::write(&here, writer, op))])
    }

    fn read(state: &Self::State) -> Self::Read {
        state.iter().map(|(key, value)| (*key, M::read(value))).collect()
    }

    fn specified(history: &History<Self::Op>) -> Self::Read {
        let keys = history.done().map(|(_, At(key, _))| *key);
        let under = |key| M::specified(&history.only(|At(other, op)| (*other == key).then(|| op.clone())));
        keys.map(|key| (key, under(key))).collect()
    }
}
