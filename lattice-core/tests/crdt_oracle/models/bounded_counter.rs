//! The bounded counter: who adds gets rights, who takes away or passes on must hold them. An entry is absolute, as that of any counter.

use std::collections::BTreeMap;

use lattice_core::{BoundedCounter, WriterId};

use crate::{done::of_known, history::History, model::Model};

pub(crate) struct Bounded;

#[derive(Clone, Debug)]
pub(crate) enum Op {
    Increment(u64),
    Decrement(u64),
    /// To whom, and how much.
    Transfer(u64, u64),
}

/// Of whom, and to whom: to nobody, what was taken away.
type Key = (u64, Option<u64>);

/// Nothing, if it was refused.
type Entry = Option<(Key, u64)>;

fn totals(known: &[&Entry]) -> BTreeMap<Key, u64> {
    let mut totals = BTreeMap::new();
    for (key, total) in known.iter().copied().flatten() {
        let greatest = totals.entry(*key).or_insert(0);
        *greatest = (*greatest).max(*total);
    }
    totals
}

fn rights(totals: &BTreeMap<Key, u64>, writer: u64) -> u64 {
    let sum = |of: &dyn Fn(&Key) -> bool| {
        totals.iter().filter(|(key, _)| of(key)).map(|(_, total)| total).sum::<u64>()
    };
    let got = sum(&|(_, to)| *to == Some(writer));
    got.saturating_sub(sum(&|(from, to)| *from == writer && *to != Some(writer)))
}

impl Model for Bounded {
    type State = BoundedCounter;
    type Op = Op;
    /// The value, and the rights of the three.
    type Read = (u128, [u64; 3]);

    fn operations() -> Vec<Op> {
        vec![
            Op::Increment(3),
            Op::Increment(1),
            Op::Decrement(1),
            Op::Decrement(2),
            Op::Transfer(1, 1),
            Op::Transfer(2, 2),
        ]
    }

    fn small() -> Vec<Op> {
        vec![Op::Increment(2), Op::Decrement(1), Op::Transfer(1, 1)]
    }

    fn write(state: &BoundedCounter, writer: u64, op: &Op) -> BoundedCounter {
        let writer = WriterId(writer);
        let delta = match op {
            Op::Increment(by) => Ok(state.increment(writer, *by)),
            Op::Decrement(by) => state.decrement(writer, *by),
            Op::Transfer(to, by) => state.transfer(writer, WriterId(*to), *by),
        };
        delta.unwrap_or_default()
    }

    fn read(state: &BoundedCounter) -> Self::Read {
        (state.value(), [1, 2, 3].map(|writer| state.rights_of(WriterId(writer))))
    }

    fn specified(history: &History<Op>) -> Self::Read {
        let effects = history.effects(|event, known: &[&Entry]| {
            let (totals, writer) = (totals(known), event.writer);
            let (key, by) = match event.op() {
                Op::Increment(by) => ((writer, Some(writer)), *by),
                Op::Decrement(by) => ((writer, None), *by),
                Op::Transfer(to, by) => ((writer, Some(*to)), *by),
            };
            let is_addition = matches!(event.op(), Op::Increment(_));
            let is_refused = !is_addition && (by > rights(&totals, writer) || key.1 == Some(writer));
            (!is_refused).then(|| (key, totals.get(&key).unwrap_or(&0) + by))
        });
        let value = |totals: &BTreeMap<Key, u64>| {
            let added: u64 =
                totals.iter().filter(|((from, to), _)| *to == Some(*from)).map(|(_, total)| total).sum();
            let used: u64 = totals.iter().filter(|((_, to), _)| to.is_none()).map(|(_, total)| total).sum();
            u128::from(added).checked_sub(u128::from(used))
        };
        let all: Vec<&Entry> = effects.iter().collect();
        assert!(value(&totals(&all)).is_some(), "no execution takes away what is not there");
        let known = totals(&of_known(&effects, history.known));
        (value(&known).unwrap_or(0), [1, 2, 3].map(|writer| rights(&known, writer)))
    }
}
