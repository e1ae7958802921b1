//! A field that is no lattice is the one mistake, whatever else the type is asked for; and a mistake in an attribute takes no trait away.

use lattice_derive::Lattice;

#[derive(Lattice, Clone, Debug, PartialEq)]
#[lattice(default, partial_ord)]
struct Order {
    priority: u64,
}

#[derive(Lattice, Clone, Debug, PartialEq)]
#[lattice(default, partial_ord, chian)]
struct Line {
    #[lattice(max)]
    number: u64,
}

fn main() {
    let _ = Order::default() < Order::default();
    let _ = Line::default() < Line::default();
}
