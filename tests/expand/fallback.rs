//! What stands in after a mistake.

#[derive(Lattice, LVar, Replicate)]
#[lattice(order(New < Piad))]
enum Status {
    New,
    Paid,
}
