//! The ready lattices, one a file.
//!
//! A lattice that holds other lattices (sets and maps, tuples, `Option`, pointers) asks that they be `Clone`, because its
//! `join_ref` clones exactly the pieces that are new.

mod all;
mod any;
mod array;
#[cfg(feature = "fixedbitset")]
mod fixed_bit_set;
mod flat;
mod lex;
mod map;
mod max;
mod meet;
mod min;
mod option;
mod pointers;
mod product;
#[cfg(feature = "roaring")]
mod roaring_bitmap;
mod set;
#[cfg(feature = "smallvec")]
mod small_vec;
mod total;

pub use all::All;
pub use any::Any;
pub use flat::Flat;
pub use lex::Lex;
pub use max::{LeastValue, Max};
pub use min::{GreatestValue, Min};
pub use product::product_cmp;
pub use total::Total;
