#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

#[derive(Threshold)]
#[threshold(on = Order)]
enum Outcome {
    Never,
    #[when]
    Bare,
    #[when()]
    Empty,
    #[when = "status"]
    Text,
}

fn main() {}
