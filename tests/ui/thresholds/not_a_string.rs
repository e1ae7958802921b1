use lvars::prelude::*;

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Person {
    name: Flat<String>,
}

#[derive(Threshold)]
#[threshold(on = Person)]
enum Name {
    #[when(name >= 3)]
    Three,
}

fn main() {}
