//! What a type gives to be proven.

use core::fmt::Debug;

use lattice_core::{Delta, codec::Codec};

use crate::history::History;

/// A replicated type, its operations, and its specification.
pub(crate) trait Model {
    /// The type.
    type State: Delta + Codec + PartialEq + Debug;
    /// What can be done to it.
    type Op: Clone + Debug;
    /// What a reader gets.
    type Read: PartialEq + Debug;

    /// The operations that random executions choose from: few elements, so that they meet.
    fn operations() -> Vec<Self::Op>;

    /// Those of which the small scope tries all; no more than three.
    fn small() -> Vec<Self::Op>;

    /// The delta of an operation; the bottom, if it is refused.
    fn write(state: &Self::State, writer: u64, op: &Self::Op) -> Self::State;

    /// Reads.
    fn read(state: &Self::State) -> Self::Read;

    /// What a reader gets that knows this much of this history.
    fn specified(history: &History<Self::Op>) -> Self::Read;
}
