//! The main task runs on the thread that made the permit, and yet it may not hold it.

use lvars::prelude::*;

fn main() {
    let votes = LVar::<Max<u32>>::new();
    let outside = Outside::here();
    par::run(async |_| votes.snapshot(outside)).unwrap();
}
