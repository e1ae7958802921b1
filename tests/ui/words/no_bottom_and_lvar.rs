//! An LVar and a replica start at the bottom.

use lattice_derive::{LVar, Lattice, Replicate};
use lvars::{LVarType, Max};

#[derive(Lattice, LVar, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(Yes < Both, No < Both), no_bottom)]
enum Vote {
    Yes,
    No,
    Both,
}

#[derive(Lattice, Replicate, Clone, Debug)]
#[lattice(no_bottom)]
struct Price {
    pence: Max<u64>,
}

fn main() {
    let _ = lvars::LVar::<Vote>::new();
}
