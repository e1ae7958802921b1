//! A task may outlive the one that forks it, so it borrows from outside of the run or owns what it needs.

use lvars::prelude::*;

fn main() {
    let total = LVar::<Max<u32>>::new();
    par::run(async |p| {
        let found = 3;
        p.fork(|_| total.put(found));
    })
    .unwrap();
}
