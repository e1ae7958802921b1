//! `__private`: the only names of the runtime that generated code may use. Not covered by semantic versioning.

#[path = "private/field.rs"]
mod field;

pub use field::{FieldLVar, LVarField, NoLVar, PutField, StrategyLVar};

pub use crate::{
    error::{PutError, gravest},
    kinds::{FiniteLVar, Lockable, LockedLVar},
    level::MayFreeze,
    lvar::{HasLVar, LVar, LVarType, Origin, Put, Watch},
};
