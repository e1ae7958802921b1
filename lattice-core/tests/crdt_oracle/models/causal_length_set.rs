//! The causal-length set: of each element the longest chain of additions and removals, each of which saw the one before.

use std::collections::BTreeMap;

use lattice_core::CausalLengthSet;

use crate::{done::of_known, history::History, model::Model};

pub(crate) struct Length;

/// An element, and whether it is added.
pub(crate) type Op = (u8, bool);

fn longest(known: &[&(u8, u64)], element: u8) -> u64 {
    known.iter().filter(|(other, _)| *other == element).map(|(_, length)| *length).max().unwrap_or(0)
}

impl Model for Length {
    type State = CausalLengthSet<u8>;
    type Op = Op;
    /// The lengths, and which elements are in the set.
    type Read = (BTreeMap<u8, u64>, Vec<u8>);

    fn operations() -> Vec<Op> {
        vec![(0, true), (0, false), (1, true), (1, false)]
    }

    fn small() -> Vec<Op> {
        vec![(0, true), (0, false), (1, true)]
    }

    fn write(state: &CausalLengthSet<u8>, _: u64, (element, is_added): &Op) -> CausalLengthSet<u8> {
        if *is_added { state.add(*element) } else { state.remove(*element) }
    }

    fn read(state: &CausalLengthSet<u8>) -> Self::Read {
        let lengths = [0, 1].map(|element| (element, state.length_of(&element)));
        (lengths.into(), state.iter().copied().collect())
    }

    fn specified(history: &History<Op>) -> Self::Read {
        let effects = history.effects(|event, known| {
            let (element, is_added) = *event.op();
            let length = longest(known, element);
            let is_in = length % 2 == 1;
            (element, if is_in == is_added { 0 } else { length + 1 })
        });
        let known = of_known(&effects, history.known);
        let lengths = [0, 1].map(|element| (element, longest(&known, element)));
        let is_in = lengths.into_iter().filter(|(_, length)| length % 2 == 1);
        (lengths.into(), is_in.map(|(element, _)| element).collect())
    }
}
