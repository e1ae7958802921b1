//! Which LVar `Max<T>` and `Min<T>` have: that depends on whether a `T` fits a machine word. And which lattices live behind a lock.

use std::{fmt::Debug, sync::Arc, time::Duration};

use lattice_core::{
    All, Antichain, Any, Bounded, Dual, Flat, GreatestValue, Grow, LeastValue, Lex, LexPartial, Max, Min,
    Prefix, Total, WithTop, strategies::By,
};

use crate::{
    kinds::{
        locked::{Lockable, LockedLVar},
        once::{Decidable, OnceLVar},
        word::WordLVar,
    },
    lvar::{HasLVar, Put},
};

/// A total order whose maximum has an LVar.
#[diagnostic::on_unimplemented(
    message = "`Max<{Self}>` has no LVar",
    note = "for a type of your own: `impl HasMaxLVar for {Self} {{ type LVar = LockedLVar<Max<Self>>; }}`"
)]
pub trait HasMaxLVar: LeastValue + Sized {
    /// The LVar of `Max<Self>`.
    type LVar: Put<Lattice = Max<Self>>;
}

/// A total order whose minimum has an LVar.
#[diagnostic::on_unimplemented(
    message = "`Min<{Self}>` has no LVar",
    note = "for a type of your own: `impl HasMinLVar for {Self} {{ type LVar = LockedLVar<Min<Self>>; }}`"
)]
pub trait HasMinLVar: GreatestValue + Sized {
    /// The LVar of `Min<Self>`.
    type LVar: Put<Lattice = Min<Self>>;
}

impl<T: HasMaxLVar> HasLVar for Max<T> {
    type LVar = T::LVar;
}

impl<T: HasMinLVar> HasLVar for Min<T> {
    type LVar = T::LVar;
}

macro_rules! lvars {
    ($kind:ident: max $($max:ty)+; min $($min:ty)+) => {
        $(impl HasMaxLVar for $max {
            type LVar = $kind<Max<Self>>;
        })+
        $(impl HasMinLVar for $min {
            type LVar = $kind<Min<Self>>;
        })+
    };
}

lvars! {
    WordLVar:
    max u8 u16 u32 u64 usize i8 i16 i32 i64 isize bool char Total<f32> Total<f64>;
    min u8 u16 u32 u64 usize i8 i16 i32 i64 isize bool char Total<f32> Total<f64>
}
lvars!(LockedLVar: max u128 i128 Duration String; min u128 i128 Duration);

macro_rules! tuples {
    ($(($($factor:ident),+))+) => {$(
        impl<$($factor: LeastValue + Clone + Debug + Send + Sync + 'static),+> HasMaxLVar for ($($factor,)+) {
            type LVar = LockedLVar<Max<Self>>;
        }

        impl<$($factor: GreatestValue + Clone + Debug + Send + Sync + 'static),+> HasMinLVar for ($($factor,)+) {
            type LVar = LockedLVar<Min<Self>>;
        }
    )+};
}

tuples!((A)(A, B)(A, B, C));

impl<T: Ord + Clone + Debug + Send + Sync + 'static> HasMaxLVar for Option<T> {
    type LVar = LockedLVar<Max<Self>>;
}

impl<T: GreatestValue + Clone + Debug + Send + Sync + 'static> HasMinLVar for Option<T> {
    type LVar = LockedLVar<Min<Self>>;
}

impl HasLVar for Any {
    type LVar = WordLVar<Self>;
}

impl HasLVar for All {
    type LVar = WordLVar<Self>;
}

impl<T: Decidable> HasLVar for Flat<T> {
    type LVar = OnceLVar<T>;
}

/// Not the LVar of a set: that would forget the length, which is part of the state.
#[cfg(feature = "fixedbitset")]
impl HasLVar for fixedbitset::FixedBitSet {
    type LVar = LockedLVar<Self>;
}

impl<L: Lockable> HasLVar for Box<L> {
    type LVar = LockedLVar<Self>;
}

impl<L: Lockable> HasLVar for Arc<L> {
    type LVar = LockedLVar<Self>;
}

macro_rules! locked {
    ($([$($parameter:tt)*] $lattice:ty;)+) => {$(
        impl<$($parameter)*> HasLVar for $lattice
        where
            Self: Lockable,
        {
            type LVar = LockedLVar<Self>;
        }
    )+};
}

locked! {
    [L] Option<L>;
    [K, V] Lex<K, V>;
    [K, V] LexPartial<K, V>;
    [L] Dual<L>;
    [L] WithTop<L>;
    [L, const N: usize] Bounded<L, N>;
    [L] Grow<L>;
    [T] Prefix<T>;
    [L] Antichain<L>;
    [S, T] By<S, T>;
}
