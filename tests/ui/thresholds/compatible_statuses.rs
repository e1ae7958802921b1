#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

#[derive(Threshold)]
#[threshold(on = Order)]
enum Outcome {
    #[when(status >= Status::Paid)]
    Paid,
    #[when(status >= Status::Shipped)]
    Shipped,
}

fn main() {}
