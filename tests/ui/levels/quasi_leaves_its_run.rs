//! The permit of a quasi-deterministic run ends with it.

use lvars::prelude::*;

fn main() {
    let votes = LVar::<Max<u32>>::new();
    let mut kept = None;
    par::run_quasi(async |_, quasi| kept = Some(quasi)).unwrap();
    par::run(async |_| votes.freeze(kept.unwrap())).unwrap();
}
