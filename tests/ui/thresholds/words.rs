#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

#[derive(Threshold)]
enum Nothing {
    #[when(status >= Status::Paid)]
    Paid,
}

#[derive(Threshold)]
#[threshold]
enum Bare {
    #[when(status >= Status::Paid)]
    Paid,
}

#[derive(Threshold)]
#[threshold(of = Order)]
enum Unknown {
    #[when(status >= Status::Paid)]
    Paid,
}

#[derive(Threshold)]
#[threshold(on = Order, on = Line)]
#[threshold(on = Line)]
enum Twice {
    #[when(status >= Status::Paid)]
    Paid,
}

#[derive(Threshold)]
#[threshold(on Order)]
enum Malformed {
    #[when(status >= Status::Paid)]
    Paid,
}

#[derive(Threshold)]
#[threshold(on = "Order")]
#[threshold(crate = "lvars")]
enum Quoted {
    #[when(status >= Status::Paid)]
    Paid,
}

fn main() {}
