#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

const ONE: u32 = 1;

#[derive(Threshold)]
#[threshold(on = Order)]
enum Total {
    #[when(total >= 1)]
    Low,
    #[when(total >= ONE)]
    AlsoLow,
}

fn main() {}
