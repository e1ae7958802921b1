//! An enum is tables.

#[derive(Lattice, LVar, Replicate)]
#[lattice(order(New < Paid < Shipped < Broken, New < Cancelled < Broken), conflict = Broken)]
enum Status {
    New,
    Paid,
    Shipped,
    Cancelled,
    Broken,
}
