//! What can be cancelled must not write, so it captures nothing, and is given nothing through which it could.

use lvars::prelude::*;

fn main() {
    let votes = LVar::<Max<u32>>::new();
    par::run(async |p| {
        p.read_only().spawn((), |()| votes.at_least(3)).await.unwrap();
        p.read_only().spawn(&votes, |votes| async { votes.put(3) }).await.unwrap();
        p.read_only().spawn(p.clone(), |p| async move { p.fork(|_| ()) }).await;
    })
    .unwrap();
}
