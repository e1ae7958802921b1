//! The counter that goes both ways: for each writer, all that it had added and taken away by its last write that is known. An entry is
//! absolute, so who knows a write knows of those before it that its writer made in the same direction.

use std::collections::BTreeMap;

use lattice_core::{PnCounter, WriterId};

use crate::{done::of_known, history::History, model::Model};

pub(crate) struct PlusMinus;

/// Writer and direction, and how much in total.
type Entry = ((u64, bool), u64);

fn total(known: &[&Entry], key: (u64, bool)) -> u64 {
    known.iter().filter(|(other, _)| *other == key).map(|(_, total)| *total).max().unwrap_or(0)
}

impl Model for PlusMinus {
    type State = PnCounter;
    type Op = i64;
    type Read = i128;

    fn operations() -> Vec<i64> {
        vec![1, 5, -2, 0]
    }

    fn small() -> Vec<i64> {
        vec![1, -2]
    }

    fn write(state: &PnCounter, writer: u64, by: &i64) -> PnCounter {
        state.add(WriterId(writer), *by)
    }

    fn read(state: &PnCounter) -> i128 {
        state.value()
    }

    fn specified(history: &History<i64>) -> i128 {
        let effects = history.effects(|event, known: &[&Entry]| {
            let key = (event.writer, *event.op() >= 0);
            (key, total(known, key) + event.op().unsigned_abs())
        });
        let known = of_known(&effects, history.known);
        let entries: BTreeMap<_, _> = known.iter().map(|(key, _)| (*key, total(&known, *key))).collect();
        let signed = |((_, is_added), total): ((u64, bool), u64)| {
            if is_added { i128::from(total) } else { -i128::from(total) }
        };
        entries.into_iter().map(signed).sum()
    }
}
