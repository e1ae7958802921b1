//! A field that joins by functions of the user's.

#[derive(Lattice, Replicate)]
struct Account {
    #[lattice(with = longest)]
    name: String,
}
