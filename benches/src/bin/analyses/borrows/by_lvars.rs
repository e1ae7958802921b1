//! The flows of the example.

use super::facts;

#[path = "../../../../../examples/borrows/flow.rs"]
mod flow;
#[path = "../../../../../examples/borrows/liveness.rs"]
mod liveness;
#[path = "../../../../../examples/borrows/ownership.rs"]
mod ownership;

flows!();
