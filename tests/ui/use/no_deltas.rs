//! What is sent to a replica has deltas, and a form as bytes.

use lvars::prelude::*;

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Order {
    #[lattice(max)]
    priority: u64,
}

fn send<D: Delta>(_: &D) {}

fn write<C: Codec>(_: &C) {}

fn main() {
    send(&Order::bottom());
    write(&Order::bottom());
}
