#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

const BOOK: u32 = 7;

// Of two elements against one, each compatible pair is told with the `when` that is meant.
#[derive(Threshold)]
#[threshold(on = Order)]
enum Nested {
    #[when(billing.status >= Status::Shipped, lines[BOOK].price >= 3)]
    #[when(billing.status >= Status::Cancelled)]
    Done,
    #[when(billing.status >= Status::Paid, lines[BOOK].price >= 3)]
    Half,
}

// A bound value and a named one under the same key, beside a path that clashes and one that does not.
#[derive(Threshold)]
#[threshold(on = Order)]
enum Mixed {
    #[when(lines[BOOK].price, status >= Status::Shipped)]
    Sold(u32),
    #[when(lines[BOOK].price >= 3, status >= Status::Cancelled)]
    #[when(lines[BOOK].price >= 3, status >= Status::Paid)]
    Three,
}

fn main() {}
