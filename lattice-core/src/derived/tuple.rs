//! The fields of a struct together: a tuple of up to twelve factors, and [`Cat`] for more. `unit` has the tuple of none.
//!
//! A struct with a dozen fields is long; so this is all that is generated for most. Further fields follow in twelves: `Cat<(A, .., L), (M, N)>`.

use alloc::{boxed::Box, vec::Vec};
use core::{cmp::Ordering, iter, marker::PhantomData};

use super::{Decidee, Factor, FactorBottom, FactorCodec, FactorDelta, FactorLattice};
use crate::{
    codec::{DecodeError, Decoder},
    conflict::Conflict,
    crdt::WriterId,
    forged::Forged,
    lattices::product_cmp,
    schema::Description,
};

/// Fields together, as values and as references.
pub trait Factors {
    /// The fields by value, as a tuple.
    type Values;
    /// The fields by reference.
    type Refs<'a>: Copy
    where
        Self: 'a;
    /// The fields by mutable reference.
    type Muts<'a>
    where
        Self: 'a;
}

/// Factors whose product is a lattice.
pub trait FactorsLattice: Factors {
    /// [`Lattice::join`](crate::Lattice::join).
    fn join<'a>(values: Self::Muts<'a>, others: Self::Values) -> bool
    where
        Self: 'a;
    /// [`Lattice::join_ref`](crate::Lattice::join_ref).
    fn join_ref<'a>(values: Self::Muts<'a>, others: Self::Refs<'a>) -> bool
    where
        Self: 'a;
    /// [`Lattice::lattice_cmp`](crate::Lattice::lattice_cmp).
    fn cmp<'a>(left: Self::Refs<'a>, right: Self::Refs<'a>) -> Option<Ordering>
    where
        Self: 'a;
    /// [`Lattice::leq`](crate::Lattice::leq).
    fn leq<'a>(left: Self::Refs<'a>, right: Self::Refs<'a>) -> bool
    where
        Self: 'a;
    /// [`Lattice::conflict`](crate::Lattice::conflict), where the fields have these names.
    fn conflict<'a>(values: Self::Refs<'a>, names: &[&'static str]) -> Option<Conflict>
    where
        Self: 'a;
    /// [`Lattice::incompatible`](crate::Lattice::incompatible), where the fields have these names.
    fn incompatible<'a>(
        left: Self::Refs<'a>,
        right: Self::Refs<'a>,
        names: &[&'static str],
    ) -> Option<Conflict>
    where
        Self: 'a;
}

/// Factors of which each only grows, so that a threshold may name it; those behind a key do not.
pub trait Pointwise: Factors {}

/// Factors that all have a bottom.
pub trait FactorsBottom: FactorsLattice {
    /// The bottoms.
    fn bottom() -> Self::Values;
    /// Whether all of them are bottoms.
    fn is_bottom<'a>(values: Self::Refs<'a>) -> bool
    where
        Self: 'a;
}

/// Factors that all have deltas.
pub trait FactorsDelta: FactorsBottom {
    /// [`Delta::absorb`](crate::Delta::absorb), with bottoms where there is no news.
    fn absorb<'a>(values: Self::Muts<'a>, delta: Self::Values) -> Option<Self::Values>
    where
        Self: 'a;
    /// [`Delta::diff`](crate::Delta::diff), with bottoms where nothing is missing.
    fn diff<'a>(values: Self::Refs<'a>, seen: Self::Refs<'a>) -> Option<Self::Values>
    where
        Self: 'a;
    /// [`Delta::forged`](crate::Delta::forged), where the fields have these names.
    fn forged<'a>(
        values: Self::Refs<'a>,
        delta: Self::Refs<'a>,
        writer: WriterId,
        names: &[&'static str],
    ) -> Option<Forged>
    where
        Self: 'a;
    /// [`Delta::parts`](crate::Delta::parts), each with bottoms in all other fields.
    fn parts<'a>(values: Self::Refs<'a>) -> Box<dyn Iterator<Item = Self::Values> + 'a>
    where
        Self: 'a;
}

/// Factors that all have a canonical form.
pub trait FactorsCodec: FactorsLattice {
    /// What a struct of these factors is called in a [`Schema`](crate::schema::Schema).
    const KIND: &'static str;

