//! The LVars of tuples: tuples of LVars; and those of arrays: arrays of LVars. Core observes the fields of any tuple and the positions of any
//! array, so that a threshold on `0` or on `[0]` finds them.

use std::{array, sync::Arc};

use lattice_core::{Bottom, Conflict, Lattice};

use crate::{
    error::{PutError, gravest},
    level::MayFreeze,
    lvar::{
        FollowedAsOne, HasLVar, LVarType, Origin, Put, Watch,
        changes::{Mark, attach_also, seen_at_once},
        marks::MarkOf,
    },
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
                let origin = origin.fields(&[$($name),+]);
                ($($factor::with_origin(origin.nth($at)),)+)
            }

            fn freeze(&self, permit: impl MayFreeze) -> Result<Self::Lattice, Conflict> {
                Ok(($(self.$at.freeze(permit)?,)+))
            }

            fn into_value(self) -> Result<Self::Lattice, Conflict> {
                Ok(($(self.$at.into_value()?,)+))
            }

            fn at_element(&self, element: Self::Lattice, watch: &mut Watch) -> bool {
                true $(&& self.$at.at_element(element.$at, watch))+
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

        impl<$($factor: FollowedAsOne<Lattice: Clone>),+> FollowedAsOne for ($($factor,)+)
        where
            ($($factor::Lattice,)+): Bottom,
        {
            fn attach(&self, mark_of: MarkOf, make: &dyn Fn() -> Arc<Mark>) -> Option<&Arc<Mark>> {
                let (mark_of, mark) = (mark_of.of_parts(), None);
                $(let mark = attach_also(mark, make, |make| self.$at.attach(mark_of, make));)+
                mark
            }

            fn look(&self) -> Self::Lattice {
                ($(self.$at.look(),)+)
            }

            fn seen(&self) -> Self::Lattice {
                seen_at_once(|| self.look())
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
product!(A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4", F 5 "5", G 6 "6");
product!(A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4", F 5 "5", G 6 "6", H 7 "7");
product!(A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4", F 5 "5", G 6 "6", H 7 "7", I 8 "8");
product!(A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4", F 5 "5", G 6 "6", H 7 "7", I 8 "8", J 9 "9");
product!(A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4", F 5 "5", G 6 "6", H 7 "7", I 8 "8", J 9 "9", K 10 "10");
product!(A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4", F 5 "5", G 6 "6", H 7 "7", I 8 "8", J 9 "9", K 10 "10", L 11 "11");

impl<L: HasLVar + Clone, const N: usize> HasLVar for [L; N] {
    type LVar = [L::LVar; N];
}

/// The states, once there is one of each position.
fn all<L, const N: usize>(states: [Result<L, Conflict>; N]) -> Result<[L; N], Conflict> {
    let states = states.into_iter().collect::<Result<Vec<L>, Conflict>>()?;
    Ok(states.try_into().unwrap_or_else(|_| unreachable!("there are as many states as positions")))
}

impl<V: LVarType<Lattice: Clone>, const N: usize> LVarType for [V; N] {
    type Lattice = [V::Lattice; N];

    fn with_origin(origin: Origin) -> Self {
        array::from_fn(|at| V::with_origin(origin.key(at)))
    }

    fn freeze(&self, permit: impl MayFreeze) -> Result<Self::Lattice, Conflict> {
        all(self.each_ref().map(|lvar| lvar.freeze(permit)))
    }

    fn into_value(self) -> Result<Self::Lattice, Conflict> {
        all(self.map(V::into_value))
    }

    fn at_element(&self, element: Self::Lattice, watch: &mut Watch) -> bool {
        self.iter().zip(element).all(|(lvar, element)| lvar.at_element(element, watch))
    }
}

impl<V: Put<Lattice: Clone>, const N: usize> Put for [V; N] {
    // As for tuples: every position is put, whichever of them fails.
    fn put(&self, value: impl Into<Self::Lattice>) -> Result<(), PutError> {
        let mut done = Ok(());
        for (lvar, value) in self.iter().zip(value.into()) {
            done = gravest(done, lvar.put(value));
        }
        done
    }
}

impl<V: FollowedAsOne<Lattice: Clone>, const N: usize> FollowedAsOne for [V; N]
where
    [V::Lattice; N]: Bottom,
{
    fn attach(&self, mark_of: MarkOf, make: &dyn Fn() -> Arc<Mark>) -> Option<&Arc<Mark>> {
        let mark_of = mark_of.of_parts();
        self.iter().fold(None, |mark, lvar| attach_also(mark, make, |make| lvar.attach(mark_of, make)))
    }

    fn look(&self) -> Self::Lattice {
        array::from_fn(|at| self[at].look())
    }

    fn seen(&self) -> Self::Lattice {
        seen_at_once(|| self.look())
    }
}
