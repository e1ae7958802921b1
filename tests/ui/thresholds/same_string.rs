use std::collections::BTreeSet;

use lvars::prelude::*;

const ALICE: &str = "alice";

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Person {
    name: Flat<String>,
    tags: BTreeSet<String>,
}

#[derive(Threshold)]
#[threshold(on = Person)]
enum Name {
    #[when(name >= "alice")]
    First,
    #[when(name >= ALICE)]
    Second,
    #[when(name >= "bob")]
    Third,
}

#[derive(Threshold)]
#[threshold(on = Person)]
enum Tagged {
    #[when(tags >= "x")]
    X,
    #[when(tags >= "y")]
    Y,
}

fn main() {}
