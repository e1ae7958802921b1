//! Data in variants.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Progress {
    Waiting,
    Running(u8),
    Done { at: u64 },
}

fn main() {}
