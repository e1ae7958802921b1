//! LVars, deterministic parallelism and replicas: the threaded half of `lvars`.
//!
//! An **LVar** is a shared variable that only grows: it is written by joins and read by thresholds. Because a read answers which
//! threshold was reached, and never the state, its answer is the same on every schedule.
//!
//! ```
//! use lvars::{Flat, LVar, LVarType, Max, Outside, Put};
//! use std::{collections::BTreeMap, thread};
//!
//! let stock = LVar::<(BTreeMap<&str, Flat<u32>>, Max<u32>)>::new();
//! thread::scope(|scope| {
//!     scope.spawn(|| stock.0.key(&"book").put(30));
//!     scope.spawn(|| stock.1.put(7));
//!     assert_eq!(stock.0.key(&"book").decided().wait(), Ok(30));
//!     assert_eq!(stock.1.at_least(5).wait(), Ok(()));
//! });
//! assert_eq!(stock.freeze(Outside::here()), Ok((BTreeMap::from([("book", Flat::Value(30))]), Max(7))));
//! ```
//!
//! | level | operations |
//! | --- | --- |
//! | deterministic | [`put`](Put::put), [`bump`](Bump::bump), [`get`](LVarType::get), [`get_one_of`](LVarType::get_one_of), [`at_least`](LVarType::at_least), [`into_value`](LVarType::into_value), handlers, [`par::run`] |
//! | quasi-deterministic: the same answer or an error | [`freeze`](LVarType::freeze), [`par::run_quasi`] |
//! | neither | what takes an [`Outside`]: what is named `snapshot`, [`Get::wait_timeout`], [`Get::why`] |
//!
//! What each lattice's LVar is made of, and what its operations cost, is told in [`kinds`]; how it works, with proofs, in
//! `src/lvar/README.md` and `docs/memory-model.md`.

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub(crate) mod current;
#[doc(hidden)]
pub mod derived;
pub mod error;
pub mod kinds;
pub mod level;
pub mod lvar;
pub mod par;
#[cfg(test)]
#[cfg(not(any(loom, shuttle)))]
mod reference;
pub mod replica;
mod sync;
mod turns;

pub use error::{GetError, PutError, TimedOut};
pub use kinds::{
    CounterLVar, FiniteLVar, HasMaxLVar, HasMinLVar, LockedLVar, MapLVar, OnceLVar, PnCounterLVar, SetLVar,
    WordLVar,
};
pub use level::{MayFreeze, Outside};
pub use lvar::{Bump, Get, HasLVar, LVar, LVarType, Origin, Put, Watch};
pub use replica::Replica;
