//! What a freeze answers depends on the schedule, so a deterministic run has no permit for one.

use lvars::prelude::*;

fn main() {
    let votes = LVar::<Max<u32>>::new();
    par::run(async |p| {
        p.fork(|p| _ = votes.freeze(p));
        p.fork(|_| _ = votes.freeze());
    })
    .unwrap();
}