    /// [`Codec::encode`](crate::codec::Codec::encode), one after the other.
    fn encode<'a>(values: Self::Refs<'a>, out: &mut Vec<u8>)
    where
        Self: 'a;
    /// [`Codec::decode`](crate::codec::Codec::decode).
    ///
    /// # Errors
    ///
    /// Those of the fields.
    fn decode(input: &mut Decoder<'_>) -> Result<Self::Values, DecodeError>;
    /// [`Codec::describe`](crate::codec::Codec::describe), where the fields have these names.
    fn describe(names: &[&'static str], out: &mut Description);
}

/// The factor at a position.
pub trait At<const I: usize>: Factors {
    /// It.
    type Factor: Factor;
    /// Its value.
    fn at<'a>(values: Self::Refs<'a>) -> &'a <Self::Factor as Factor>::Value
    where
        Self: 'a;
}

/// Passes through a field that has nothing to tell.
macro_rules! first {
    ($($conflict:expr, $name:expr;)*) => {{
        $(if let Some(conflict) = $conflict {
            return Some(conflict.in_field($name));
        })*
        None
    }};
}

macro_rules! tuple {
    ($($factor:ident $at:tt)*) => {
        impl<$($factor: Factor),*> Factors for ($($factor,)*) {
            type Values = ($($factor::Value,)*);
            type Refs<'a> = ($(&'a $factor::Value,)*) where Self: 'a;
            type Muts<'a> = ($(&'a mut $factor::Value,)*) where Self: 'a;
        }

        impl<$($factor: FactorLattice),*> FactorsLattice for ($($factor,)*) {
            #[inline]
            fn join<'a>(values: Self::Muts<'a>, others: Self::Values) -> bool where Self: 'a {
                false $(| $factor::join(values.$at, others.$at))*
            }

            #[inline]
            fn join_ref<'a>(values: Self::Muts<'a>, others: Self::Refs<'a>) -> bool where Self: 'a {
                false $(| $factor::join_ref(values.$at, others.$at))*
            }

            #[inline]
            fn cmp<'a>(left: Self::Refs<'a>, right: Self::Refs<'a>) -> Option<Ordering> where Self: 'a {
                let order = Some(Ordering::Equal);
                $(let order = product_cmp(order, || $factor::cmp(left.$at, right.$at));)*
                order
            }

            #[inline]
            fn leq<'a>(left: Self::Refs<'a>, right: Self::Refs<'a>) -> bool where Self: 'a {
                true $(&& $factor::leq(left.$at, right.$at))*
            }

            #[inline]
            fn conflict<'a>(values: Self::Refs<'a>, names: &[&'static str]) -> Option<Conflict> where Self: 'a {
                first!($($factor::conflict(values.$at), names[$at];)*)
            }

            #[inline]
            fn incompatible<'a>(left: Self::Refs<'a>, right: Self::Refs<'a>, names: &[&'static str]) -> Option<Conflict>
            where
                Self: 'a,
            {
                first!($($factor::incompatible(left.$at, right.$at), names[$at];)*)
            }
        }

        impl<$($factor: Factor),*> Pointwise for ($($factor,)*) {}

        impl<$($factor: FactorLattice),*> Decidee for ($($factor,)*) {
            #[inline]
            fn replace<'a>(values: Self::Muts<'a>, others: Self::Values) where Self: 'a {
                $($factor::replace(values.$at, others.$at);)*
            }

            #[inline]
            fn cloned<'a>(values: Self::Refs<'a>) -> Self::Values where Self: 'a {
                ($(values.$at.clone(),)*)
            }
        }

        impl<$($factor: FactorBottom),*> FactorsBottom for ($($factor,)*) {
            #[inline]
            fn bottom() -> Self::Values {
                ($($factor::bottom(),)*)
            }

            #[inline]
            fn is_bottom<'a>(values: Self::Refs<'a>) -> bool where Self: 'a {
                true $(&& $factor::is_bottom(values.$at))*
            }
        }

        impl<$($factor: FactorDelta),*> FactorsDelta for ($($factor,)*) {
            fn absorb<'a>(values: Self::Muts<'a>, delta: Self::Values) -> Option<Self::Values> where Self: 'a {
                let news = ($($factor::absorb(values.$at, delta.$at),)*);
                let any = false $(|| news.$at.is_some())*;
                any.then(|| ($(news.$at.unwrap_or_else($factor::bottom),)*))
            }

            fn diff<'a>(values: Self::Refs<'a>, seen: Self::Refs<'a>) -> Option<Self::Values> where Self: 'a {
                let missing = ($($factor::diff(values.$at, seen.$at),)*);
                let any = false $(|| missing.$at.is_some())*;
                any.then(|| ($(missing.$at.unwrap_or_else($factor::bottom),)*))
            }

            fn forged<'a>(
                values: Self::Refs<'a>,
                delta: Self::Refs<'a>,
                writer: WriterId,
                names: &[&'static str],
            ) -> Option<Forged>
            where
                Self: 'a,
            {
                first!($($factor::forged(values.$at, delta.$at, writer), names[$at];)*)
            }

            fn parts<'a>(values: Self::Refs<'a>) -> Box<dyn Iterator<Item = Self::Values> + 'a> where Self: 'a {
                Box::new(iter::empty()$(.chain($factor::parts(values.$at).map(|part| {
                    let mut whole = Self::bottom();
                    whole.$at = part;
                    whole
                })))*)
            }
        }

        impl<$($factor: FactorCodec),*> FactorsCodec for ($($factor,)*) {
            fn encode<'a>(values: Self::Refs<'a>, out: &mut Vec<u8>) where Self: 'a {
                $($factor::encode(values.$at, out);)*
            }

            fn decode(input: &mut Decoder<'_>) -> Result<Self::Values, DecodeError> {
                Ok(($($factor::decode(input)?,)*))
            }

            const KIND: &'static str = "struct";

            fn describe(names: &[&'static str], out: &mut Description) {
                $($factor::describe(names[$at], out);)*
            }
        }

        at!([$($factor)*] $($factor $at)*);
    };
}

