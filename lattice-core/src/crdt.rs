//! Replicated types as pure values, one a file: states that every writer may write without asking the others.
//!
//! A write is a *delta mutator*: it takes the state by reference and answers a small state, the delta, which the caller joins into
//! this state and sends to the other replicas. A delta that is dropped is a write that never happened, hence `#[must_use]`.

mod grow_counter;
mod pn_counter;
mod writer;

pub use grow_counter::GCounter;
pub use pn_counter::PnCounter;
pub use writer::WriterId;
