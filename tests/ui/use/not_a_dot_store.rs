//! What lives under a key that can be removed can itself be taken back.

use lvars::{Causal, GCounter, OrMap};

struct Shop {
    cart: Causal<OrMap<String, GCounter>>,
}

fn main() {}
