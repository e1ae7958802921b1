//! A variant that `cfg` removed is not there.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(New < Paid < Broken))]
enum Status {
    New,
    #[cfg(any())]
    Paid,
    Broken,
}

fn main() {}
