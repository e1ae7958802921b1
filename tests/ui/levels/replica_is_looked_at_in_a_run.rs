//! The ordinary reads of a replica need the permit too.

use lvars::prelude::*;

fn main() {
    let votes = Replica::<GCounter>::open();
    par::run(async |p| {
        p.fork(|p| _ = votes.query(p));
        votes.at_least(GCounter::new()).now(p)
    })
    .unwrap();
}
