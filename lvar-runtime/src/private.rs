//! `__private`: the only names of the runtime that generated code may use. Not covered by semantic versioning.

#[path = "private/field.rs"]
mod field;

pub use field::{
    BehindLock, FieldLVar, FieldLVarOf, LVarField, LVarFieldOf, LockableField, NoLVar, PutField,
    StrategyFieldLVar, StrategyFieldLVarOf, StrategyLVar, StrategyLVarOf,
};

pub use crate::{
    derived::{self as lvars, LVarByFields, LVarsOf, StructLVar},
    error::PutError,
    kinds::{FiniteLVar, Lockable},
    level::MayFreeze,
    lvar::{HasLVar, LVar, LVarType, Origin, Put, Watch},
};
