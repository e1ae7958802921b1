//! What is put into is not bumped, and what is bumped is not put into: the two do not commute.

use lvars::prelude::*;

fn main() {
    let hits = LVar::<GCounter>::new();
    let greatest = LVar::<Max<u64>>::new();
    let _ = hits.put(GCounter::new());
    let _ = greatest.bump(1);
}
