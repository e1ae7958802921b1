use lvars::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair(u8, u8);

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Place {
    at: Flat<Pair>,
}

#[derive(Threshold)]
#[threshold(on = Place)]
enum Corner {
    #[when(at >= Pair(0, 0))]
    First,
    #[when(at >= Pair(0, 1))]
    Second,
}

fn main() {}
