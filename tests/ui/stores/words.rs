//! Words of lattices.

use lvars::{AddWinsSet, Causal, DotStore, MvRegister};

#[derive(DotStore, Clone, Debug, PartialEq)]
#[lattice(default, lex)]
struct Page {
    title: MvRegister<String>,
    #[lattice(max)]
    edited: u64,
    #[lattice(union)]
    tags: AddWinsSet<String>,
}

fn main() {
    let _ = Causal::<Page>::new();
}
