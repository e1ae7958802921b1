#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

#[derive(Threshold)]
#[threshold(on = Order)]
enum Total {
    #[when(total)]
    Known(u32),
    #[when(total >= 5)]
    Five,
    #[when(total, status >= Status::Paid)]
    Paid(u32),
}

fn main() {}
