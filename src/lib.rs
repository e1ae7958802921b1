#![doc = include_str!("../README.md")]

/// The derives, the traits and the types of everyday use: `use lvars::prelude::*`.
pub mod prelude {
    pub use lattice_core::{Bottom, Lattice, Max};
}

#[doc(hidden)]
pub mod __private {
    pub use lattice_core::__private::*;
    pub use lvar_runtime::__private::*;
}
