#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

#[derive(Threshold)]
#[threshold(on = Ordr)]
enum Outcome {
    #[when(status >= Status::Paid)]
    Paid,
}

fn main() {}
