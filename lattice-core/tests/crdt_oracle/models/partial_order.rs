//! The partial order: that of the graph, less what is removed.

use lattice_core::PartialOrder;

use super::dag::{Op as Put, all, in_order, parts};
use crate::{
    done::of_known,
    history::{History, What},
    model::Model,
};

pub(crate) struct Order;

#[derive(Clone, Debug)]
pub(crate) enum Op {
    /// After which, the element, and before which.
    Add(Option<u8>, u8, Option<u8>),
    Remove(u8),
}

impl Model for Order {
    type State = PartialOrder<u8>;
    type Op = Op;
    type Read = Vec<u8>;

    fn operations() -> Vec<Op> {
        vec![
            Op::Add(None, 0, None),
            Op::Add(Some(0), 1, None),
            Op::Add(Some(0), 2, Some(1)),
            Op::Add(None, 3, Some(2)),
            Op::Remove(0),
            Op::Remove(1),
        ]
    }

    fn small() -> Vec<Op> {
        vec![Op::Add(None, 0, None), Op::Add(Some(0), 1, None), Op::Remove(0)]
    }

    fn write(state: &PartialOrder<u8>, _: u64, op: &Op) -> PartialOrder<u8> {
        match op {
            Op::Add(after, element, before) => {
                state.add(after.as_ref(), *element, before.as_ref()).unwrap_or_default()
            }
            Op::Remove(element) => state.remove(*element),
        }
    }

    fn read(state: &PartialOrder<u8>) -> Vec<u8> {
        state.in_order().copied().collect()
    }

    fn specified(history: &History<Op>) -> Vec<u8> {
        // To the graph, a removal is an edge that it refuses.
        let puts = history.within(|op| match *op {
            Op::Add(after, element, before) => What::Op(Put::Add(after, element, before)),
            Op::Remove(_) => What::Op(Put::Connect(0, 0)),
        });
        let parts = parts(&puts);
        let is_removed = |element: u8| {
            history.done().any(|(_, op)| matches!(op, Op::Remove(removed) if *removed == element))
        };
        let order = in_order(all(&of_known(&parts, history.known)));
        order.into_iter().filter(|&element| !is_removed(element)).collect()
    }
}
