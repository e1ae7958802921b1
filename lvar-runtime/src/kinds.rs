//! The representations of LVars, one a file, and which lattice has which.
//!
//! | lattice | LVar |
//! | --- | --- |
//! | `Max`, `Min` over integers up to 64 bits, `Total` floats, `char`, `bool`; `Any`, `All` | `word`: one atomic |
//! | `Max`, `Min` over other total orders; `Option`, `Box`, `Arc`; `Lex`, `LexPartial`, `Dual`, `WithTop`, `Bounded`, `Grow`, `Prefix`, `Antichain`, `strategies::By`; by its feature `FixedBitSet`; by default any other | `locked`: one lock around a pointer |
//! | enums of unit variants with `#[derive(LVar)]` | `finite`: the index of the state, in the state word |
//! | enums with data with `#[derive(LVar)]` | `locked` |
//! | `Flat` | `once`: a value that is written once, beside the state word |
//! | `BTreeSet`, `HashSet`; by their features hashbrown's `HashSet`, `IndexSet`, `RoaringBitmap`, `RoaringTreemap` | `set`: an insert-only `table` |
//! | `BTreeMap`, `HashMap`; by their features hashbrown's `HashMap`, `IndexMap` | `map`: an insert-only `table`; the values are LVars |
//! | `DenseSet` | `dense_set`: bits, and a log |
//! | `DenseMap`, and so `IStructure` | `dense_map`: the LVars of the values, side by side |
//! | `DenseMap` of words, if asked for: `WordMapLVar` | `word_map`: the words side by side |
//! | `GCounter`, `PnCounter` | `counter`: bumped, never put into |
//! | tuples and arrays | `product`: the LVars of the fields |
//! | structs by `#[derive(LVar)]` | the LVars of the fields, as `crate::derived` says |

mod counter;
mod dense_map;
mod dense_set;
mod finite;
mod index;
mod lanes;
mod locked;
mod map;
mod once;
mod product;
mod scalar;
mod set;
pub(crate) mod table;
mod word;
mod word_map;

pub use crate::sync::AtomicWord;
pub use counter::{CountOf, CounterLVar, PnCounterLVar};
pub use dense_map::{DenseMapLVar, IStructure};
pub use dense_set::DenseSetLVar;
pub use finite::FiniteLVar;
pub use locked::{Lockable, LockedLVar};
pub use map::{GetUnder, MapLVar, MapLattice, Under, UnderKey};
pub use once::{Decidable, Decision, OnceLVar};
pub use scalar::{HasMaxLVar, HasMinLVar};
pub use set::{Key, SetLVar, SetLattice};
pub use word::{Word, WordLVar, WordValue};
pub use word_map::{AtWord, WordMapLVar};
