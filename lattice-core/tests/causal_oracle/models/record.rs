//! A derived struct of stores: each field by its own specification, as with a pair.

use core::marker::PhantomData;

use lattice_core::{DotStore, Dots};
use lattice_derive::DotStore;

use crate::{
    history::History,
    models::pair::{Op, SideBySide},
    store_model::StoreModel,
};

pub(crate) struct RecordOf<A, B>(PhantomData<(A, B)>);

#[derive(DotStore, Clone, Debug, PartialEq)]
#[lattice(crate = lattice_core)]
pub(crate) struct Record<A, B> {
    first: A,
    second: B,
}

impl<A: StoreModel, B: StoreModel> StoreModel for RecordOf<A, B> {
    type Store = Record<A::Store, B::Store>;
    type Op = Op<A::Op, B::Op>;
    type Read = (Option<A::Read>, Option<B::Read>);

    fn operations() -> Vec<Self::Op> {
        SideBySide::<A, B>::operations()
    }

    fn small() -> Vec<Self::Op> {
        SideBySide::<A, B>::small()
    }

    fn write(record: &Self::Store, dots: &mut Dots, op: &Self::Op) -> Self::Store {
        match op {
            Op::First(op) => Record { first: A::write(&record.first, dots, op), ..Record::default() },
            Op::Second(op) => Record { second: B::write(&record.second, dots, op), ..Record::default() },
        }
    }

    fn read(record: &Self::Store) -> Self::Read {
        let first = (!record.first.is_empty()).then(|| A::read(&record.first));
        (first, (!record.second.is_empty()).then(|| B::read(&record.second)))
    }

    fn specified(history: &History<Self::Op>) -> Option<Self::Read> {
        SideBySide::<A, B>::specified(history)
    }
}
