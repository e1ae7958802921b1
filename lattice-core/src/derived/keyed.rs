//! The fields of a struct under `#[lattice(lex)]`: each is a key of those after it, and the last is what the keys decide about.
//!
//! `Keyed<A, Keyed<B, (C,)>>` is the lexicographic product of three. See [`Lex`](crate::Lex) for its laws.

use alloc::{boxed::Box, vec::Vec};
use core::{cmp::Ordering, iter, marker::PhantomData};

use super::{
    AsIs, ByFields, Derived, FactorBottom, FactorCodec, FactorDelta, FactorLattice, Factors, FactorsBottom,
    FactorsCodec, FactorsDelta, FactorsLattice, PairBy, PointsBy, Product, Under,
};
use crate::{
    codec::{DecodeError, Decoder},
    conflict::Conflict,
    crdt::WriterId,
    forged::Forged,
    lattice::Chain,
    schema::Description,
    strategies::StrategyChain,
    threshold::{
        AtLeast, Points,
        verdict::{Pair, Through, Verdict},
    },
};

/// A factor of which any two states are comparable.
pub trait KeyFactor: FactorLattice {}

impl<C: Chain + Clone> KeyFactor for AsIs<C> {}
impl<S: StrategyChain<T>, T: Clone> KeyFactor for Under<S, T> {}

/// What stands behind a key: further keys and the last field, or that field alone; with it what is skipped, wherever it was declared.
pub trait Decidee: FactorsLattice<Values: Clone> {
    /// Takes the place of what is there; a skipped field stays.
    fn replace<'a>(values: Self::Muts<'a>, others: Self::Values)
    where
        Self: 'a;
    /// A copy.
    fn cloned<'a>(values: Self::Refs<'a>) -> Self::Values
    where
        Self: 'a;
}

impl<K: KeyFactor, R: Decidee> Decidee for Keyed<K, R> {
    #[inline]
    fn replace<'a>(values: Self::Muts<'a>, others: Self::Values)
    where
        Self: 'a,
    {
        K::replace(values.0, others.0);
        R::replace(values.1, others.1);
    }

    #[inline]
    fn cloned<'a>(values: Self::Refs<'a>) -> Self::Values
    where
        Self: 'a,
    {
        (values.0.clone(), R::cloned(values.1))
    }
}

/// A key and what it decides about.
///
/// ```text
///   (k, r) ⊔ (k′, r′) = (k′, r′)      if k ⊏ k′
///                       (k, r ⊔ r′)   if k = k′
///                       (k, r)        if k′ ⊏ k
/// ```
///
/// In conflict iff the key is, as in [`Lex`](crate::Lex): a greater key replaces whatever is behind it.
#[derive(Debug)]
pub struct Keyed<K, R>(PhantomData<(K, R)>);

impl<K: KeyFactor, R: Decidee> Factors for Keyed<K, R> {
    type Values = (K::Value, R::Values);
    type Refs<'a>
        = (&'a K::Value, R::Refs<'a>)
    where
        Self: 'a;
    type Muts<'a>
        = (&'a mut K::Value, R::Muts<'a>)
    where
        Self: 'a;
}

impl<K: KeyFactor, R: Decidee> FactorsLattice for Keyed<K, R> {
    #[inline]
    fn join<'a>(values: Self::Muts<'a>, others: Self::Values) -> bool
    where
        Self: 'a,
    {
        match K::cmp(values.0, &others.0) {
            Some(Ordering::Less) => Self::replace(values, others),
            Some(Ordering::Equal) => return R::join(values.1, others.1),
            Some(Ordering::Greater) | None => return false,
        }
        true
    }

    #[inline]
    fn join_ref<'a>(values: Self::Muts<'a>, others: Self::Refs<'a>) -> bool
    where
        Self: 'a,
    {
        match K::cmp(values.0, others.0) {
            Some(Ordering::Less) => Self::replace(values, Self::cloned(others)),
            Some(Ordering::Equal) => return R::join_ref(values.1, others.1),
            Some(Ordering::Greater) | None => return false,
        }
        true
    }

    #[inline]
    fn cmp<'a>(left: Self::Refs<'a>, right: Self::Refs<'a>) -> Option<Ordering>
    where
        Self: 'a,
    {
        match K::cmp(left.0, right.0) {
            Some(Ordering::Equal) => R::cmp(left.1, right.1),
            order => order,
        }
    }

    #[inline]
    fn leq<'a>(left: Self::Refs<'a>, right: Self::Refs<'a>) -> bool
    where
        Self: 'a,
    {
        match K::cmp(left.0, right.0) {
            Some(Ordering::Equal) => R::leq(left.1, right.1),
            order => order == Some(Ordering::Less),
        }
    }

    fn conflict<'a>(values: Self::Refs<'a>, names: &[&'static str]) -> Option<Conflict>
    where
        Self: 'a,
    {
        Some(K::conflict(values.0)?.in_field(names[0]))
    }

    fn incompatible<'a>(
        left: Self::Refs<'a>,
        right: Self::Refs<'a>,
        names: &[&'static str],
    ) -> Option<Conflict>
    where
        Self: 'a,
    {
        Some(K::incompatible(left.0, right.0)?.in_field(names[0]))
    }
}

