//! Words on a variant that belong elsewhere, and one that belongs nowhere.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Progress {
    #[lattice(bottom)]
    Waiting,
    #[lattice(max)]
    Running(u8),
    #[lattice(last)]
    Done(#[lattice(conflict)] u8),
}

fn main() {}
