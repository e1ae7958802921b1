//! The causal counter: the sum of the amounts that no reset has seen. A fold is an addition of what it folds.

use lattice_core::{CausalCounter, Dots};

use crate::{
    history::{History, Write},
    store_model::StoreModel,
};

pub(crate) struct Counter;

#[derive(Clone, Debug)]
pub(crate) enum Op {
    Add(i64),
    Reset,
    Fold,
}

impl StoreModel for Counter {
    type Store = CausalCounter;
    type Op = Op;
    type Read = i128;

    fn operations() -> Vec<Op> {
        vec![Op::Add(1), Op::Add(10), Op::Add(-100), Op::Reset, Op::Fold]
    }

    fn small() -> Vec<Op> {
        vec![Op::Add(1), Op::Reset, Op::Fold]
    }

    fn write(counter: &CausalCounter, dots: &mut Dots, op: &Op) -> CausalCounter {
        match op {
            Op::Add(by) => counter.add(dots, *by),
            Op::Reset => counter.reset(dots),
            Op::Fold => counter.fold(dots),
        }
    }

    fn read(counter: &CausalCounter) -> i128 {
        counter.value()
    }

    fn specified(history: &History<Op>) -> Option<i128> {
        let live = history.live(|later, earlier| takes_back(history, later, earlier));
        let amounts: Vec<i128> = live.iter().filter_map(|write| amount(history, write)).collect();
        (!amounts.is_empty()).then(|| amounts.iter().sum())
    }
}

fn takes_back(history: &History<Op>, later: &Write<'_, Op>, earlier: &Write<'_, Op>) -> bool {
    match later.op {
        Op::Add(_) => false,
        Op::Reset => true,
        Op::Fold => later.writer == earlier.writer && folded(history, later).is_some(),
    }
}

/// What an event adds, if it adds at all.
fn amount(history: &History<Op>, write: &Write<'_, Op>) -> Option<i128> {
    match write.op {
        Op::Add(by) => Some(i128::from(*by)),
        Op::Reset => None,
        Op::Fold => folded(history, write),
    }
}

/// The sum of the writer's own amounts where the fold was made; fewer than two are left as they are.
fn folded(history: &History<Op>, fold: &Write<'_, Op>) -> Option<i128> {
    let known = history.events[fold.number].known;
    let live = history.live_at(known, &|later: &Write<'_, Op>, earlier: &Write<'_, Op>| {
        takes_back(history, later, earlier)
    });
    let own = live.iter().filter(|write| write.writer == fold.writer);
    let amounts: Vec<i128> = own.filter_map(|write| amount(history, write)).collect();
    (amounts.len() > 1).then(|| amounts.iter().sum())
}
