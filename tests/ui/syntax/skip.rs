//! `skip` takes a reason, and a field that is skipped does not join.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug)]
struct Order {
    #[lattice(skip)]
    total: u64,
    #[lattice(skip())]
    no_word: u64,
    #[lattice(skip(reason = " "))]
    no_text: u64,
    #[lattice(skip = "a cache")]
    no_list: u64,
}

#[derive(Lattice, Clone, Debug)]
struct Both {
    #[lattice(max, skip(reason = "a cache"))]
    a: u64,
    #[lattice(skip(reason = "a cache"), max)]
    b: u64,
}

fn main() {}
