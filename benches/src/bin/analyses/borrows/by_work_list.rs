//! The same flows, and a work list on one thread that makes them flow.

use super::facts;

mod flow;
#[expect(clippy::duplicate_mod, reason = "it is compiled once over each way to flow")]
#[path = "../../../../../examples/borrows/liveness.rs"]
mod liveness;
#[expect(clippy::duplicate_mod, reason = "it is compiled once over each way to flow")]
#[path = "../../../../../examples/borrows/ownership.rs"]
mod ownership;

flows!();
