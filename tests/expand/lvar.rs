//! A struct of LVars.

#[derive(Lattice, LVar)]
pub struct Order {
    /// How far the order is.
    pub status: Status,
    #[lattice(max)]
    priority: u64,
}
