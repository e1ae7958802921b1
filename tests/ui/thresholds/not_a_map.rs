#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

#[derive(Threshold)]
#[threshold(on = Order)]
enum ByNumber {
    #[when(status[7] >= Status::Paid)]
    Paid,
}

#[derive(Threshold)]
#[threshold(on = Order)]
enum ByName {
    #[when(billing["book"].price >= 3)]
    Paid,
}

fn main() {}
