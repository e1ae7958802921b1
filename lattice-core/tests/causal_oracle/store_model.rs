//! What a causal type gives to be proven: a store, of which the document makes a state.

use core::fmt::Debug;

use lattice_core::{Causal, DotStore, Dots, WriterId, causal::StoreCodec};

use crate::{history::History, model::Model};

/// A causal type, its operations, and its specification.
pub(crate) trait StoreModel {
    /// The type.
    type Store: StoreCodec;
    /// What can be done to it.
    type Op: Clone + Debug;
    /// What a reader gets.
    type Read: PartialEq + Debug;

    /// The operations that random executions choose from: few elements, so that they meet.
    fn operations() -> Vec<Self::Op>;

    /// Those of which the small scope tries all; no more than three.
    fn small() -> Vec<Self::Op>;

    /// Does an operation.
    fn write(store: &Self::Store, dots: &mut Dots, op: &Self::Op) -> Self::Store;

    /// Reads.
    fn read(store: &Self::Store) -> Self::Read;

    /// What a reader gets that knows this much of this history; `None` if there is nothing to read from, as under a key that is not
    /// there.
    fn specified(history: &History<Self::Op>) -> Option<Self::Read>;
}

impl<M: StoreModel> Model for M {
    type State = Causal<<M as StoreModel>::Store>;
    type Op = <M as StoreModel>::Op;
    type Read = Option<<M as StoreModel>::Read>;

    fn operations() -> Vec<<M as StoreModel>::Op> {
        <M as StoreModel>::operations()
    }

    fn small() -> Vec<<M as StoreModel>::Op> {
        <M as StoreModel>::small()
    }

    fn write(
        state: &Causal<<M as StoreModel>::Store>,
        writer: u64,
        op: &<M as StoreModel>::Op,
    ) -> Causal<<M as StoreModel>::Store> {
        state.write(WriterId(writer), |store, dots| <M as StoreModel>::write(store, dots, op))
    }

    fn read(state: &Causal<<M as StoreModel>::Store>) -> Option<<M as StoreModel>::Read> {
        let store = state.store();
        (!DotStore::is_empty(store)).then(|| <M as StoreModel>::read(store))
    }

    fn specified(history: &History<<M as StoreModel>::Op>) -> Option<<M as StoreModel>::Read> {
        <M as StoreModel>::specified(history)
    }
}
