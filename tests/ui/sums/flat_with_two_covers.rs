//! Two different values of plain data, with two variants right above them.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq, Eq)]
#[lattice(order(Start < Given < Late < End, Given < Wrong < End))]
enum Answer {
    Start,
    Given(#[lattice(flat)] i64),
    Late,
    Wrong,
    End,
}

fn main() {}
