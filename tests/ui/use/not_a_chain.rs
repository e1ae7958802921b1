//! Two sets of which neither holds the other cannot be compared.

use std::collections::BTreeSet;

use lvars::{Chain, prelude::*};

fn latest<K: Chain>(_: &K) {}

fn main() {
    latest(&Max(3));
    latest(&BTreeSet::from([3]));
}