macro_rules! at {
    ($all:tt $($factor:ident $at:tt)*) => {
        $(at!(@ $all $factor $at);)*
    };
    (@ [$($all:ident)*] $factor:ident $at:tt) => {
        impl<$($all: Factor),*> At<$at> for ($($all,)*) {
            type Factor = $factor;

            #[inline]
            fn at<'a>(values: Self::Refs<'a>) -> &'a $factor::Value where Self: 'a {
                values.$at
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

/// How many factors a tuple holds; the derive counts the same.
pub const TWELVE: usize = 12;

/// The first twelve factors and the rest.
#[derive(Debug)]
pub struct Cat<F, R>(PhantomData<(F, R)>);

impl<F: Factors, R: Factors> Factors for Cat<F, R> {
    type Values = (F::Values, R::Values);
    type Refs<'a>
        = (F::Refs<'a>, R::Refs<'a>)
    where
        Self: 'a;
    type Muts<'a>
        = (F::Muts<'a>, R::Muts<'a>)
    where
        Self: 'a;
}

impl<F: FactorsLattice, R: FactorsLattice> FactorsLattice for Cat<F, R> {
    fn join<'a>(values: Self::Muts<'a>, others: Self::Values) -> bool
    where
        Self: 'a,
    {
        F::join(values.0, others.0) | R::join(values.1, others.1)
    }

    fn join_ref<'a>(values: Self::Muts<'a>, others: Self::Refs<'a>) -> bool
    where
        Self: 'a,
    {
        F::join_ref(values.0, others.0) | R::join_ref(values.1, others.1)
    }

    fn cmp<'a>(left: Self::Refs<'a>, right: Self::Refs<'a>) -> Option<Ordering>
    where
        Self: 'a,
    {
        product_cmp(F::cmp(left.0, right.0), || R::cmp(left.1, right.1))
    }

    fn leq<'a>(left: Self::Refs<'a>, right: Self::Refs<'a>) -> bool
    where
        Self: 'a,
    {
        F::leq(left.0, right.0) && R::leq(left.1, right.1)
    }

    fn conflict<'a>(values: Self::Refs<'a>, names: &[&'static str]) -> Option<Conflict>
    where
        Self: 'a,
    {
        F::conflict(values.0, names).or_else(|| R::conflict(values.1, &names[TWELVE..]))
    }

    fn incompatible<'a>(
        left: Self::Refs<'a>,
        right: Self::Refs<'a>,
        names: &[&'static str],
    ) -> Option<Conflict>
    where
        Self: 'a,
    {
        F::incompatible(left.0, right.0, names).or_else(|| R::incompatible(left.1, right.1, &names[TWELVE..]))
    }
}

impl<F: Pointwise, R: Pointwise> Pointwise for Cat<F, R> {}

impl<F: Decidee, R: Decidee> Decidee for Cat<F, R> {
    fn replace<'a>(values: Self::Muts<'a>, others: Self::Values)
    where
        Self: 'a,
    {
        F::replace(values.0, others.0);
        R::replace(values.1, others.1);
    }

    fn cloned<'a>(values: Self::Refs<'a>) -> Self::Values
    where
        Self: 'a,
    {
        (F::cloned(values.0), R::cloned(values.1))
    }
}

impl<F: FactorsBottom, R: FactorsBottom> FactorsBottom for Cat<F, R> {
    fn bottom() -> Self::Values {
        (F::bottom(), R::bottom())
    }

    fn is_bottom<'a>(values: Self::Refs<'a>) -> bool
    where
        Self: 'a,
    {
        F::is_bottom(values.0) && R::is_bottom(values.1)
    }
}

