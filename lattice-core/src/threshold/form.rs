//! How a point is written: as a constant of its own type, or of the type that stands for it where it has no constants.
//!
//! No constant is a `String`, but a `&'static str` says which one is meant. So a type may have a constant form ([`ConstantForm`]); a
//! type without one is its own. Generated code knows the point's type without parameters, so it can ask which of the two holds:
//! [`Probe::IS_WRITTEN_OTHERWISE`] is the inherent constant where there is a form, and else that of [`WrittenAsItself`].

use alloc::{boxed::Box, string::String, sync::Arc};
use core::marker::PhantomData;

/// A type whose points are written as constants of another type, which is turned into the point when the threshold is evaluated.
///
/// `String`, `Box<str>` and `Arc<str>` are written as `&'static str`. A type of yours with strings in it may be too:
///
/// ```
/// use lvars::threshold::ConstantForm;
///
/// #[derive(Clone, Debug, PartialEq, Eq)]
/// struct Sku(String);
///
/// impl From<&'static str> for Sku {
///     fn from(name: &'static str) -> Self {
///         Self(name.to_owned())
///     }
/// }
///
/// impl ConstantForm for Sku {
///     type Form = &'static str;
/// }
/// ```
///
/// That two of its points differ, the compiler does not learn from this: two names could be one `Sku`.
pub trait ConstantForm: From<Self::Form> {
    /// What a point is written as.
    type Form: 'static;
}

impl ConstantForm for String {
    type Form = &'static str;
}

impl ConstantForm for Box<str> {
    type Form = &'static str;
}

impl ConstantForm for Arc<str> {
    type Form = &'static str;
}

/// Asks whether `P` has a constant form.
#[derive(Debug)]
pub struct Probe<P>(PhantomData<P>);

impl<P: ConstantForm> Probe<P> {
    /// It has.
    pub const IS_WRITTEN_OTHERWISE: bool = true;
}

/// What [`Probe`] answers of every type without a constant form.
pub trait WrittenAsItself {
    /// It has none.
    const IS_WRITTEN_OTHERWISE: bool = false;
}

impl<P> WrittenAsItself for Probe<P> {}

/// The type `P`, given what its [`Probe`] answered.
#[derive(Debug)]
pub struct Point<P, const IS_WRITTEN_OTHERWISE: bool>(PhantomData<P>);

/// Reads how a [`Point`] is written.
pub trait Written {
    /// The type of the constant.
    type Form;
}

impl<P> Written for Point<P, false> {
    type Form = P;
}

impl<P: ConstantForm> Written for Point<P, true> {
    type Form = P::Form;
}
