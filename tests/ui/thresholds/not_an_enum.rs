#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

#[derive(Threshold)]
#[threshold(on = Order)]
struct Outcome {
    total: u32,
}

#[derive(Threshold)]
#[threshold(on = Order)]
union Either {
    total: u32,
}

fn main() {}
