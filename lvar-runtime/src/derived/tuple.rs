//! The fields of a struct together, as its LVar sees them: a tuple of up to twelve, [`Cat`] for more, and the tuple of none.

use std::sync::Arc;

use lattice_core::{
    Conflict,
    derived::{AsIs, Cat, Factors, TWELVE},
};

use super::{FactorLVar, FactorOnChange, FactorPut};
use crate::{
    error::{PutError, gravest},
    level::MayFreeze,
    lvar::{
        Origin, Watch,
        changes::{Mark, attach_also},
        marks::MarkOf,
    },
};

type Values<F> = <<F as FactorsLVar>::LVars as Factors>::Values;
type Refs<'a, F> = <<F as FactorsLVar>::LVars as Factors>::Refs<'a>;

/// Fields that all have an LVar.
pub trait FactorsLVar: Factors {
    /// The LVars, as the fields of the struct of LVars.
    type LVars: Factors;

    /// [`LVarType::with_origin`](crate::LVarType::with_origin), where these are the fields of a struct from a position on.
    fn with_origin(origin: &Origin, first: usize) -> Values<Self>;
    /// [`LVarType::freeze`](crate::LVarType::freeze). Forbids growth everywhere before it reports a conflict anywhere.
    ///
    /// # Errors
    ///
    /// If a field is in conflict.
    fn freeze<'a>(lvars: Refs<'a, Self>, permit: impl MayFreeze) -> Result<Self::Values, Conflict>
    where
        Self::LVars: 'a;
    /// [`LVarType::into_value`](crate::LVarType::into_value).
    ///
    /// # Errors
    ///
    /// If a field is in conflict.
    fn into_value(lvars: Values<Self>) -> Result<Self::Values, Conflict>;
    /// [`LVarType::at_element`](crate::LVarType::at_element).
    fn at_element<'a>(lvars: Refs<'a, Self>, element: Self::Values, watch: &mut Watch) -> bool
    where
        Self::LVars: 'a;
}

/// Fields that can all be put into.
pub trait FactorsPut: FactorsLVar {
    /// [`Put::put`](crate::Put::put): every field is put into, also after an error.
    ///
    /// # Errors
    ///
    /// The gravest of the fields' errors.
    fn put_factors<'a>(lvars: Refs<'a, Self>, values: Self::Values) -> Result<(), PutError>
    where
        Self::LVars: 'a;
}

/// Fields that handlers can follow together.
pub trait FactorsOnChange: FactorsLVar {
    /// [`FollowedAsOne::attach`](crate::lvar::FollowedAsOne::attach), to fields of which some that come before them have `mark`.
    fn attach<'a>(
        lvars: Refs<'a, Self>,
        mark: Option<&'a Arc<Mark>>,
        mark_of: MarkOf,
        make: &dyn Fn() -> Arc<Mark>,
    ) -> Option<&'a Arc<Mark>>
    where
        Self::LVars: 'a;
    /// [`FollowedAsOne::look`](crate::lvar::FollowedAsOne::look).
    fn look<'a>(lvars: Refs<'a, Self>) -> Self::Values
    where
        Self::LVars: 'a;
}

macro_rules! tuple {
    ($($factor:ident $at:tt)*) => {
        impl<$($factor: FactorLVar),*> FactorsLVar for ($($factor,)*) {
            type LVars = ($(AsIs<$factor::LVar>,)*);

            fn with_origin(origin: &Origin, first: usize) -> Values<Self> {
                ($($factor::with_origin(origin.nth(first + $at)),)*)
            }

            fn freeze<'a>(lvars: Refs<'a, Self>, permit: impl MayFreeze) -> Result<Self::Values, Conflict>
            where
                Self::LVars: 'a,
            {
                let frozen = ($($factor::freeze(lvars.$at, permit),)*);
                Ok(($(frozen.$at?,)*))
            }

            fn into_value(lvars: Values<Self>) -> Result<Self::Values, Conflict> {
                Ok(($($factor::into_value(lvars.$at)?,)*))
            }

            fn at_element<'a>(lvars: Refs<'a, Self>, element: Self::Values, watch: &mut Watch) -> bool
            where
                Self::LVars: 'a,
            {
                true $(&& $factor::at_element(lvars.$at, element.$at, watch))*
            }
        }

        impl<$($factor: FactorPut),*> FactorsPut for ($($factor,)*) {
            fn put_factors<'a>(lvars: Refs<'a, Self>, values: Self::Values) -> Result<(), PutError> where Self::LVars: 'a {
                let done = Ok(());
                $(let done = gravest(done, $factor::put_factor(lvars.$at, values.$at));)*
                done
            }
        }

        impl<$($factor: FactorOnChange),*> FactorsOnChange for ($($factor,)*) {
            fn attach<'a>(
                lvars: Refs<'a, Self>,
                mark: Option<&'a Arc<Mark>>,
                mark_of: MarkOf,
                make: &dyn Fn() -> Arc<Mark>,
            ) -> Option<&'a Arc<Mark>>
            where
                Self::LVars: 'a,
            {
                $(let mark = attach_also(mark, make, |make| $factor::attach(lvars.$at, mark_of, make));)*
                mark
            }

            fn look<'a>(lvars: Refs<'a, Self>) -> Self::Values
            where
                Self::LVars: 'a,
            {
                ($($factor::look(lvars.$at),)*)
            }
        }
    };
}

