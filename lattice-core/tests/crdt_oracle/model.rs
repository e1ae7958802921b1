//! What a type gives to be proven.

use core::fmt::Debug;

use lattice_core::{Delta, codec::Codec};

use crate::history::{Event, History, Known, What};

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

impl<Op> Event<Op> {
    pub(crate) fn op(&self) -> &Op {
        match &self.what {
            What::Op(op) => op,
            What::Reset | What::Elsewhere => unreachable!("nothing is reset from outside"),
        }
    }
}

impl<Op> History<Op> {
    /// The operations that the reader knows, each with its writer.
    pub(crate) fn done(&self) -> impl Iterator<Item = (u64, &Op)> {
        let events = self.events.iter().enumerate();
        events.filter(|(number, _)| self.known.contains(*number)).map(|(_, event)| (event.writer, event.op()))
    }

    /// What each event came to, one after the other: what it does may hang on what those came to that its replica knew.
    pub(crate) fn effects<E>(&self, effect: impl Fn(&Event<Op>, &[&E]) -> E) -> Vec<E> {
        let mut effects: Vec<E> = Vec::new();
        for event in &self.events {
            let next = effect(event, &of_known(&effects, event.known));
            effects.push(next);
        }
        effects
    }
}

/// Those of the known events.
pub(crate) fn of_known<E>(effects: &[E], known: Known) -> Vec<&E> {
    effects
        .iter()
        .enumerate()
        .filter(|(number, _)| known.contains(*number))
        .map(|(_, effect)| effect)
        .collect()
}
