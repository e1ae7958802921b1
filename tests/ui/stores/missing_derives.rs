//! What a document asks of its store.

use lvars::{AddWinsSet, DotStore};

#[derive(DotStore)]
struct Page {
    tags: AddWinsSet<String>,
}

fn main() {}
