//! Both the word and the derive write `Default`.

use lattice_derive::Lattice;

#[derive(Lattice, Default, Clone, Debug)]
#[lattice(default)]
struct Order {
    #[lattice(max)]
    priority: u64,
}

fn main() {}
