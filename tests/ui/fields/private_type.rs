//! The type of a field is at least as visible as the struct.

mod shop {
    use lvars::prelude::*;

    #[derive(Lattice, Clone, Debug)]
    struct Secret(Max<u8>);

    #[derive(Lattice, Clone, Debug)]
    pub struct Order {
        secret: Secret,
    }
}

fn main() {}
