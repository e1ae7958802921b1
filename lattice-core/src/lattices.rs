//! The ready lattices, one a file.
//!
//! A lattice that holds other lattices (sets and maps, tuples, `Option`, pointers) asks that they be `Clone`, because its
//! `join_ref` clones exactly the pieces that are new.

mod all;
mod antichain;
mod any;
mod array;
mod bounded;
mod common;
mod dense_map;
mod dense_set;
mod dual;
#[cfg(feature = "fixedbitset")]
mod fixed_bit_set;
mod flat;
mod grow;
mod lex;
mod lex_partial;
mod map;
mod max;
mod meet;
mod min;
mod option;
mod pointers;
mod prefix;
mod product;
#[cfg(feature = "roaring")]
mod roaring_bitmap;
mod set;
#[cfg(feature = "smallvec")]
mod small_vec;
mod total;
mod with_top;

pub use all::All;
pub use antichain::Antichain;
pub use any::Any;
pub use bounded::{Bounded, Size};
pub use common::Common;
pub use dense_map::DenseMap;
pub use dense_set::{DenseKey, DenseSet};
pub use dual::Dual;
pub use flat::Flat;
pub use grow::Grow;
pub use lex::Lex;
pub use lex_partial::LexPartial;
pub(crate) use map::put_missing;
pub use max::{LeastValue, Max};
pub use min::{GreatestValue, Min};
pub(crate) use option::bottom_or_parts;
pub use prefix::Prefix;
pub(crate) use product::product_cmp;
pub(crate) use set::{few_enough, go_on_to};
pub use total::Total;
pub use with_top::WithTop;
