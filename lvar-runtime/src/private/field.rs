//! The LVar of a field of a struct of LVars, as generated code calls it.
//!
//! Generated code is conditional on these traits, quantified over a lifetime, so that a field without an LVar is one error, at the
//! field, and not one in each impl. The plain types, whose use as a field `#[derive(Lattice)]` reports, have them too, as stubs that
//! never run.

use std::{fmt::Debug, marker::PhantomData};

use lattice_core::{
    __private::{StrategyShape, stub},
    Conflict, Lattice, Max, Min,
};

use crate::{
    derived::StructLVar,
    error::PutError,
    kinds::{Lockable, LockedLVar},
    level::MayFreeze,
    lvar::{HasLVar, LVar, LVarType, Origin, Put, Watch},
};

/// A type that a field of a struct with `#[derive(LVar)]` may have.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no LVar",
    label = "no concurrent type belongs to this lattice",
    note = "for a struct or an enum of your own add `#[derive(LVar)]`",
    note = "the keys of a map and the elements of a set need `Hash`, also in a `BTreeMap`"
)]
pub trait LVarField: Sized {
    /// Whether it has one.
    const HOLDS: bool = true;
    /// The field's LVar.
    type LVar: Send + Sync;

    /// [`LVarType::with_origin`].
    fn with_origin(origin: Origin) -> Self::LVar;

    /// [`LVarType::freeze`].
    ///
    /// # Errors
    ///
    /// If the field is in conflict.
    fn freeze(lvar: &Self::LVar, permit: impl MayFreeze) -> Result<Self, Conflict>;

    /// [`LVarType::into_value`].
    ///
    /// # Errors
    ///
    /// If the field is in conflict.
    fn into_value(lvar: Self::LVar) -> Result<Self, Conflict>;

    /// [`LVarType::at_element`].
    fn at_element(lvar: &Self::LVar, element: Self, watch: &mut Watch) -> bool;
}

/// A field whose LVar can be put into; a counter's cannot.
pub trait PutField: LVarField {
    /// [`Put::put`].
    ///
    /// # Errors
    ///
    /// Those of the field's LVar.
    fn put_field(lvar: &Self::LVar, value: Self) -> Result<(), PutError>;
}

/// The LVar of a field.
pub type FieldLVar<F> = <F as LVarField>::LVar;

/// The LVar of a field of type `F` in the struct of LVars `V`. It hangs on what `V` says it belongs to, which the derive says by a constant
/// that is the one error if a field has no LVar: the compiler says nothing of what hangs on a type in error.
pub type FieldLVarOf<V, F> = <F as LVarFieldOf<<V as StructLVar>::Whole>>::LVar;

/// [`LVarField`], in a struct `W`.
pub trait LVarFieldOf<W> {
    /// [`LVarField::LVar`].
    type LVar;
}

#[diagnostic::do_not_recommend]
impl<F: LVarField, W> LVarFieldOf<W> for F {
    type LVar = F::LVar;
}

/// The LVar of a field of the plain type `T` under the strategy `S`.
pub type StrategyFieldLVar<S, T> = LVar<<S as StrategyLVar<T>>::Lattice>;

/// [`FieldLVarOf`] for a field of the plain type `T` under the strategy `S`.
pub type StrategyFieldLVarOf<V, S, T> = <S as StrategyLVarOf<T, <V as StructLVar>::Whole>>::LVar;

/// [`StrategyLVar`], in a struct `W`.
pub trait StrategyLVarOf<T, W> {
    /// The LVar of [`StrategyLVar::Lattice`].
    type LVar;
}

#[diagnostic::do_not_recommend]
impl<S: StrategyLVar<T>, T, W> StrategyLVarOf<T, W> for S {
    type LVar = LVar<S::Lattice>;
}

#[diagnostic::do_not_recommend]
impl<L: HasLVar> LVarField for L {
    type LVar = LVar<L>;

    fn with_origin(origin: Origin) -> LVar<L> {
        LVarType::with_origin(origin)
    }

