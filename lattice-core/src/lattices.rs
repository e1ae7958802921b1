//! The ready lattices, one a file.

mod max;

pub use max::{LeastValue, Max};
