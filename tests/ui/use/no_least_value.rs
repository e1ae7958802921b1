//! `max` starts from the least value of its type, `min` from the greatest.

use lvars::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name(String);

#[derive(Lattice, Clone, Debug)]
struct Last {
    #[lattice(max)]
    name: Name,
}

#[derive(Lattice, Clone, Debug)]
struct First {
    #[lattice(min)]
    name: Name,
}

fn main() {
    let _: Last = Bottom::bottom();
    let _: First = Bottom::bottom();
}
