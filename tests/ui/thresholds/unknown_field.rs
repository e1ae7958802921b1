#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

#[derive(Threshold)]
#[threshold(on = Order)]
enum Outcome {
    #[when(statsu >= Status::Shipped)]
    Delivered,
    #[when(statsu >= Status::Cancelled)]
    Failed,
}

#[derive(Threshold)]
#[threshold(on = Order)]
enum Price {
    #[when(lines[7].prise, billing.staus >= Status::Paid)]
    #[when(lines[7].prise)]
    Known(u32),
}

#[derive(Threshold)]
#[threshold(on = Order)]
enum Keyed {
    #[when(lines.7 >= 3)]
    InBrackets,
}

// The questions are fine; only the fields are not.
fn ask(order: &Order) {
    let _ = order.get::<Outcome>();
    let _ = order.get::<Price>();
}

fn main() {}
