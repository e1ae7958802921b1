//! Payloads that cannot be replicated.

use lattice_core::{Any, Lattice};
use lattice_derive::{Lattice, Replicate};

#[derive(Lattice, Replicate, Clone, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Value {
    Unknown,
    Counted(Switch),
    #[lattice(flat)]
    Known(&'static str),
    Varies,
}

#[derive(Lattice, Clone, Debug, PartialEq, Eq)]
struct Switch(Any);

fn main() {
    Switch(Any(true)).join(Switch(Any(false)));
}
