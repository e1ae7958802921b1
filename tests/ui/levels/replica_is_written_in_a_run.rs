//! So do its writes: they are made from the state, and answer what was new.

use lvars::prelude::*;

fn main() {
    let votes = Replica::<GCounter>::open();
    par::run(async |p| {
        p.fork(|p| _ = votes.update(p, |votes, writer| votes.increment(writer, 1)));
        votes.merge((), GCounter::new())
    })
    .unwrap()
    .unwrap();
}
