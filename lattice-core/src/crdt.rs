//! Replicated types as pure values, one a file: states that every writer may write without asking the others.
//!
//! A write is a *delta mutator*: it takes the state by reference and answers a small state, the delta, which the caller joins into
//! this state and sends to the other replicas. A delta that is dropped is a write that never happened, hence `#[must_use]`.
//!
//! Those that only grow are lattices by themselves. Those in which something can be taken back are dot stores, and live in a
//! [`Causal`](crate::Causal) document.

mod add_wins_set;
mod bounded_counter;
mod causal_counter;
mod causal_length_set;
mod dag;
mod disable_wins_flag;
mod enable_wins_flag;
mod form;
mod grow_counter;
mod handled;
mod hybrid_clock;
mod hyper_log_log;
mod lww_register;
mod lww_set;
mod mv_register;
mod or_map;
mod partial_order;
mod pn_counter;
mod remove_wins_set;
mod sequence;
mod two_phase_graph;
mod two_phase_set;
mod writer;

pub use add_wins_set::AddWinsSet;
pub use bounded_counter::{BoundedCounter, NotEnough};
pub use causal_counter::CausalCounter;
pub use causal_length_set::CausalLengthSet;
pub use dag::{Dag, Misplaced};
pub use disable_wins_flag::DisableWinsFlag;
pub use enable_wins_flag::EnableWinsFlag;
pub use grow_counter::GCounter;
pub use handled::Handled;
pub use hybrid_clock::{HybridClock, Stamp, Stamped, TooFarAhead};
pub use hyper_log_log::HyperLogLog;
pub use lww_register::LwwRegister;
pub use lww_set::LwwSet;
pub use mv_register::MvRegister;
pub use or_map::OrMap;
pub use partial_order::PartialOrder;
pub use pn_counter::PnCounter;
pub use remove_wins_set::RemoveWinsSet;
pub use sequence::{ElementId, Sequence};
pub use two_phase_graph::TwoPhaseGraph;
pub use two_phase_set::TwoPhaseSet;
pub use writer::WriterId;
