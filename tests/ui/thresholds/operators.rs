#[path = "support/order.rs"]
mod order;

use lvars::prelude::*;
use order::*;

#[derive(Threshold)]
#[threshold(on = Order)]
enum Outcome {
    #[when(priority > 3)]
    Greater,
    #[when(priority == 3)]
    Equal,
    #[when(priority <= 3, priority < 4, priority != 5, priority = 6)]
    Less,
    #[when(!status)]
    Not,
    #[when(priority >= 3 && total >= 4)]
    Both,
    #[when(priority >= 3 || total >= 4)]
    Either,
}

// No second message: the threshold set is stood in for.
fn ask(order: &Order) {
    let _ = order.get::<Outcome>();
}

fn main() {}
