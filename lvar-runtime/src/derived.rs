//! What a generated struct of LVars says about itself, and what follows from that.
//!
//! `#[derive(LVar)]` shows a struct of LVars as the tuple of its fields ([`Product`]) and says which struct it belongs to ([`StructLVar`]).
//! How its fields are made, frozen and written follows from how the fields of that struct join, which `#[derive(Lattice)]` has said
//! already. As in `lattice_core::derived`, this is what keeps the derive cheap to compile.

mod field;
mod tuple;

use std::{fmt, sync::Arc};

use lattice_core::{
    Bottom, Conflict, Lattice,
    derived::{Derived, Product, parts_of},
};

pub use self::{
    field::{FactorLVar, FactorOnChange, FactorPut},
    tuple::{FactorsLVar, FactorsOnChange, FactorsPut},
};
use crate::{
    error::PutError,
    level::MayFreeze,
    lvar::{
        FollowedAsOne, LVarType, Origin, Watch,
        changes::{Mark, seen_at_once},
        marks::MarkOf,
    },
};

/// The struct of LVars of a struct.
pub trait StructLVar: Product + Send + Sync {
    /// The struct.
    type Whole: Lattice;
    /// How its LVars are used: [`LVarByFields`]. That it fits is proven where it is said, and taken for granted where it
    /// is used: a type that holds itself would else have to fit before it fits.
    type By: LVarBy<Self>;
}

/// A way to use `V` as an LVar: the methods of [`LVarType`].
pub trait LVarBy<V: StructLVar> {
    /// [`LVarType::with_origin`].
    fn with_origin(origin: &Origin) -> V;
    /// [`LVarType::freeze`].
    ///
    /// # Errors
    ///
    /// If a field is in conflict.
    fn freeze(lvar: &V, permit: impl MayFreeze) -> Result<V::Whole, Conflict>;
    /// [`LVarType::into_value`].
    ///
    /// # Errors
    ///
    /// If a field is in conflict.
    fn into_value(lvar: V) -> Result<V::Whole, Conflict>;
    /// [`LVarType::at_element`].
    fn at_element(lvar: &V, element: V::Whole, watch: &mut Watch) -> bool;
}

/// Field by field.
#[derive(Clone, Copy, Debug)]
pub struct LVarByFields;

/// The fields of the struct of LVars that belongs to the struct `W`.
pub type LVarsOf<W> = <<W as Product>::Factors as FactorsLVar>::LVars;

impl<V, W> LVarBy<V> for LVarByFields
where
    V: StructLVar<Whole = W> + Product<Factors = LVarsOf<W>>,
    W: Derived + Product<Factors: FactorsLVar>,
{
    fn with_origin(origin: &Origin) -> V {
        V::from_values(W::Factors::with_origin(&origin.fields(parts_of::<W>()), 0))
    }

    fn freeze(lvar: &V, permit: impl MayFreeze) -> Result<W, Conflict> {
        W::Factors::freeze(lvar.values(), permit).map(W::from_values)
    }

    fn into_value(lvar: V) -> Result<W, Conflict> {
        W::Factors::into_value(lvar.into_values()).map(W::from_values)
    }

    fn at_element(lvar: &V, element: W, watch: &mut Watch) -> bool {
        W::Factors::at_element(lvar.values(), element.into_values(), watch)
    }
}

/// As its fields say.
#[diagnostic::do_not_recommend]
impl<V: StructLVar> LVarType for V {
    type Lattice = V::Whole;

    fn with_origin(origin: Origin) -> Self {
        V::By::with_origin(&origin)
    }

    fn freeze(&self, permit: impl MayFreeze) -> Result<V::Whole, Conflict> {
        V::By::freeze(self, permit)
    }

    fn into_value(self) -> Result<V::Whole, Conflict> {
        V::By::into_value(self)
    }

    fn at_element(&self, element: V::Whole, watch: &mut Watch) -> bool {
        V::By::at_element(self, element, watch)
    }
}

/// Handlers follow all fields together, if they can follow each.
#[diagnostic::do_not_recommend]
impl<V, W> FollowedAsOne for V
where
    V: StructLVar<Whole = W> + Product<Factors = LVarsOf<W>>,
    W: Bottom + Product<Factors: FactorsOnChange<LVars: 'static>>,
{
    fn attach(&self, mark_of: MarkOf, make: &dyn Fn() -> Arc<Mark>) -> Option<&Arc<Mark>> {
        W::Factors::attach(self.values(), None, mark_of.of_parts(), make)
    }

    fn look(&self) -> W {
        W::from_values(W::Factors::look(self.values()))
    }

    fn seen(&self) -> W {
        seen_at_once(|| self.look())
    }
}

/// [`Put::put`](crate::Put::put).
///
/// # Errors
///
/// The gravest of the fields' errors.
pub fn put<V, W>(lvar: &V, value: W) -> Result<(), PutError>
where
    V: StructLVar<Whole = W> + Product<Factors = LVarsOf<W>>,
    W: Product<Factors: FactorsPut>,
{
    W::Factors::put_factors(lvar.values(), value.into_values())
}

/// [`LVarType::new`], for `Default`. The compiler need not prove all of `LVarType` to call it.
pub fn new<V: StructLVar>() -> V {
    V::By::with_origin(&Origin::root())
}

/// `Debug` of a struct of LVars. It shows no state, since that would be a read of it.
///
/// # Errors
///
/// Those of the formatter.
pub fn debug(name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_struct(name).finish_non_exhaustive()
}
