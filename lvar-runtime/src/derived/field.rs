//! One field of a struct as its LVar sees it: a lattice with an LVar, plain data under a strategy, or nothing where it is skipped.

use std::sync::Arc;

use lattice_core::{
    Conflict,
    derived::{AsIs, Factor, Skipped, Under},
};

use crate::{
    __private::{LVarField, PutField, StrategyLVar},
    error::PutError,
    level::MayFreeze,
    lvar::{FollowedAsOne, HasLVar, LVar, LVarType, Origin, Put, Watch, changes::Mark, marks::MarkOf},
};

/// A field with an LVar.
pub trait FactorLVar: Factor {
    /// The LVar.
    type LVar;

    /// [`LVarType::with_origin`].
    fn with_origin(origin: Origin) -> Self::LVar;
    /// [`LVarType::freeze`].
    ///
    /// # Errors
    ///
    /// If the field is in conflict.
    fn freeze(lvar: &Self::LVar, permit: impl MayFreeze) -> Result<Self::Value, Conflict>;
    /// [`LVarType::into_value`].
    ///
    /// # Errors
    ///
    /// If the field is in conflict.
    fn into_value(lvar: Self::LVar) -> Result<Self::Value, Conflict>;
    /// [`LVarType::at_element`].
    fn at_element(lvar: &Self::LVar, element: Self::Value, watch: &mut Watch) -> bool;
}

/// A field whose LVar can be put into; a counter's cannot.
pub trait FactorPut: FactorLVar {
    /// [`Put::put`].
    ///
    /// # Errors
    ///
    /// Those of the field's LVar.
    fn put_factor(lvar: &Self::LVar, value: Self::Value) -> Result<(), PutError>;
}

/// A field that handlers can follow as one value.
pub trait FactorOnChange: FactorLVar {
    /// [`FollowedAsOne::attach`].
    fn attach<'a>(
        lvar: &'a Self::LVar,
        mark_of: MarkOf,
        make: &dyn Fn() -> Arc<Mark>,
    ) -> Option<&'a Arc<Mark>>;
    /// [`FollowedAsOne::look`].
    fn look(lvar: &Self::LVar) -> Self::Value;
}

impl<L: LVarField> FactorLVar for AsIs<L> {
    type LVar = L::LVar;

    fn with_origin(origin: Origin) -> L::LVar {
        L::with_origin(origin)
    }

    fn freeze(lvar: &L::LVar, permit: impl MayFreeze) -> Result<L, Conflict> {
        L::freeze(lvar, permit)
    }

    fn into_value(lvar: L::LVar) -> Result<L, Conflict> {
        L::into_value(lvar)
    }

    fn at_element(lvar: &L::LVar, element: L, watch: &mut Watch) -> bool {
        L::at_element(lvar, element, watch)
    }
}

impl<L: PutField> FactorPut for AsIs<L> {
    fn put_factor(lvar: &L::LVar, value: L) -> Result<(), PutError> {
        L::put_field(lvar, value)
    }
}

impl<L: HasLVar<LVar: FollowedAsOne<Lattice = L>>> FactorOnChange for AsIs<L> {
    fn attach<'a>(lvar: &'a LVar<L>, mark_of: MarkOf, make: &dyn Fn() -> Arc<Mark>) -> Option<&'a Arc<Mark>> {
        lvar.attach(mark_of, make)
    }

    fn look(lvar: &LVar<L>) -> L {
        lvar.look()
    }
}

impl<S: StrategyLVar<T>, T> FactorLVar for Under<S, T> {
    type LVar = LVar<S::Lattice>;

    fn with_origin(origin: Origin) -> Self::LVar {
        LVarType::with_origin(origin)
    }

    fn freeze(lvar: &Self::LVar, permit: impl MayFreeze) -> Result<T, Conflict> {
        lvar.freeze(permit).map(S::unwrap)
    }

    fn into_value(lvar: Self::LVar) -> Result<T, Conflict> {
        lvar.into_value().map(S::unwrap)
    }

    fn at_element(lvar: &Self::LVar, element: T, watch: &mut Watch) -> bool {
        lvar.at_element(S::wrap(element), watch)
    }
}

impl<S: StrategyLVar<T>, T> FactorPut for Under<S, T> {
    fn put_factor(lvar: &Self::LVar, value: T) -> Result<(), PutError> {
        lvar.put(S::wrap(value))
    }
}

impl<S, T, L> FactorOnChange for Under<S, T>
where
    S: StrategyLVar<T, Lattice = L>,
    L: HasLVar<LVar: Put + FollowedAsOne<Lattice = L>>,
{
    fn attach<'a>(lvar: &'a LVar<L>, mark_of: MarkOf, make: &dyn Fn() -> Arc<Mark>) -> Option<&'a Arc<Mark>> {
        lvar.attach(mark_of, make)
    }

    fn look(lvar: &LVar<L>) -> T {
        S::unwrap(lvar.look())
    }
}

/// Of what is skipped there is no LVar. An array, because a reference to an empty one is at hand wherever a field is borrowed.
impl<T: Default> FactorLVar for Skipped<T> {
    type LVar = [(); 0];

    fn with_origin(_: Origin) -> [(); 0] {
        []
    }

    fn freeze(_: &[(); 0], _: impl MayFreeze) -> Result<T, Conflict> {
        Ok(T::default())
    }

    fn into_value(_: [(); 0]) -> Result<T, Conflict> {
        Ok(T::default())
    }

    fn at_element(_: &[(); 0], _: T, _: &mut Watch) -> bool {
        true
    }
}

impl<T: Default> FactorPut for Skipped<T> {
    fn put_factor(_: &[(); 0], _: T) -> Result<(), PutError> {
        Ok(())
    }
}

impl<T: Default> FactorOnChange for Skipped<T> {
    fn attach<'a>(_: &'a [(); 0], _: MarkOf, _: &dyn Fn() -> Arc<Mark>) -> Option<&'a Arc<Mark>> {
        None
    }

    fn look(_: &[(); 0]) -> T {
        T::default()
    }
}
