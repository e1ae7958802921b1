//! The module of `with` has `join`, `cmp` and `bottom`; for a replica `diff` and `parts` too.

use lattice_derive::{LVar, Lattice, Replicate};

mod longest {
    use std::cmp::Ordering;

    pub fn join(value: &mut String, other: String) -> bool {
        let grows = *value < other;
        if grows {
            *value = other;
        }
        grows
    }

    pub fn cmp(left: &str, right: &str) -> Option<Ordering> {
        Some(left.cmp(right))
    }
}

#[derive(Lattice, LVar, Replicate, Clone, Debug)]
struct Account {
    #[lattice(with = longest)]
    name: String,
}

#[derive(Lattice, Clone, Debug)]
#[lattice(no_bottom)]
struct Sensor {
    #[lattice(with = longest)]
    value: u64,
}

fn main() {}
