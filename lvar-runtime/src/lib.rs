//! LVars, deterministic parallelism and replicas: the threaded half of `lvars`.
#![forbid(unsafe_code)]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub(crate) mod current;
pub mod error;
pub mod kinds;
pub mod lvar;
pub mod par;
#[cfg(test)]
mod reference;
pub mod replica;
mod sync;

pub use error::{GetError, PutError, TimedOut};
pub use kinds::{
    CounterLVar, FiniteLVar, HasMaxLVar, HasMinLVar, LockedLVar, MapLVar, OnceLVar, PnCounterLVar, SetLVar,
    WordLVar,
};
pub use lvar::{Bump, Get, HasLVar, LVar, LVarType, Origin, Put, Watch};
pub use replica::Replica;
