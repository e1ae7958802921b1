//! What generated code says about a field, so that a field of the wrong type gives one error, at the field, however many impls use it.
//!
//! `#[derive(Lattice)]` names a field's type only as `<T as LatticeField>::This`. Where `T` is no lattice, that is the error, with the same
//! words at the same place everywhere, which the compiler shows once.

use crate::{
    lattice::{Finite, Lattice},
    strategies::{Strategy, StrategyBottom, Union},
    threshold::path::{Given, Granted},
};

/// The type `T`, if the condition that computes `HOLDS` type-checks. Where it does not, that constant is the one error: the compiler
/// says nothing of types that depend on a constant in error, nor of what uses them.
pub type Sure<T, const HOLDS: bool> = <Given<T, HOLDS> as Granted>::Type;

/// A type that is a lattice, as a field of a derived type must be.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a lattice",
    label = "this type has no join (least upper bound)",
    note = "a plain value has several meanings; say which: `Max<T>` / `Min<T>` (the larger / smaller wins), `Any` / `All` (flags), `Flat<T>` (written once, two different values conflict), `GCounter` (a sum that replicas can share)",
    note = "or choose it on the field: `#[lattice(max)]`, `#[lattice(min)]`, `#[lattice(any)]`, `#[lattice(all)]`; for a type of your own use `#[derive(Lattice)]`",
    note = "what holds other values (a map, an `Option`, a tuple, a `Box`) is a lattice where they are: `BTreeMap<K, Max<u64>>`",
    note = "`Max<T>` and `Min<T>` need a total order (`Ord`), `Flat<T>` needs `Eq`: `f64` has neither"
)]
pub trait LatticeField {
    /// Whether it is.
    const HOLDS: bool = true;
    /// The same type.
    type This;
}

#[diagnostic::do_not_recommend]
impl<L: Lattice> LatticeField for L {
    type This = L;
}

/// A set or a map, as a field with `#[lattice(union)]` must be.
#[diagnostic::on_unimplemented(
    message = "`union` cannot join values of type `{Self}`",
    label = "not a set or a map",
    note = "`union` needs a set or a map: `BTreeSet`, `HashSet`, `BTreeMap`, `HashMap`"
)]
pub trait UnionField {
    /// Whether it is.
    const HOLDS: bool = true;
    /// The same type.
    type This;
}

#[diagnostic::do_not_recommend]
impl<L: Union> UnionField for L {
    type This = L;
}

/// A strategy that fits the plain type `T` of a field.
#[diagnostic::on_unimplemented(
    message = "this strategy cannot join values of type `{T}`",
    label = "not for `{T}`",
    note = "`max` and `min` need a total order (`Ord`; a float has none); `any` and `all` need `bool`",
    note = "a type that is a lattice already, as `Max<u64>` is, needs no word: remove it"
)]
pub trait StrategyField<T> {
    /// Whether it does.
    const HOLDS: bool = true;
    /// The type of the field.
    type Plain;
    /// The lattice that the strategy makes of it.
    type Lattice: Lattice;
}

#[diagnostic::do_not_recommend]
impl<T, L: Lattice, S: Strategy<T, Lattice = L>> StrategyField<T> for S {
    type Plain = T;
    // Not `S::Lattice`: where there is none, the compiler would report that a second time.
    type Lattice = L;
}

/// An enum whose order is declared.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a lattice",
    label = "this derive needs one",
    note = "derive `Lattice` too: it reads the declared order"
)]
pub trait FiniteType {
    /// Whether it is.
    const HOLDS: bool = true;
}

#[diagnostic::do_not_recommend]
impl<F: Finite> FiniteType for F {}

/// What is new in a field with the strategy `S`, or the field's bottom; notes in `any` whether something is.
pub fn or_bottom_by<S: StrategyBottom<T>, T>(news: Option<T>, any: &mut bool) -> T {
    *any |= news.is_some();
    news.unwrap_or_else(S::bottom)
}

/// The same type, so that an error in generated code stands at the place of that code and not a second time at the user's token.
pub type Same<T> = T;

/// Stands for a value in an impl that stands for one that could not be derived. Nothing calls it: the mistake keeps the crate from
/// being built.
///
/// # Panics
///
/// Always.
pub fn stub<T>() -> T {
    panic!("this impl stands for one that could not be derived")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strategies::ByMax;

    #[test]
    fn a_field_without_news_is_bottom_and_one_with_news_is_noted() {
        let mut any = false;
        assert_eq!((or_bottom_by::<ByMax, u8>(None, &mut any), any), (0, false));
        assert_eq!((or_bottom_by::<ByMax, u8>(Some(3), &mut any), any), (3, true));
        assert_eq!((or_bottom_by::<ByMax, u8>(None, &mut any), any), (0, true));
    }
}
