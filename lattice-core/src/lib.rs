//! Join-semilattices, conflicts, deltas and threshold sets as pure values.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod codec;
mod conflict;
mod crdt;
mod delta;
pub mod finite;
mod lattice;
mod lattices;
pub mod laws;
pub mod strategies;
pub mod threshold;

pub use conflict::Conflict;
pub use crdt::{GCounter, PnCounter, WriterId};
pub use delta::Delta;
pub use lattice::{Bottom, Finite, Lattice};
pub use lattices::{All, Any, Flat, GreatestValue, LeastValue, Max, Min};
