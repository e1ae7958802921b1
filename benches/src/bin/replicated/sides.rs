//! The crates, each by the means that its documentation names for the work.

#[cfg(feature = "documents")]
mod automerge;
mod hydro;
#[cfg(feature = "documents")]
mod loro;
mod ours;
mod rust_crdt;

pub(crate) use self::hydro::Tombstoned;
#[cfg(feature = "documents")]
pub(crate) use self::{
    automerge::{AutomergeCounter, AutomergeMap},
    loro::{LoroCounter, LoroMap},
};
