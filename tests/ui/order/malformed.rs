//! Every malformed chain is reported.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(A <, B > A, A < < B, A B, A < (B)))]
enum Malformed {
    A,
    B,
}

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(A <))]
enum Unfinished {
    A,
    B,
}

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(B > A))]
enum Backwards {
    A,
    B,
}

fn main() {}
