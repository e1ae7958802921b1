//! The LVars of tuples: tuples of LVars. Core observes the fields of any tuple, so that a threshold on `0` or `1` finds them.

use lattice_core::{Conflict, Lattice};

use crate::{
    error::{PutError, gravest},
    lvar::{HasLVar, LVarType, Origin, Put},
};

macro_rules! product {
    ($($factor:ident $at:tt $name:literal),+) => {
        impl<$($factor: HasLVar + Clone),+> HasLVar for ($($factor,)+) {
            type LVar = ($($factor::LVar,)+);
        }

        impl<$($factor: LVarType<Lattice: Clone>),+> LVarType for ($($factor,)+)
        where
            ($($factor::Lattice,)+): Lattice,
        {
            type Lattice = ($($factor::Lattice,)+);

            fn with_origin(origin: Origin) -> Self {
                ($($factor::with_origin(origin.field($name)),)+)
            }

            fn freeze(&self) -> Result<Self::Lattice, Conflict> {
                Ok(($(self.$at.freeze()?,)+))
            }

            fn into_value(self) -> Result<Self::Lattice, Conflict> {
                Ok(($(self.$at.into_value()?,)+))
            }
        }

        impl<$($factor: Put<Lattice: Clone>),+> Put for ($($factor,)+)
        where
            ($($factor::Lattice,)+): Lattice,
        {
            // Every field is put, also after an error: which fields are written must not depend on which of them fails.
            fn put(&self, value: impl Into<Self::Lattice>) -> Result<(), PutError> {
                let value = value.into();
                let mut done = Ok(());
                $(done = gravest(done, self.$at.put(value.$at));)+
                done
            }
        }
    };
}

product!(A 0 "0");
product!(A 0 "0", B 1 "1");
product!(A 0 "0", B 1 "1", C 2 "2");
product!(A 0 "0", B 1 "1", C 2 "2", D 3 "3");
product!(A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4");
product!(A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4", F 5 "5");
