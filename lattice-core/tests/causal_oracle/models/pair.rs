//! Two stores in one document: each by its own specification.

use core::marker::PhantomData;

use lattice_core::{DotStore, Dots};

use crate::{
    history::{History, What},
    store_model::StoreModel,
};

pub(crate) struct SideBySide<A, B>(PhantomData<(A, B)>);

#[derive(Clone, Debug)]
pub(crate) enum Op<A, B> {
    First(A),
    Second(B),
}

impl<A: StoreModel, B: StoreModel> StoreModel for SideBySide<A, B> {
    type Store = (A::Store, B::Store);
    type Op = Op<A::Op, B::Op>;
    type Read = (Option<A::Read>, Option<B::Read>);

    fn operations() -> Vec<Self::Op> {
        let first = A::operations().into_iter().map(Op::First);
        first.chain(B::operations().into_iter().map(Op::Second)).collect()
    }

    fn small() -> Vec<Self::Op> {
        let first = A::small().into_iter().take(2).map(Op::First);
        first.chain(B::small().into_iter().take(1).map(Op::Second)).collect()
    }

    fn write(pair: &Self::Store, dots: &mut Dots, op: &Self::Op) -> Self::Store {
        match op {
            Op::First(op) => (A::write(&pair.0, dots, op), B::Store::default()),
            Op::Second(op) => (A::Store::default(), B::write(&pair.1, dots, op)),
        }
    }

    fn read(pair: &Self::Store) -> Self::Read {
        let first = (!pair.0.is_empty()).then(|| A::read(&pair.0));
        (first, (!pair.1.is_empty()).then(|| B::read(&pair.1)))
    }

    fn specified(history: &History<Self::Op>) -> Option<Self::Read> {
        let first = history.within(|op| match op {
            Op::First(op) => What::Op(op.clone()),
            Op::Second(_) => What::Elsewhere,
        });
        let second = history.within(|op| match op {
            Op::First(_) => What::Elsewhere,
            Op::Second(op) => What::Op(op.clone()),
        });
        let read = (A::specified(&first), B::specified(&second));
        (read.0.is_some() || read.1.is_some()).then_some(read)
    }
}
