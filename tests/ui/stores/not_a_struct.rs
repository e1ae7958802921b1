//! An enum and a union.

use lvars::{AddWinsSet, Causal, DotStore, MvRegister};

#[derive(DotStore, Clone, Debug, PartialEq)]
enum Page {
    Draft(MvRegister<String>),
    Published { tags: AddWinsSet<String> },
}

#[derive(DotStore)]
union Either {
    left: u8,
    right: u16,
}

fn main() {
    let _ = Causal::<Page>::new();
}
