//! An LVar is shared for as long as its threads like, so nothing in it is borrowed for less.

use lvars::prelude::*;

#[derive(Lattice, LVar, Clone, Debug)]
struct Line<'a> {
    text: Flat<&'a str>,
}

fn main() {}
