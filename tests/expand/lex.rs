//! A struct under `lex`, without a bottom, and with a join by hand.

#[derive(Lattice)]
#[lattice(lex, no_bottom)]
struct Round<K> {
    #[lattice(max)]
    number: u64,
    #[lattice(skip(reason = "a cache"))]
    cached: u64,
    key: K,
    votes: BTreeSet<u8>,
}
