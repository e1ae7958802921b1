#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

fn three() -> u64 {
    3
}

#[derive(Threshold)]
#[threshold(on = Order)]
enum OfAnotherType {
    #[when(status >= 3)]
    Three,
    #[when(status >= Status::Cancelled)]
    Cancelled,
}

#[derive(Threshold)]
#[threshold(on = Order)]
enum NoConstant {
    #[when(priority >= three())]
    Three,
}

fn ask(_least: u64) {
    #[derive(Threshold)]
    #[threshold(on = Order)]
    enum NotHere {
        #[when(priority >= _least)]
        Reached,
    }
}

fn main() {}
