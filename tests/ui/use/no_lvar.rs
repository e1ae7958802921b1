//! A type has an LVar by `#[derive(LVar)]`; of `Max` and `Min` the type inside says which.

use lvars::{GreatestValue, LeastValue, prelude::*};

#[derive(Lattice, Clone, Debug)]
struct Order {
    #[lattice(max)]
    priority: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name(u8);

impl LeastValue for Name {
    fn least() -> Self {
        Self(0)
    }
}

impl GreatestValue for Name {
    fn greatest() -> Self {
        Self(255)
    }
}

fn share<L: lvars::HasLVar>() {}

fn main() {
    share::<Order>();
    share::<Max<Name>>();
    share::<Min<Name>>();
}
