//! What only grows has no dots, and a document has its own context inside.

use std::collections::BTreeSet;

use lvars::{AddWinsSet, Causal, DotStore, GCounter, MvRegister};

#[derive(DotStore, Clone, Debug, PartialEq)]
struct Page {
    title: MvRegister<String>,
    visits: GCounter,
    seen: BTreeSet<u32>,
    edited: u64,
    tags: Causal<AddWinsSet<String>>,
}

fn main() {
    let _ = Causal::<Page>::new();
}
