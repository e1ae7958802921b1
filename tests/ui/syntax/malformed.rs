//! Attributes that are no list of words.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq)]
#[lattice]
struct Bare;

#[derive(Lattice, Clone, Debug, PartialEq)]
#[lattice = "chain"]
struct Equals;

#[derive(Lattice, Clone, Debug, PartialEq)]
#[lattice("chain", crate lattice_core, , bound(x) y)]
struct Tokens {
    #[lattice(max = 3)]
    a: u64,
    #[lattice(min(3))]
    b: u64,
}

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice("chain")]
enum Quoted {
    New,
    Paid,
}

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(chain conflict = Broken)]
enum Unseparated {
    New,
    Broken,
}

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(New < Paid) conflict = Paid)]
enum Behind {
    New,
    Paid,
}

fn main() {}
