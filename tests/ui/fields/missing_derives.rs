//! One message for each derive that a field's type lacks, however often the struct is used.

use lvars::prelude::*;

#[derive(Clone, Debug, PartialEq)]
struct Nothing;

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
struct NoLVar;

#[derive(Lattice, LVar, Clone, Debug, PartialEq)]
struct NoDeltas;

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
struct Order {
    votes: Max<u64>,
    nothing: Nothing,
    no_lvar: NoLVar,
    no_deltas: NoDeltas,
}

#[derive(Threshold)]
#[threshold(on = Order)]
enum Outcome {
    #[when(votes >= 3)]
    Enough,
}

fn main() {
    let order = LVar::<Order>::new();
    let _ = order.get::<Outcome>().wait();
    let replica = Replica::<Order>::open();
    let _ = replica.get::<Outcome>();
}
