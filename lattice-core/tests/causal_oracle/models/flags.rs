//! The flags: what is left when each write replaces those that it has seen, and which of two that are left wins.

use lattice_core::{DisableWinsFlag, Dots, EnableWinsFlag};

use crate::{history::History, store_model::StoreModel};

pub(crate) struct EnableWins;
pub(crate) struct DisableWins;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Op {
    Enable,
    Disable,
}

impl StoreModel for EnableWins {
    type Store = EnableWinsFlag;
    type Op = Op;
    type Read = bool;

    fn operations() -> Vec<Op> {
        vec![Op::Enable, Op::Disable]
    }

    fn small() -> Vec<Op> {
        Self::operations()
    }

    fn write(flag: &EnableWinsFlag, dots: &mut Dots, op: &Op) -> EnableWinsFlag {
        match op {
            Op::Enable => flag.enable(dots),
            Op::Disable => flag.disable(dots),
        }
    }

    fn read(flag: &EnableWinsFlag) -> bool {
        flag.is_enabled()
    }

    fn specified(history: &History<Op>) -> Option<bool> {
        history.live(|_, _| true).iter().any(|write| *write.op == Op::Enable).then_some(true)
    }
}

impl StoreModel for DisableWins {
    type Store = DisableWinsFlag;
    type Op = Op;
    type Read = bool;

    fn operations() -> Vec<Op> {
        vec![Op::Enable, Op::Disable]
    }

    fn small() -> Vec<Op> {
        Self::operations()
    }

    fn write(flag: &DisableWinsFlag, dots: &mut Dots, op: &Op) -> DisableWinsFlag {
        match op {
            Op::Enable => flag.enable(dots),
            Op::Disable => flag.disable(dots),
        }
    }

    fn read(flag: &DisableWinsFlag) -> bool {
        flag.is_enabled()
    }

    fn specified(history: &History<Op>) -> Option<bool> {
        let live = history.live(|_, _| true);
        (!live.is_empty()).then(|| live.iter().all(|write| *write.op == Op::Enable))
    }
}
