//! Two variants with two minimal upper bounds.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(Start < A, Start < B, A < C, A < D, B < C, B < D, C < Top, D < Top))]
enum Bowtie {
    Start,
    A,
    B,
    C,
    D,
    Top,
}

fn main() {}
