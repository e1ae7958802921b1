//! `__private`: the only names of the runtime that generated code may use. Not covered by semantic versioning.

pub use crate::{
    error::PutError,
    kinds::FiniteLVar,
    lvar::{Bump, HasLVar, LVar, LVarType, Origin, Put, Watch},
};
