#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

fn book() -> u32 {
    7
}

#[derive(Threshold)]
#[threshold(on = Order)]
enum ByName {
    #[when(lines["book"].status >= Status::Paid)]
    Paid,
}

#[derive(Threshold)]
#[threshold(on = Order)]
enum ByStatus {
    #[when(lines[Status::New].status >= Status::Paid)]
    Paid,
}

#[derive(Threshold)]
#[threshold(on = Order)]
enum ByCall {
    #[when(lines[book()].status >= Status::Paid)]
    Paid,
}

fn main() {}
