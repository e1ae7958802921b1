//! A struct with the words beyond the ready strategies.

#[derive(Lattice)]
#[lattice(default, partial_ord)]
struct Order {
    #[lattice(by = ByBits)]
    rights: u8,
    #[lattice(intersect)]
    days: Option<BTreeSet<u8>>,
    #[lattice(skip(reason = "a cache"))]
    total: u64,
}