tuple!(A 0);
tuple!(A 0 B 1);
tuple!(A 0 B 1 C 2);
tuple!(A 0 B 1 C 2 D 3);
tuple!(A 0 B 1 C 2 D 3 E 4);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11);

impl<F: FactorsLVar, R: FactorsLVar> FactorsLVar for Cat<F, R> {
    type LVars = Cat<F::LVars, R::LVars>;

    fn with_origin(origin: &Origin, first: usize) -> Values<Self> {
        (F::with_origin(origin, first), R::with_origin(origin, first + TWELVE))
    }

    fn freeze<'a>(lvars: Refs<'a, Self>, permit: impl MayFreeze) -> Result<Self::Values, Conflict>
    where
        Self::LVars: 'a,
    {
        let (first, rest) = (F::freeze(lvars.0, permit), R::freeze(lvars.1, permit));
        Ok((first?, rest?))
    }

    fn into_value(lvars: Values<Self>) -> Result<Self::Values, Conflict> {
        Ok((F::into_value(lvars.0)?, R::into_value(lvars.1)?))
    }

    fn at_element<'a>(lvars: Refs<'a, Self>, element: Self::Values, watch: &mut Watch) -> bool
    where
        Self::LVars: 'a,
    {
        F::at_element(lvars.0, element.0, watch) && R::at_element(lvars.1, element.1, watch)
    }
}

impl<F: FactorsPut, R: FactorsPut> FactorsPut for Cat<F, R> {
    fn put_factors<'a>(lvars: Refs<'a, Self>, values: Self::Values) -> Result<(), PutError>
    where
        Self::LVars: 'a,
    {
        gravest(F::put_factors(lvars.0, values.0), R::put_factors(lvars.1, values.1))
    }
}

impl<F: FactorsOnChange, R: FactorsOnChange> FactorsOnChange for Cat<F, R> {
    fn attach<'a>(
        lvars: Refs<'a, Self>,
        mark: Option<&'a Arc<Mark>>,
        mark_of: MarkOf,
        make: &dyn Fn() -> Arc<Mark>,
    ) -> Option<&'a Arc<Mark>>
    where
        Self::LVars: 'a,
    {
        R::attach(lvars.1, F::attach(lvars.0, mark, mark_of, make), mark_of, make)
    }

    fn look<'a>(lvars: Refs<'a, Self>) -> Self::Values
    where
        Self::LVars: 'a,
    {
        (F::look(lvars.0), R::look(lvars.1))
    }
}

/// A struct without fields.
impl FactorsLVar for () {
    type LVars = ();

    fn with_origin(_: &Origin, _: usize) {}

    fn freeze<'a>((): (), _: impl MayFreeze) -> Result<(), Conflict>
    where
        (): 'a,
    {
        Ok(())
    }

    fn into_value((): ()) -> Result<(), Conflict> {
        Ok(())
    }

    fn at_element<'a>((): (), (): (), _: &mut Watch) -> bool
    where
        (): 'a,
    {
        true
    }
}

impl FactorsPut for () {
    fn put_factors<'a>((): (), (): ()) -> Result<(), PutError>
    where
        (): 'a,
    {
        Ok(())
    }
}

impl FactorsOnChange for () {
    fn attach<'a>(
        (): (),
        mark: Option<&'a Arc<Mark>>,
        _: MarkOf,
        _: &dyn Fn() -> Arc<Mark>,
    ) -> Option<&'a Arc<Mark>>
    where
        (): 'a,
    {
        mark
    }

    fn look<'a>((): ())
    where
        (): 'a,
    {
    }
}
