//! Three derives and uses of the type; one mistake, one message.

use lattice_derive::{LVar, Lattice, Replicate};

use lvar_runtime::Put;
use lattice_core::{Bottom, Delta, Lattice as _};

#[derive(Lattice, LVar, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(New < Piad < Broken), conflict = Broken)]
enum Status {
    New,
    Paid,
    Broken,
}

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
struct Order {
    status: Status,
}

fn uses(order: &OrderLVar) -> bool {
    order.status.put(Status::Paid).is_ok()
        && order.put(Order::bottom()).is_ok()
        && Order::bottom().joined(Order::bottom()).parts().count() == 0
}

fn main() {}
