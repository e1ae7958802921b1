#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

#[derive(Threshold)]
#[threshold(on = Order)]
enum Outcome {
    #[when(total)]
    Named { total: u32 },
    #[when(total)]
    Two(u32, u32),
    #[when(total)]
    None(),
    #[when(status >= Status::Paid)]
    Unbound(u32),
    #[when(total)]
    Unpaid,
    #[when(total, billing.price)]
    Both(u32),
    #[when(total)]
    #[when(billing.price)]
    Either(u32),
}

fn main() {}
