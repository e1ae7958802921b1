#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

#[derive(Threshold)]
#[threshold(on = Order)]
enum Outcome {
    #[when(status >= Status::Shipped)]
    Delivered,
    #[when(billing.status >= Status::Cancelled)]
    Unpaid,
}

fn main() {}
