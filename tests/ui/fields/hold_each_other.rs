//! Whether one can be put into hangs on the other, and the other way round.

use std::collections::BTreeMap;

use lvars::prelude::*;

#[derive(Lattice, LVar, Clone, Debug)]
struct Folder {
    pages: BTreeMap<u8, Page>,
}

#[derive(Lattice, LVar, Clone, Debug)]
struct Page {
    folders: BTreeMap<u8, Folder>,
}

fn main() {}
