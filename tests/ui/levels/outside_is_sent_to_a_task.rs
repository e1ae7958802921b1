//! The permit of code that no run runs does not get into one: not by a forked closure, a spawned future or the main task.

use lvars::prelude::*;

fn main() {
    let votes = LVar::<Max<u32>>::new();
    let outside = Outside::here();
    par::run(async |p| p.fork(move |_| _ = votes.snapshot(outside))).unwrap();
}
