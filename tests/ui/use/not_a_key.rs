//! An LVar finds its elements by their hash, also those of a `BTreeSet`.

use std::collections::BTreeSet;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name(u8);

fn share<L: lvars::HasLVar>() {}

fn main() {
    share::<BTreeSet<Name>>();
}
