//! What lives under a key that can be removed can itself be taken back.

use lvars::{Causal, GCounter, OrMap};

fn main() {
    let cart: Causal<OrMap<String, GCounter>> = Causal::new();
}
