//! What a type gives to be proven.

use core::fmt::Debug;

use lattice_core::{Dots, causal::StoreCodec};

use crate::history::History;

/// A causal type, its operations, and its specification.
pub(crate) trait Model {
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
