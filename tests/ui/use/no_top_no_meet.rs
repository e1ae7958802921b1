//! Upside down, a top is the bottom and a meet the join.

use lvars::{Meet, Top, prelude::*};

fn end<L: Top>() -> L {
    L::top()
}

fn both<L: Meet>(_: &L) {}

fn main() {
    let _ = end::<GCounter>();
    both(&GCounter::bottom());
}
