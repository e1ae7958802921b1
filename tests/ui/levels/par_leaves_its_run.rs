//! What spawns tasks ends with its run: nothing could run them afterwards.

use lvars::prelude::*;

fn main() {
    let kept = par::run(async |p| p).unwrap();
    kept.fork(|_| {});
}
