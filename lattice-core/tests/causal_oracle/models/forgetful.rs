//! A mistake that must be found: a register whose writes do not take back what they have seen.

use lattice_core::{Dots, MvRegister};

use crate::{
    history::History,
    models::mv_register::{Op, Register},
    store_model::StoreModel,
};

pub(crate) struct Forgetful;

impl StoreModel for Forgetful {
    type Store = MvRegister<u8>;
    type Op = Op;
    type Read = Vec<u8>;

    fn operations() -> Vec<Op> {
        Register::operations()
    }

    fn small() -> Vec<Op> {
        Register::small()
    }

    fn write(_: &MvRegister<u8>, dots: &mut Dots, op: &Op) -> MvRegister<u8> {
        Register::write(&MvRegister::default(), dots, op)
    }

    fn read(register: &MvRegister<u8>) -> Vec<u8> {
        Register::read(register)
    }

    fn specified(history: &History<Op>) -> Option<Vec<u8>> {
        Register::specified(history)
    }
}