impl<K: KeyFactor + FactorBottom, R: Decidee + FactorsBottom> FactorsBottom for Keyed<K, R> {
    fn bottom() -> Self::Values {
        (K::bottom(), R::bottom())
    }

    fn is_bottom<'a>(values: Self::Refs<'a>) -> bool
    where
        Self: 'a,
    {
        K::is_bottom(values.0) && R::is_bottom(values.1)
    }
}

impl<K: KeyFactor + FactorDelta, R: Decidee + FactorsDelta> FactorsDelta for Keyed<K, R> {
    fn absorb<'a>(values: Self::Muts<'a>, delta: Self::Values) -> Option<Self::Values>
    where
        Self: 'a,
    {
        match K::cmp(values.0, &delta.0) {
            Some(Ordering::Less) => {
                Self::replace(values, delta.clone());
                Some(delta)
            }
            Some(Ordering::Equal) => Some((delta.0, R::absorb(values.1, delta.1)?)),
            Some(Ordering::Greater) | None => None,
        }
    }

    fn diff<'a>(values: Self::Refs<'a>, seen: Self::Refs<'a>) -> Option<Self::Values>
    where
        Self: 'a,
    {
        match K::cmp(seen.0, values.0) {
            Some(Ordering::Less) => Some(Self::cloned(values)),
            Some(Ordering::Equal) => Some((values.0.clone(), R::diff(values.1, seen.1)?)),
            Some(Ordering::Greater) | None => None,
        }
    }

    /// None: a greater key takes the place of what the writer wrote under a lesser one, so the writer itself no longer knows that.
    fn forged<'a>(_: Self::Refs<'a>, _: Self::Refs<'a>, _: WriterId, _: &[&'static str]) -> Option<Forged>
    where
        Self: 'a,
    {
        None
    }

    /// Those of the rest, each under the key. A key alone is irreducible: whatever has a lesser one joins to a lesser one.
    fn parts<'a>(values: Self::Refs<'a>) -> Box<dyn Iterator<Item = Self::Values> + 'a>
    where
        Self: 'a,
    {
        if Self::is_bottom(values) {
            return Box::new(iter::empty());
        }
        let bottom = R::is_bottom(values.1).then(R::bottom).into_iter();
        Box::new(bottom.chain(R::parts(values.1)).map(|part| (values.0.clone(), part)))
    }
}

impl<K: KeyFactor + FactorCodec, R: Decidee + FactorsCodec> FactorsCodec for Keyed<K, R> {
    fn encode<'a>(values: Self::Refs<'a>, out: &mut Vec<u8>)
    where
        Self: 'a,
    {
        K::encode(values.0, out);
        R::encode(values.1, out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self::Values, DecodeError> {
        Ok((K::decode(input)?, R::decode(input)?))
    }

    const KIND: &'static str = "lex struct";

    fn describe(names: &[&'static str], out: &mut Description) {
        let [first, rest @ ..] = names else { return };
        K::describe(first, out);
        R::describe(rest, out);
    }
}

/// A threshold `round >= 3` speaks of the first key, which is all that only grows.
impl<P, K, R> PointsBy<P> for ByFields
where
    P: Derived + Product<Factors = Keyed<K, R>>,
    K: KeyFactor<Lattice: Points, Value: AtLeast<K::Lattice, ()>>,
    R: Decidee,
{
    type Point = <K::Lattice as Points>::Point;

    fn is_at_least(state: &P, point: &Self::Point) -> bool {
        state.values().0.at_least(point, &mut ())
    }
}

impl<P, K, R, A, B> PairBy<P, A, B> for ByFields
where
    P: Derived + Product<Factors = Keyed<K, R>>,
    K: KeyFactor<Lattice: Points + Pair<Through<P, A>, Through<P, B>>, Value: AtLeast<K::Lattice, ()>>,
    R: Decidee,
{
    const VERDICT: Verdict = <K::Lattice as Pair<Through<P, A>, Through<P, B>>>::VERDICT;
}
