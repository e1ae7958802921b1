//! Stub impls after a mistake, so that the mistake is the only message: whatever else the user's crate does with the type still
//! type-checks. They never run, since the mistake keeps the crate from being built.

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::expand::paths::Paths;

/// Stands in for `#[derive(Lattice)]`.
pub(crate) fn lattice(_input: &DeriveInput, _paths: &Paths) -> TokenStream {
    TokenStream::new()
}

/// Stands in for `#[derive(LVar)]`.
pub(crate) fn lvar(_input: &DeriveInput, _paths: &Paths) -> TokenStream {
    TokenStream::new()
}

/// Stands in for `#[derive(Replicate)]`.
pub(crate) fn replicate(_input: &DeriveInput, _paths: &Paths) -> TokenStream {
    TokenStream::new()
}
