//! What generated code asks of a field of a struct of LVars.

use crate::lvar::{HasLVar, Put};

/// A lattice whose LVar can be put into, as a condition on a field of the struct. It names the field's lattice and not its LVar: of
/// a field that has none, the condition is false, and no error besides the one at the field.
pub trait PutField: HasLVar<LVar: Put> {}

impl<L: HasLVar<LVar: Put>> PutField for L {}
