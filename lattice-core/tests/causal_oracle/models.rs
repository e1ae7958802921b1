//! The types and their specifications, one a file.

mod add_wins_set;
mod causal_counter;
mod flags;
mod forgetful;
mod mv_register;
mod or_map;
mod pair;
mod record;
mod remove_wins_set;

pub(crate) use add_wins_set::AddWins;
pub(crate) use causal_counter::Counter;
pub(crate) use flags::{DisableWins, EnableWins};
pub(crate) use forgetful::Forgetful;
pub(crate) use mv_register::Register;
pub(crate) use or_map::MapOf;
pub(crate) use pair::SideBySide;
pub(crate) use record::RecordOf;
pub(crate) use remove_wins_set::RemoveWins;
