//! Two different values of plain data, with nothing above them.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Answer {
    Pending,
    #[lattice(flat)]
    Given(i64),
}

fn main() {}