    fn freeze(lvar: &LVar<L>, permit: impl MayFreeze) -> Result<L, Conflict> {
        lvar.freeze(permit)
    }

    fn into_value(lvar: LVar<L>) -> Result<L, Conflict> {
        lvar.into_value()
    }

    fn at_element(lvar: &LVar<L>, element: L, watch: &mut Watch) -> bool {
        lvar.at_element(element, watch)
    }
}

#[diagnostic::do_not_recommend]
impl<L: HasLVar<LVar: Put>> PutField for L {
    fn put_field(lvar: &LVar<L>, value: L) -> Result<(), PutError> {
        lvar.put(value)
    }
}

/// A strategy over `T` whose lattice has an LVar.
#[diagnostic::on_unimplemented(
    message = "`{T}` has no LVar under this strategy",
    label = "no concurrent type belongs to its lattice",
    note = "an LVar starts at the bottom: a strategy of your own needs `StrategyBottom`, and a set under `intersect` an `Option` around it",
    note = "see `lvars::kinds` for the types that have one"
)]
pub trait StrategyLVar<T> {
    /// Whether it has one.
    const HOLDS: bool = true;
    /// What the LVar is of.
    type Lattice: HasLVar<LVar: Put + LVarType<Lattice = Self::Lattice>> + Lattice;

    /// [`StrategyShape::wrap`].
    fn wrap(value: T) -> Self::Lattice;
    /// [`StrategyShape::unwrap`].
    fn unwrap(state: Self::Lattice) -> T;
}

#[diagnostic::do_not_recommend]
impl<T, L, S> StrategyLVar<T> for S
where
    L: HasLVar<LVar: Put>,
    S: StrategyShape<T, Lattice = L>,
{
    type Lattice = L;

    fn wrap(value: T) -> L {
        S::wrap(value)
    }

    fn unwrap(state: L) -> T {
        S::unwrap(state)
    }
}

/// The LVar of a lattice that lives behind a lock.
pub type BehindLock<L> = <L as LockableField>::LVar;

/// [`Lockable`], whose parts the compiler names where one of them is missing.
pub trait LockableField {
    /// The LVar.
    type LVar;
}

// Recommended: what is missing is what a message about it says.
impl<L: Lockable> LockableField for L {
    type LVar = LockedLVar<L>;
}

/// Stands for the LVar of a plain type.
#[derive(Debug)]
pub struct NoLVar<T>(PhantomData<fn() -> T>);

impl<T> NoLVar<T> {
    /// Stands for [`Put::put`].
    ///
    /// # Errors
    ///
    /// Never.
    pub fn put<V: Debug>(&self, _: V) -> Result<(), PutError> {
        stub()
    }

    /// Stands for [`LVarType::freeze`].
    ///
    /// # Errors
    ///
    /// Never.
    pub fn freeze<P>(&self, _: P) -> Result<T, Conflict> {
        stub()
    }
}

/// Stubs for plain types.
macro_rules! plain {
    ($([$($t:ident)?] $type:ty),+) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($t)?> LVarField for $type {
            type LVar = NoLVar<Self>;

            fn with_origin(_: Origin) -> Self::LVar {
                stub()
            }

            fn freeze(_: &Self::LVar, _: impl MayFreeze) -> Result<Self, Conflict> {
                stub()
            }

            fn into_value(_: Self::LVar) -> Result<Self, Conflict> {
                stub()
            }

            fn at_element(_: &Self::LVar, _: Self, _: &mut Watch) -> bool {
                stub()
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($t)?> PutField for $type {
            fn put_field(_: &Self::LVar, _: Self) -> Result<(), PutError> {
                stub()
            }
        }
    )+};
}

plain!([] u8, [] u16, [] u32, [] u64, [] u128, [] usize, [] i8, [] i16, [] i32, [] i64, [] i128, [] isize, [] f32, [] f64);
plain!([] Max<f32>, [] Max<f64>, [] Min<f32>, [] Min<f64>);
plain!([] bool, [] char, [] String, [] &'static str, [T] Vec<T>);
