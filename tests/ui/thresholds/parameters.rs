#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

#[derive(Threshold)]
#[threshold(on = Order)]
enum Outcome<'a, T: Clone> {
    #[when(total)]
    Known(&'a T),
}

fn main() {}
