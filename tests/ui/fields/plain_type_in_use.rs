//! Whatever else uses a struct with a plain field adds nothing to the one mistake.

use lvars::prelude::*;

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
struct Votes {
    count: u64,
    open: bool,
}

#[derive(Threshold)]
#[threshold(on = Votes)]
enum Outcome {
    #[when(count >= 3, open >= true)]
    Enough,
}

fn main() {
    let votes = LVar::<Votes>::new();
    let _ = votes.get::<Outcome>().wait();
    let _ = votes.freeze(Outside::here());
    let replica = Replica::<Votes>::open();
    let _ = replica.get::<Outcome>();
}
