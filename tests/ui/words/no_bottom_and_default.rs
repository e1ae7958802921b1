//! `no_bottom` says that there is no bottom, so nothing else can be about it.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(Yes < Both, No < Both), no_bottom, default)]
enum Vote {
    Yes,
    No,
    Both,
}

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(chain, no_bottom, bottom = New)]
enum Status {
    New,
    Paid,
}

fn main() {
    let _ = Vote::default();
}
