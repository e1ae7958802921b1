//! The types and their specifications, one a file.

mod bounded_counter;
mod causal_length_set;
mod contexts;
mod dag;
mod g_counter;
mod grow_only_map;
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
mod written_once;

pub(crate) use bounded_counter::Bounded;
pub(crate) use causal_length_set::Length;
pub(crate) use contexts::{HowFar, WhichOnes};
pub(crate) use dag::Edges;
pub(crate) use g_counter::{Counts, Differences};
pub(crate) use grow_only_map::UnderKeys;
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
pub(crate) use written_once::WrittenOnce;
