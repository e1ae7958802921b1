#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

const BOOK: u32 = 7;

#[derive(Threshold)]
#[threshold(on = Order)]
enum Sold {
    #[when(lines[BOOK].status >= Status::Shipped)]
    Delivered,
    #[when(lines[7].status >= Status::Cancelled)]
    Cancelled,
}

fn main() {}
