//! The multi-value register: the values that no later write has seen.

use lattice_core::{Dots, MvRegister};

use crate::{history::History, store_model::StoreModel};

pub(crate) struct Register;

#[derive(Clone, Debug)]
pub(crate) enum Op {
    Set(u8),
    Clear,
}

impl StoreModel for Register {
    type Store = MvRegister<u8>;
    type Op = Op;
    type Read = Vec<u8>;

    fn operations() -> Vec<Op> {
        vec![Op::Set(1), Op::Set(2), Op::Set(3), Op::Clear]
    }

    fn small() -> Vec<Op> {
        vec![Op::Set(1), Op::Set(2), Op::Clear]
    }

    fn write(register: &MvRegister<u8>, dots: &mut Dots, op: &Op) -> MvRegister<u8> {
        match op {
            Op::Set(value) => register.set(dots, *value),
            Op::Clear => register.clear(dots),
        }
    }

    fn read(register: &MvRegister<u8>) -> Vec<u8> {
        let mut values: Vec<u8> = register.values().copied().collect();
        values.sort_unstable();
        values
    }

    fn specified(history: &History<Op>) -> Option<Vec<u8>> {
        let values = history.live(|_, _| true).into_iter().filter_map(|write| match write.op {
            Op::Set(value) => Some(*value),
            Op::Clear => None,
        });
        let mut values: Vec<u8> = values.collect();
        values.sort_unstable();
        (!values.is_empty()).then_some(values)
    }
}
