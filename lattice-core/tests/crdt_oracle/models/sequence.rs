//! The list: a tree, drawn again from the history for each reader, in which each element hangs where its writer saw room.

use lattice_core::{Sequence, WriterId};

use crate::{
    history::{Event, History, Known},
    model::Model,
};

pub(crate) struct Typed;

#[derive(Clone, Debug)]
pub(crate) enum Op {
    /// So many places from the beginning, or fewer, if the list is shorter.
    Insert(usize, char),
    Remove(usize),
}

/// An element, by the number of its event: where it hangs, and its rank among its siblings.
#[derive(Clone, Copy)]
struct Leaf {
    number: usize,
    parent: Option<usize>,
    is_right: bool,
    rank: (u64, u64),
}

/// What an event came to.
#[derive(Clone, Copy)]
enum Effect {
    Leaf(Leaf),
    Removed(Option<usize>),
}

/// What is under one element, from left to right.
fn read_under(leaves: &[Leaf], parent: Option<usize>, into: &mut Vec<usize>) {
    let side = |is_right| {
        let mut side: Vec<Leaf> = leaves
            .iter()
            .copied()
            .filter(|leaf| (leaf.parent, leaf.is_right) == (parent, is_right))
            .collect();
        side.sort_by_key(|leaf| leaf.rank);
        side
    };
    side(false).iter().for_each(|leaf| read_under(leaves, Some(leaf.number), into));
    into.extend(parent);
    side(true).iter().for_each(|leaf| read_under(leaves, Some(leaf.number), into));
}

/// The elements that one shows who knows these events, and all that it knows of the tree.
fn shown(effects: &[Effect], known: Known) -> (Vec<usize>, Vec<Leaf>) {
    let (mut leaves, mut removed) = (Vec::new(), Vec::new());
    for (_, effect) in effects.iter().enumerate().filter(|(number, _)| known.contains(*number)) {
        match *effect {
            Effect::Leaf(leaf) => leaves.push(leaf),
            Effect::Removed(number) => removed.extend(number),
        }
    }
    let mut order = Vec::new();
    read_under(&leaves, None, &mut order);
    order.retain(|number| !removed.contains(number));
    (order, leaves)
}

fn effect(event: &Event<Op>, number: usize, effects: &[Effect]) -> Effect {
    let (order, leaves) = shown(effects, event.known);
    match *event.op() {
        Op::Remove(at) => Effect::Removed(order.get(at).copied()),
        Op::Insert(at, _) => {
            let at = at.min(order.len());
            let (after, before) = (at.checked_sub(1).map(|at| order[at]), order.get(at).copied());
            let is_taken = leaves.iter().any(|leaf| leaf.parent == after && leaf.is_right);
            let (parent, is_right) =
                if is_taken && before.is_some() { (before, false) } else { (after, true) };
            let count = leaves.iter().map(|leaf| leaf.rank.0).max().unwrap_or(0) + 1;
            Effect::Leaf(Leaf { number, parent, is_right, rank: (count, event.writer) })
        }
    }
}

impl Model for Typed {
    type State = Sequence<char>;
    type Op = Op;
    type Read = String;

    fn operations() -> Vec<Op> {
        let inserted = [(0, 'a'), (0, 'b'), (1, 'c'), (1, 'd'), (2, 'e'), (9, 'f')];
        let inserted = inserted.map(|(at, value)| Op::Insert(at, value));
        inserted.into_iter().chain([Op::Remove(0), Op::Remove(1)]).collect()
    }

    fn small() -> Vec<Op> {
        vec![Op::Insert(0, 'a'), Op::Insert(1, 'b'), Op::Remove(0)]
    }

    fn write(state: &Sequence<char>, writer: u64, op: &Op) -> Sequence<char> {
        let ids: Vec<_> = state.iter().map(|(id, _)| id).collect();
        match *op {
            Op::Insert(at, value) => {
                let at = at.min(ids.len());
                let after = at.checked_sub(1).map(|at| ids[at]);
                state.insert(WriterId(writer), after, ids.get(at).copied(), [value]).expect("counts are left")
            }
            Op::Remove(at) => ids.get(at).map_or_else(Sequence::new, |id| state.remove(*id)),
        }
    }

    fn read(state: &Sequence<char>) -> String {
        state.values().collect()
    }

    fn specified(history: &History<Op>) -> String {
        let mut effects = Vec::new();
        for (number, event) in history.events.iter().enumerate() {
            effects.push(effect(event, number, &effects));
        }
        let value = |number: usize| match history.events[number].op() {
            Op::Insert(_, value) => *value,
            Op::Remove(_) => unreachable!("an element was inserted"),
        };
        shown(&effects, history.known).0.into_iter().map(value).collect()
    }
}
