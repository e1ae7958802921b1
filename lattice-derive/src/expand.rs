//! The code that a checked model stands for. Nothing here can fail: one file an emitted impl.

pub(crate) mod paths;

use proc_macro2::TokenStream;

use self::paths::Paths;
use crate::{check::Checked, model::Model};

/// What `#[derive(Lattice)]` stands for.
pub(crate) fn lattice(model: &Checked<Model<'_>>, paths: &Paths) -> TokenStream {
    let _ = (&model.input, paths);
    TokenStream::new()
}

/// What `#[derive(LVar)]` stands for.
pub(crate) fn lvar(model: &Checked<Model<'_>>, paths: &Paths) -> TokenStream {
    let _ = (&model.input, paths);
    TokenStream::new()
}

/// What `#[derive(Replicate)]` stands for.
pub(crate) fn replicate(model: &Checked<Model<'_>>, paths: &Paths) -> TokenStream {
    let _ = (&model.input, paths);
    TokenStream::new()
}
