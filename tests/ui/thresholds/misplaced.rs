#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

#[derive(Threshold)]
#[threshold(on = Order)]
#[when(status >= Status::Paid)]
enum Outcome {
    #[threshold(on = Order)]
    #[when(status >= Status::Paid)]
    Paid,
    #[when(total)]
    Known(
        #[when(total)]
        #[threshold(on = Order)]
        u32,
    ),
}

// A condition in the wrong place is missed nowhere else.
#[derive(Threshold)]
#[threshold(on = Order)]
#[when(status >= Status::Paid)]
enum Before {
    Paid,
}

#[derive(Threshold)]
enum Inside {
    #[threshold(on = Order)]
    Known(#[when(total)] u32),
}

fn main() {}
