use lvars::prelude::*;

#[derive(Lattice, Clone, Debug, PartialEq)]
struct And {
    left: Flat<bool>,
    right: Flat<bool>,
}

// One of the sides may be false while the other is true: then both are reached.
#[derive(Threshold)]
#[threshold(on = And)]
enum Answer {
    #[when(left >= false)]
    #[when(right >= false)]
    No,
    #[when(left >= true)]
    #[when(right >= true)]
    Yes,
}

fn main() {}
