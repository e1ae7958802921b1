//! Under `lex` only the first key only grows, and it is compared without its name.

use lattice_derive::{Lattice, Threshold};
use std::collections::BTreeSet;

#[derive(Lattice, Clone, Debug)]
#[lattice(lex)]
struct Round {
    #[lattice(max)]
    number: u64,
    votes: BTreeSet<u32>,
}

#[derive(Threshold)]
#[threshold(on = Round)]
enum Third {
    #[when(number >= 3)]
    Reached,
}

#[derive(Threshold)]
#[threshold(on = Round)]
enum Either {
    #[when(self >= 2)]
    Second,
    #[when(self >= 3)]
    Third,
}

fn main() {}
