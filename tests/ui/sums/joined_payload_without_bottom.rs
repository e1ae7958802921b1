//! Two variants join to one whose payload has no least value.

use std::num::NonZeroU8;

use lattice_core::Max;
use lattice_derive::{LVar, Lattice};

#[derive(Lattice, LVar, Clone, Debug, PartialEq, Eq)]
#[lattice(order(Never < Int < Mixed, Never < Text < Mixed))]
enum Type {
    Never,
    Int,
    Text,
    Mixed(Owner),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Owner(Max<NonZeroU8>);

impl lattice_core::Lattice for Owner {
    fn join(&mut self, other: Self) -> bool {
        self.0.join(other.0)
    }

    fn lattice_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.0.lattice_cmp(&other.0)
    }
}

fn main() {}
