//! A parallel loop runs over what can be cut without moving it.

use lvars::prelude::*;

fn main() {
    let words = vec!["to", "be"];
    par::run(async |p| p.par_map(words, |word| word.len()).await).unwrap();
}
