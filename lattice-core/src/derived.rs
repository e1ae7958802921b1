//! What a derived lattice says about itself, and what follows from that.
//!
//! A derive writes as little as it can: of a struct its fields as a tuple ([`Product`]), of an enum its tables
//! ([`Finite`](crate::Finite)), and which of the two it is ([`Derived`]). The rest is here, once and in ordinary code: every method of
//! [`Lattice`] and [`Bottom`] goes by way of [`Derived::By`] to [`ByFields`] or [`ByTables`]. This is what keeps `#[derive(Lattice)]` about as cheap to
//! compile as the derives of std, which have but one field at a time to think of.

mod factor;
mod keyed;
mod product;
mod replicated;
mod skipped;
mod tables;
mod tuple;
mod unit;
mod without_bottom;

use core::cmp::Ordering;

pub use self::{
    factor::{AsIs, Factor, FactorBottom, FactorCodec, FactorDelta, FactorLattice, Under},
    keyed::{Decidee, KeyFactor, Keyed},
    product::{ByFields, Product},
    replicated::{CodecBy, DeltaBy, DerivedCodec, DerivedDelta},
    skipped::Skipped,
    tables::{ByTables, ReadsTables, Tabled},
    tuple::{At, Cat, Factors, FactorsBottom, FactorsCodec, FactorsDelta, FactorsLattice, Pointwise, TWELVE},
    without_bottom::WithoutBottom,
};
use crate::{
    conflict::Conflict,
    lattice::{Bottom, Lattice},
    threshold::{
        Points,
        verdict::{Pair, Verdict},
    },
};

/// A lattice that a derive made; also `Box`, for a reason of coherence: it is fundamental, so a downstream crate might
/// implement this trait for it, and it cannot have an impl of [`Lattice`] of its own beside the one for all derived types.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a lattice",
    label = "this type has no join (least upper bound)",
    note = "a plain value has several meanings; say which: `Max<T>` / `Min<T>` (the larger / smaller wins), `Any` / `All` (flags), `Flat<T>` (written once, two different values conflict), `GCounter` (a sum that replicas can share)",
    note = "or choose it on the field: `#[lattice(max)]`, `#[lattice(min)]`, `#[lattice(any)]`, `#[lattice(all)]`; for a type of your own use `#[derive(Lattice)]`",
    note = "what holds other values, such as a type with parameters, is a lattice where they are: `Pair<Max<u64>>`, and not `Pair<u64>`"
)]
pub trait Derived: Sized {
    /// How the lattice is made.
    type By: LatticeBy<Self>;
    /// The name of the type, and then of its fields or variants, for reports and thresholds.
    const NAMES: &'static [&'static str];
}

/// The names of the fields of a struct, or of the variants of an enum.
pub const fn parts_of<T: Derived>() -> &'static [&'static str] {
    match T::NAMES {
        [_, names @ ..] => names,
        [] => &[],
    }
}

/// The name of the type.
pub(crate) const fn name_of<T: Derived>() -> &'static str {
    match T::NAMES {
        [name, ..] => name,
        [] => "",
    }
}

/// By the content of a pointer.
#[derive(Clone, Copy, Debug)]
pub struct ByContent;

/// A way to make a lattice of `T`: the methods of [`Lattice`].
pub trait LatticeBy<T> {
    /// [`Lattice::join`].
    fn join(state: &mut T, other: T) -> bool;
    /// [`Lattice::join_ref`].
    fn join_ref(state: &mut T, other: &T) -> bool
    where
        T: Clone;
    /// [`Lattice::lattice_cmp`].
    fn cmp(left: &T, right: &T) -> Option<Ordering>;
    /// [`Lattice::leq`].
    fn leq(left: &T, right: &T) -> bool;
    /// [`Lattice::conflict`].
    fn conflict(state: &T) -> Option<Conflict>;
    /// [`Lattice::incompatible`].
    fn incompatible(left: &T, right: &T) -> Option<Conflict>;
}

/// A way to make a lattice with a bottom: the methods of [`Bottom`].
pub trait BottomBy<T>: LatticeBy<T> {
    /// [`Bottom::bottom`].
    fn bottom() -> T;
    /// [`Bottom::is_bottom`].
    fn is_bottom(state: &T) -> bool;
}

/// A way to make a lattice that thresholds name points of: the methods of [`Points`].
pub trait PointsBy<T>: LatticeBy<T> {
    /// [`Points::Point`].
    type Point: Clone + Send + Sync + 'static;
    /// [`Points::is_at_least`].
    fn is_at_least(state: &T, point: &Self::Point) -> bool;
}

/// The verdict on two points: [`Pair`].
pub trait PairBy<T, A, B>: PointsBy<T> {
    /// [`Pair::VERDICT`].
    const VERDICT: Verdict;
}

/// As its fields, its tables or its content say.
impl<T: Derived> Lattice for T {
    #[inline]
    fn join(&mut self, other: Self) -> bool {
        T::By::join(self, other)
    }

    #[inline]
    fn join_ref(&mut self, other: &Self) -> bool
    where
        Self: Clone,
    {
        T::By::join_ref(self, other)
    }

    #[inline]
    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        T::By::cmp(self, other)
    }

    #[inline]
    fn leq(&self, other: &Self) -> bool {
        T::By::leq(self, other)
    }

    #[inline]
    fn conflict(&self) -> Option<Conflict> {
        T::By::conflict(self)
    }

    #[inline]
    fn incompatible(&self, other: &Self) -> Option<Conflict> {
        T::By::incompatible(self, other)
    }
}

/// As its fields, its tables or its content say.
impl<T: Derived<By: BottomBy<T>>> Bottom for T {
    #[inline]
    fn bottom() -> Self {
        T::By::bottom()
    }

    #[inline]
    fn is_bottom(&self) -> bool {
        T::By::is_bottom(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Derived<By: PointsBy<T>>> Points for T {
    type Point = <T::By as PointsBy<T>>::Point;

    fn is_at_least(&self, point: &Self::Point) -> bool {
        T::By::is_at_least(self, point)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Derived<By: PairBy<T, A, B>>, A, B> Pair<A, B> for T {
    const VERDICT: Verdict = <T::By as PairBy<T, A, B>>::VERDICT;
}
