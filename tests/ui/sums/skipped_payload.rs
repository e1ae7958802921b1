//! A variant comes and goes; no field of it could be kept outside of the lattice.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq)]
#[lattice(chain)]
enum Lot {
    Open,
    Bid {
        #[lattice(max)]
        pence: u64,
        #[lattice(skip(reason = "a cache"))]
        text: String,
    },
}

fn main() {}