impl<F: FactorsDelta, R: FactorsDelta> FactorsDelta for Cat<F, R> {
    fn absorb<'a>(values: Self::Muts<'a>, delta: Self::Values) -> Option<Self::Values>
    where
        Self: 'a,
    {
        or_bottoms::<F, R>(F::absorb(values.0, delta.0), R::absorb(values.1, delta.1))
    }

    fn diff<'a>(values: Self::Refs<'a>, seen: Self::Refs<'a>) -> Option<Self::Values>
    where
        Self: 'a,
    {
        or_bottoms::<F, R>(F::diff(values.0, seen.0), R::diff(values.1, seen.1))
    }

    fn forged<'a>(
        values: Self::Refs<'a>,
        delta: Self::Refs<'a>,
        writer: WriterId,
        names: &[&'static str],
    ) -> Option<Forged>
    where
        Self: 'a,
    {
        F::forged(values.0, delta.0, writer, names)
            .or_else(|| R::forged(values.1, delta.1, writer, &names[TWELVE..]))
    }

    fn parts<'a>(values: Self::Refs<'a>) -> Box<dyn Iterator<Item = Self::Values> + 'a>
    where
        Self: 'a,
    {
        let first = F::parts(values.0).map(|part| (part, R::bottom()));
        Box::new(first.chain(R::parts(values.1).map(|part| (F::bottom(), part))))
    }
}

fn or_bottoms<F: FactorsDelta, R: FactorsDelta>(
    first: Option<F::Values>,
    rest: Option<R::Values>,
) -> Option<(F::Values, R::Values)> {
    let any = first.is_some() || rest.is_some();
    any.then(|| (first.unwrap_or_else(F::bottom), rest.unwrap_or_else(R::bottom)))
}

impl<F: FactorsCodec, R: FactorsCodec> FactorsCodec for Cat<F, R> {
    fn encode<'a>(values: Self::Refs<'a>, out: &mut Vec<u8>)
    where
        Self: 'a,
    {
        F::encode(values.0, out);
        R::encode(values.1, out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self::Values, DecodeError> {
        Ok((F::decode(input)?, R::decode(input)?))
    }

    const KIND: &'static str = "struct";

    fn describe(names: &[&'static str], out: &mut Description) {
        F::describe(names, out);
        R::describe(&names[TWELVE..], out);
    }
}

/// A position among the first twelve, or behind them.
macro_rules! cat {
    (first $($at:tt)*) => {$(
        impl<F: At<$at>, R: Factors> At<$at> for Cat<F, R> {
            type Factor = F::Factor;

            fn at<'a>(values: Self::Refs<'a>) -> &'a <F::Factor as Factor>::Value where Self: 'a {
                F::at(values.0)
            }
        }
    )*};
    (rest $($at:tt)*) => {$(
        impl<F: Factors, R: At<{ $at - TWELVE }>> At<$at> for Cat<F, R> {
            type Factor = R::Factor;

            fn at<'a>(values: Self::Refs<'a>) -> &'a <R::Factor as Factor>::Value where Self: 'a {
                R::at(values.1)
            }
        }
    )*};
}

cat!(first 0 1 2 3 4 5 6 7 8 9 10 11);
cat!(rest 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49);
cat!(rest 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79 80 81 82 83 84 85 86 87);
cat!(rest 88 89 90 91 92 93 94 95 96 97 98 99 100 101 102 103 104 105 106 107 108 109 110 111 112 113 114 115 116 117 118 119);
