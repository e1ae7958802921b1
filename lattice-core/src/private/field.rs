//! What generated code says about a field, so that a field of the wrong type gives one error, at the field, however many impls use it.
//!
//! What a derive needs of the fields is computed once, as a constant, and what follows from it is named only as [`Sure`] of it, which depends
//! on that constant. A constant cannot depend on parameters. In a variant whose field does, the type is named as `<T as LatticeField>::This`: then
//! the errors have the same words at the same place, and the compiler shows them once.

use crate::{
    causal::DotStore,
    derived::{Derived, Product},
    lattice::{Bottom, Chain, Finite, Lattice},
    lattices::{All, Any, Flat, Max, Min},
    strategies::{ByMax, ByMin, Strategy, StrategyChain, Union, Wraps},
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
    note = "`Max<T>` and `Min<T>` need a total order (`Ord`), `Flat<T>` needs `Eq`: a float has both as `Total<f64>`; a list is a set, a `Grow<L>` or a `Prefix<T>`",
    note = "a dot store, such as `AddWinsSet<T>`, is one in a document: `Causal<AddWinsSet<T>>`; several in one document are a struct with `#[derive(DotStore)]`"
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

/// A store, as a field under `#[derive(DotStore)]` must be.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be taken back, so it cannot stand in a struct of dot stores",
    label = "not a dot store",
    note = "what can be taken back is a store: `CausalCounter` for a counter, `AddWinsSet` or `RemoveWinsSet` for a set, `MvRegister` for a value, `EnableWinsFlag` or `DisableWinsFlag` for a flag, `OrMap` for a map, and a struct of these with `#[derive(DotStore)]`",
    note = "the context is that of the whole document: write `S`, and not `Causal<S>`",
    note = "what is never taken back stands beside the document: `struct Page {{ visits: GCounter, body: Causal<Body> }}` with `#[derive(Lattice, Replicate)]`, and `#[derive(DotStore)]` on `Body`"
)]
pub trait StoreField {
    /// Whether it is.
    const HOLDS: bool = true;
}

#[diagnostic::do_not_recommend]
impl<S: DotStore> StoreField for S {}

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
    note = "`max` and `min` need a total order (`Ord`; a float has one as `Total<f64>`); `any` and `all` need `bool`; `by = S` needs `S: Strategy<{T}>`",
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
impl<T, L: Lattice + Wraps<T>, S: Strategy<T, Lattice = L>> StrategyField<T> for S {
    type Plain = T;
    // Not `S::Lattice`: where there is none, the compiler would report that a second time.
    type Lattice = L;
}

/// A key under `#[lattice(lex)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a key under `lex`: its order is not known to be total",
    label = "not a chain",
    note = "under `lex` a greater key replaces all that stands behind it, so of any two keys one must be below the other",
    note = "a chain is `Max`, `Min`, `Any`, `All`, an enum whose variants are ordered one after the other, or a plain value by `max`, `min`, `any`, `all`",
    note = "for a lattice of your own whose order is total: `impl Chain for {Self} {{}}`; for keys in another order use `LexPartial`"
)]
pub trait KeyField {
    /// Whether it may be.
    const HOLDS: bool = true;
}

#[diagnostic::do_not_recommend]
impl<C: Chain> KeyField for C {}

/// A strategy of a key under `#[lattice(lex)]`, where its plain type is `T`.
#[diagnostic::on_unimplemented(
    message = "`{T}` cannot be a key under `lex` by this strategy: its order is not known to be total",
    label = "not a chain",
    note = "under `lex` a greater key replaces all that stands behind it, so of any two keys one must be below the other",
    note = "for a strategy of your own whose order is total: `impl StrategyChain<{T}> for {Self} {{}}`"
)]
pub trait KeyStrategy<T> {
    /// Whether it is.
    const HOLDS: bool = true;
}

#[diagnostic::do_not_recommend]
impl<T: Clone, S: StrategyChain<T>> KeyStrategy<T> for S {}

/// A type that a field outside of the lattice may have.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot be skipped",
    label = "it has no default",
    note = "a bottom and a state that is decoded are made from nothing, and hold the default where a field is skipped: implement `Default`"
)]
pub trait SkippedField {
    /// Whether it may.
    const HOLDS: bool = true;
}

#[diagnostic::do_not_recommend]
impl<T: Default + Clone> SkippedField for T {}

/// [`Strategy`] for what follows from it. A lattice under a strategy is a likely mistake, which [`StrategyField`] reports, so the
/// ready-made ones have this too, as stubs that never run.
pub trait StrategyShape<T> {
    /// [`Strategy::Lattice`].
    type Lattice: Lattice;
    /// [`Wraps::wrap`].
    fn wrap(value: T) -> Self::Lattice;
    /// [`Wraps::unwrap`].
    fn unwrap(state: Self::Lattice) -> T;
}

#[diagnostic::do_not_recommend]
impl<T, L: Lattice + Wraps<T>, S: Strategy<T, Lattice = L>> StrategyShape<T> for S {
    type Lattice = L;

    fn wrap(value: T) -> L {
        L::wrap(value)
    }

    fn unwrap(state: L) -> T {
        state.unwrap()
    }
}

/// Stubs for ready-made lattices under a strategy.
macro_rules! lattices {
    ($([$($t:ident)?] $type:ty),+) => {$(
        lattices!(for ByMax: [$($t)?] $type);
        lattices!(for ByMin: [$($t)?] $type);
    )+};
    (for $strategy:ty: [$($t:ident)?] $type:ty) => {
        #[diagnostic::do_not_recommend]
        impl<$($t)?> StrategyShape<$type> for $strategy {
            type Lattice = Any;

            fn wrap(_: $type) -> Any {
                stub()
            }

            fn unwrap(_: Any) -> $type {
                stub()
            }
        }
    };
}

lattices!([T] Max<T>, [T] Min<T>, [] Any, [] All, [T] Flat<T>);

/// A type that may have `#[lattice(default)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no bottom, so it has no default",
    label = "the default is the least state, and there is none",
    note = "a struct has a bottom if each of its fields has, an enum with data if the payload of its least variant has",
    note = "make the field without one an `Option<_>`, whose `None` is a new bottom; or remove `default`"
)]
pub trait DefaultIsBottom: Sized {
    /// [`Bottom::bottom`].
    fn bottom() -> Self;
}

#[diagnostic::do_not_recommend]
impl<L: Bottom> DefaultIsBottom for L {
    fn bottom() -> Self {
        L::bottom()
    }
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

/// A struct with `#[derive(Lattice)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a lattice",
    label = "this derive needs one",
    note = "derive `Lattice` too: it says how the fields join"
)]
pub trait ProductType {
    /// Whether it is.
    const HOLDS: bool = true;
}

#[diagnostic::do_not_recommend]
impl<P: Derived + Product> ProductType for P {}

/// Stands for a value in an impl that stands for one that could not be derived. Nothing calls it: the mistake keeps the crate from
/// being built.
///
/// # Panics
///
/// Always.
pub fn stub<T>() -> T {
    panic!("this impl stands for one that could not be derived")
}
