#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

struct Plain {
    status: Status,
}

#[derive(Threshold)]
#[threshold(on = Plain)]
enum Outcome {
    #[when(status >= Status::Paid)]
    Paid,
}

fn main() {}
