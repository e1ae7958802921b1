//! An enum with data is the order of its variants as tables, and its payloads one variant at a time.

#[derive(Lattice, LVar, Replicate)]
#[lattice(order(Unknown < Int < Varies, Unknown < Text < Varies), conflict = Varies)]
enum Value {
    Unknown,
    Int {
        least: Min<i64>,
        #[lattice(max)]
        seen: u64,
    },
    #[lattice(flat)]
    Text(String),
    Varies,
}
