//! The grow-only counter: for each writer, all that it had counted by its last write that is known. An entry is absolute, so who knows a write
//! knows of those before it.

use lattice_core::{GCounter, WriterId};

use crate::{
    done::of_known,
    history::{Event, History},
    model::Model,
};

pub(crate) struct Counts;

/// A writer, and how much it has counted in total.
type Entry = (u64, u64);

fn total(known: &[&Entry], writer: u64) -> u64 {
    known.iter().filter(|(other, _)| *other == writer).map(|(_, total)| *total).max().unwrap_or(0)
}

fn effect(event: &Event<u64>, known: &[&Entry]) -> Entry {
    (event.writer, total(known, event.writer) + event.op())
}

impl Model for Counts {
    type State = GCounter;
    type Op = u64;
    /// The value, and the counts of the three.
    type Read = (u128, [u64; 3]);

    fn operations() -> Vec<u64> {
        vec![0, 1, 2, 1 << 40]
    }

    fn small() -> Vec<u64> {
        vec![1, 3]
    }

    fn write(state: &GCounter, writer: u64, by: &u64) -> GCounter {
        state.increment(WriterId(writer), *by)
    }

    fn read(state: &GCounter) -> Self::Read {
        (state.value(), [1, 2, 3].map(|writer| state.count_of(WriterId(writer))))
    }

    fn specified(history: &History<u64>) -> Self::Read {
        let effects = history.effects(effect);
        let known = of_known(&effects, history.known);
        let totals = [1, 2, 3].map(|writer| total(&known, writer));
        (totals.into_iter().map(u128::from).sum(), totals)
    }
}

/// A mistake that must be found: a counter that ships how much more, and not how much in total.
pub(crate) struct Differences;

impl Model for Differences {
    type State = GCounter;
    type Op = u64;
    type Read = (u128, [u64; 3]);

    fn operations() -> Vec<u64> {
        Counts::operations()
    }

    fn small() -> Vec<u64> {
        Counts::small()
    }

    fn write(_: &GCounter, writer: u64, by: &u64) -> GCounter {
        Counts::write(&GCounter::new(), writer, by)
    }

    fn read(state: &GCounter) -> Self::Read {
        Counts::read(state)
    }

    fn specified(history: &History<u64>) -> Self::Read {
        Counts::specified(history)
    }
}
