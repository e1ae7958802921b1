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
    threshold::{AtKey, Decided, HasFields, HasKey, Points, message::Message},
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

/// A path steps to a field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no fields",
    label = "a name steps into the fields of a struct",
    note = "the key of a map stands in brackets: `lines[7]`; of a struct under `lex` the first key, which only grows, is compared without its name: `round >= 3`"
)]
pub trait StepsToField {
    /// [`HasFields::NAME`].
    const NAME: &'static str;
    /// [`HasFields::NAMES`].
    const NAMES: &'static [&'static str];
}

#[diagnostic::do_not_recommend]
impl<L: HasFields> StepsToField for L {
    const NAME: &'static str = L::NAME;
    const NAMES: &'static [&'static str] = L::NAMES;
}

/// The position of the field `name` among the `names` of the fields of `whole`.
///
/// # Panics
///
/// At compile time, if there is no such field.
#[must_use]
#[track_caller]
pub const fn position_of(name: &str, whole: &str, names: &'static [&'static str]) -> usize {
    let mut at = 0;
    while at < names.len() {
        if is_same(names[at], name) {
            return at;
        }
        at += 1;
    }
    if is_skipped(name, names) {
        let mut message =
            Message::new(&["`", name, "` of `", whole, "` is skipped, so no threshold names it"]);
        message
            .note(&["a skipped field is outside of the lattice: it is neither joined nor compared"])
            .help(&["wait for a field that is part of the lattice, or remove `skip`"]);
        panic!("{}", message.as_str());
    }
    let mut message = Message::new(&["`", whole, "` has no field `", name, "`"]);
    message.note(&[if names.is_empty() { "it has none" } else { "its fields are `" }]);
    let mut at = 0;
    while at < names.len() {
        message.push(names[at]).push(if at + 1 < names.len() { "`, `" } else { "`" });
        at += 1;
    }
    panic!("{}", message.as_str());
}

/// Whether the field is listed as skipped: as `name (skipped)`.
const fn is_skipped(name: &str, names: &[&str]) -> bool {
    let mut at = 0;
    while at < names.len() {
        if let Some((listed, suffix)) = names[at].as_bytes().split_at_checked(name.len())
            && is_same_bytes(listed, name.as_bytes())
            && is_same_bytes(suffix, b" (skipped)")
        {
            return true;
        }
        at += 1;
    }
    false
}

const fn is_same(left: &str, right: &str) -> bool {
    is_same_bytes(left.as_bytes(), right.as_bytes())
}

const fn is_same_bytes(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// A path steps under a key of a map.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no keys",
    label = "`[key]` needs a map",
    note = "a path steps under a key of a map, and to a field of a struct by its name: `billing.status`"
)]
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
    note = "a `PnCounter` goes both ways, so no count of it stays reached: compare its `.increments` or its `.decrements`",
    note = "of a set from which one can remove, no membership stays reached: wait for the write itself with `at_least(delta)`, or keep beside it a grow-only field (`BTreeSet`) or a `Flat` of what the set is for good"
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
