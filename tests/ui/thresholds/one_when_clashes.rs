#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

#[derive(Threshold)]
#[threshold(on = Order)]
enum Outcome {
    #[when(status >= Status::Shipped)]
    Delivered,
    #[when(status >= Status::Cancelled)]
    #[when(status >= Status::Paid, priority >= 9)]
    Failed,
}

fn main() {}
