//! A set is followed element by element, and so is a struct with a set in it: whole sets, again and again, would cost more each time.

use std::collections::{BTreeMap, BTreeSet};

use lvars::prelude::*;

#[derive(Lattice, LVar, Clone, Debug, PartialEq)]
struct Node {
    #[lattice(max)]
    depth: u64,
    neighbours: BTreeSet<u32>,
}

fn main() {
    let set = LVar::<BTreeSet<u32>>::new();
    let node = LVar::<Node>::new();
    let nodes = LVar::<BTreeMap<u32, Node>>::new();
    let _ = par::run(async |p| {
        set.on_change(&p.pool(), |_, _elements| ());
        node.on_change(&p.pool(), |_, _node| ());
        nodes.on_change(&p.pool(), |_, _number, _node| ());
    });
}
