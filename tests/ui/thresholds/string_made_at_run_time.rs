use lvars::prelude::*;

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Person {
    name: Flat<String>,
    bytes: Flat<Vec<u8>>,
}

#[derive(Threshold)]
#[threshold(on = Person)]
enum Name {
    #[when(name >= "alice".to_owned())]
    Alice,
    #[when(name >= String::from("bob"))]
    Bob,
    #[when(name >= format!("{}", 3))]
    Three,
    #[when(name >= "carol".to_string())]
    Carol,
}

// Of other calls the compiler says it.
#[derive(Threshold)]
#[threshold(on = Person)]
enum Bytes {
    #[when(bytes >= [1, 2].to_vec())]
    Two,
}

fn main() {}
