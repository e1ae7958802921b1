#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

#[derive(Threshold)]
#[threshold(on = Order)]
enum Outcome {
    #[when(status.is_done())]
    Called,
    #[when(lines.len() >= 3)]
    Counted,
    #[when(Status::Paid >= status)]
    Backwards,
    #[when((status) >= Status::Paid)]
    Bracketed,
    #[when(status >= Status::Paid; priority >= 3)]
    Separated,
    #[when(status >=)]
    Unfinished,
}

fn main() {}
