#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

#[derive(Threshold)]
#[threshold(on = Order)]
enum Urgency {
    #[when(priority >= 3)]
    Soon,
    #[when(priority >= 9)]
    Now,
}

fn main() {}
