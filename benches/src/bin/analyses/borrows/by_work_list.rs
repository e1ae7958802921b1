//! The same flows, and a work list on one thread that makes them flow.

use super::facts;

mod flow;
#[path = "../../../../../examples/borrows/liveness.rs"]
mod liveness;
#[path = "../../../../../examples/borrows/ownership.rs"]
mod ownership;

flows!();
