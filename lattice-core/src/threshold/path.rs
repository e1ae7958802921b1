//! What the compiler checks of a threshold set's paths, so that one mistake is one error, where it was made.
//!
//! A path is a chain of types: the lattice of a field, the value under a key of that, and so on. Everything generated for the
//! path names these types, and each mention of a field that does not exist would be an error of its own. So each condition
//! (the field exists, the map has keys ..) is evaluated once, as a constant by a trait of this file, and the types further down the
//! path name that constant as a parameter. If the condition does not hold, the constant is the one error, and the compiler stays
//! silent about types that depend on a constant in error.
//!
//! The blanket impls are hidden from messages, which would otherwise list every lattice there is.

use crate::{
    lattice::Lattice,
    threshold::{AtKey, Decided, Field, HasField, HasKey, Points},
};

/// The type `T`, if the condition that computes `HOLDS` type-checks.
#[derive(Clone, Copy, Debug)]
pub struct Given<T: ?Sized, const HOLDS: bool>(core::marker::PhantomData<T>);

/// Reads the type of a [`Given`].
pub trait Granted {
    /// The type.
    type Type: ?Sized;
}

impl<T: ?Sized> Granted for Given<T, true> {
    type Type = T;
}

/// The lattice of a threshold set is one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a lattice",
    label = "a threshold set needs a lattice whose states it is about",
    note = "annotate the type with `#[derive(Lattice)]`"
)]
pub trait IsLattice {
    /// Whether it is.
    const HOLDS: bool = true;
}

#[diagnostic::do_not_recommend]
impl<L: Lattice> IsLattice for L {}

/// A type that stands for the name of a field. A message about a [`HasFieldNamed`] shows it.
pub trait NamesField {
    /// The name as thresholds know it.
    type Token: FieldToken;
}

/// A [`Field`].
pub trait FieldToken {
    /// The field's name.
    const NAME: u64;
}

impl<const NAME: u64> FieldToken for Field<NAME> {
    const NAME: u64 = NAME;
}

/// A path steps to a field that exists.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no lattice field of this name",
    label = "not a field of `{Self}`",
    note = "a threshold names fields as the struct declares them, tuple fields by their number",
    note = "the key of a map stands in brackets: `lines[7]`"
)]
pub trait HasFieldNamed<N: NamesField> {
    /// The field's name.
    const NAME: u64 = <N::Token as FieldToken>::NAME;
}

#[diagnostic::do_not_recommend]
impl<L: HasField<N::Token>, N: NamesField> HasFieldNamed<N> for L {}

/// A path steps under a key of a map.
#[diagnostic::on_unimplemented(message = "`{Self}` has no keys", label = "`[key]` needs a map")]
pub trait StepsUnder {
    /// Whether it does.
    const HOLDS: bool = true;
}

#[diagnostic::do_not_recommend]
impl<L: HasKey> StepsUnder for L {}

/// A path steps under a string literal.
#[diagnostic::on_unimplemented(
    message = "the keys of `{Self}` are no strings",
    label = "a string literal is not a key of this map",
    note = "a string literal looks into maps of `String` and of `&'static str`; for other keys write a constant of their type"
)]
pub trait StepsUnderText {
    /// Whether it does.
    const HOLDS: bool = true;
}

#[diagnostic::do_not_recommend]
impl<L: AtKey<str, ()>> StepsUnderText for L {}

/// A path ends at a leaf that has points.
#[diagnostic::on_unimplemented(
    message = "a threshold cannot compare `{Self}` with `>=`",
    label = "not a leaf with points",
    note = "compare a leaf: a field of a struct with `field.inner >= value`, the value under a map's key with `map[key] >= value`",
    note = "a `PnCounter` goes both ways, so no count of it stays reached: compare its `.increments` or its `.decrements`"
)]
pub trait EndsInPoints {
    /// Whether it does.
    const HOLDS: bool = true;
}

#[diagnostic::do_not_recommend]
impl<L: Points> EndsInPoints for L {}

/// A path ends where a `T` is decided.
#[diagnostic::on_unimplemented(
    message = "`{Self}` decides no value of type `{T}`",
    label = "this outcome carries a `{T}`",
    note = "an outcome with a payload carries the decided value of a `Flat` path, and has its type"
)]
pub trait EndsDecided<T> {
    /// Whether it does.
    const HOLDS: bool = true;
}

#[diagnostic::do_not_recommend]
impl<L: Decided<T, ()>, T> EndsDecided<T> for L {}
