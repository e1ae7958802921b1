//! The types and their specifications, one a file.

mod bounded_counter;
mod causal_length_set;
mod dag;
mod grow_only_set;
mod handled;
mod hyper_log_log;
mod lww_register;
mod lww_set;
mod partial_order;
mod pn_counter;
mod sequence;
mod two_phase_graph;
mod two_phase_set;

pub(crate) use bounded_counter::Bounded;
pub(crate) use causal_length_set::Length;
pub(crate) use dag::Edges;
pub(crate) use grow_only_set::Numbers;
pub(crate) use handled::Commands;
pub(crate) use hyper_log_log::Log;
pub(crate) use lww_register::LwwValue;
pub(crate) use lww_set::LwwElements;
pub(crate) use partial_order::Order;
pub(crate) use pn_counter::PlusMinus;
pub(crate) use sequence::Typed;
pub(crate) use two_phase_graph::Graph;
pub(crate) use two_phase_set::TwoPhase;
