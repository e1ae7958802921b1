//! What is forked has no result: neither a value, nor a future, nor an error other than a put's.

use lvars::prelude::*;

fn main() {
    let votes = LVar::<Max<u32>>::new();
    par::run(async |p| {
        p.fork(|_| 3);
        p.fork(async |_| votes.at_least(1).await);
    })
    .unwrap();
}
