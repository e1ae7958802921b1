//! The running example of the generated code, with a generic field and every strategy.

#[derive(Lattice)]
struct Order<T> {
    status: Status,
    lines: BTreeMap<Sku, Flat<T>>,
    #[lattice(max)]
    priority: u64,
    #[lattice(union)]
    tags: BTreeSet<T>,
}
