//! A struct under `lex`.

#[derive(Lattice)]
#[lattice(lex)]
struct Round<K> {
    #[lattice(max)]
    number: u64,
    #[lattice(skip(reason = "a cache"))]
    cached: u64,
    key: K,
    votes: BTreeSet<u8>,
}
