//! The type of a field is at least as visible as the struct.

use lattice_derive::Lattice;

mod shop {
    use super::Lattice;

    #[derive(Lattice, Clone, Debug)]
    struct Secret(lattice_core::Max<u8>);

    #[derive(Lattice, Clone, Debug)]
    pub struct Order {
        secret: Secret,
    }
}

fn main() {}
