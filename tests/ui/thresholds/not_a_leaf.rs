#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

#[derive(Threshold)]
#[threshold(on = Order)]
enum Billed {
    #[when(billing >= Status::Paid)]
    Paid,
}

#[derive(Threshold)]
#[threshold(on = Order)]
enum Stock {
    #[when(stock >= 3)]
    Enough,
}

#[derive(Threshold)]
#[threshold(on = Order)]
enum Arrived {
    #[when(stock.increments >= 3)]
    Enough,
}

fn main() {}
