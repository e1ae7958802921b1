//! The crates, each by the means that its documentation names for the work.

mod hydro;
mod ours;
mod rust_crdt;

pub(crate) use self::hydro::Tombstoned;
