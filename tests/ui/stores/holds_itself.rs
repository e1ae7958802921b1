//! A comment with its answers inside.

use lvars::{Causal, DotStore, MvRegister, OrMap};

#[derive(DotStore, Clone, Debug, PartialEq)]
struct Comment {
    text: MvRegister<String>,
    answers: OrMap<u64, Comment>,
}

fn main() {
    let _ = Causal::<Comment>::new();
}
