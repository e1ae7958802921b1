//! A payload that is plain data and joins by its own word.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Value {
    Unknown,
    #[lattice(flat)]
    Known {
        name: String,
        #[lattice(max)]
        at: u64,
    },
    Varies,
}

fn main() {}
