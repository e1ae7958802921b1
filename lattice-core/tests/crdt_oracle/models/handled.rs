//! Which commands have been handled: of each client the greatest number that its replica had not handled.

use std::collections::BTreeMap;

use lattice_core::Handled;

use crate::{done::of_known, history::History, model::Model};

pub(crate) struct Commands;

/// A client, and the number of its command.
pub(crate) type Op = (u8, u64);

fn last(known: &[&Option<Op>], client: u8) -> Option<u64> {
    known.iter().copied().flatten().filter(|(other, _)| *other == client).map(|(_, number)| *number).max()
}

impl Model for Commands {
    type State = Handled<u8>;
    type Op = Op;
    type Read = BTreeMap<u8, u64>;

    fn operations() -> Vec<Op> {
        vec![(0, 0), (0, 1), (0, 2), (1, 1), (1, u64::MAX)]
    }

    fn small() -> Vec<Op> {
        vec![(0, 0), (0, 1), (1, 1)]
    }

    fn write(state: &Handled<u8>, _: u64, (client, number): &Op) -> Handled<u8> {
        state.accept(*client, *number).unwrap_or_default()
    }

    fn read(state: &Handled<u8>) -> Self::Read {
        state.iter().map(|(client, number)| (*client, number)).collect()
    }

    fn specified(history: &History<Op>) -> Self::Read {
        let effects = history.effects(|event, known: &[&Option<Op>]| {
            let (client, number) = *event.op();
            last(known, client).is_none_or(|last| last < number).then_some((client, number))
        });
        let known = of_known(&effects, history.known);
        [0, 1].into_iter().filter_map(|client| Some((client, last(&known, client)?))).collect()
    }
}
