//! An ordinary read is neither deterministic nor quasi-deterministic: no handle and no permit of a run is good for one.

use std::time::Duration;

use lvars::prelude::*;

fn main() {
    let votes = LVar::<Max<u32>>::new();
    par::run(async |p| votes.snapshot(p)).unwrap();
    par::run_quasi(async |_, quasi| votes.snapshot(quasi)).unwrap();
    par::run_quasi(async |_, quasi| votes.at_least(1).why(quasi)).unwrap();
    par::run_quasi(async |_, quasi| votes.at_least(1).wait_timeout(Duration::ZERO, quasi)).unwrap();
}
