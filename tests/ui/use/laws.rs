//! What `laws!(Order, ..)` stands for in a test. Its states come from samples or from a strategy, and are compared and shown.

use lvars::{laws, prelude::*};

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Order {
    #[lattice(max)]
    priority: u64,
}

#[derive(Lattice, Clone, Debug)]
struct Line {
    #[lattice(max)]
    number: u64,
}

fn main() {
    let _ = laws::Given::<Order, _>::new(3).check(laws::associative);
    let _ = laws::associative(&[Line { number: 1 }]);
}
