//! `lex` orders a struct by its fields, of which it needs two.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(chain, lex)]
enum Status {
    New,
    Paid,
}

#[derive(Lattice, Clone, Debug)]
#[lattice(lex)]
struct Version {
    #[lattice(max)]
    number: u64,
    #[lattice(skip(reason = "a cache"))]
    cached: u64,
}

#[derive(Lattice, Clone, Debug)]
#[lattice(lex = "number")]
struct Named {
    #[lattice(max)]
    number: u64,
    #[lattice(lex)]
    name: u64,
}

fn main() {}
