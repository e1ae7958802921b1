#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

#[derive(Threshold)]
#[threshold(on = Order)]
enum Total {
    #[when(total)]
    Known(u64),
}

#[derive(Threshold)]
#[threshold(on = Order)]
enum Ended {
    #[when(status)]
    With(Status),
}

fn ask(order: &Order) {
    let _ = order.get::<Total>();
}

fn main() {}
