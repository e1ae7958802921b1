//! Deltas and the canonical form.

#[derive(Lattice, Replicate)]
struct Order {
    status: Status,
    #[lattice(max)]
    priority: u64,
}
