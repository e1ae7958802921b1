//! The code that a checked model stands for. Nothing here can fail: one file an emitted impl.

mod bounds;
mod codec;
mod delta;
mod fields;
mod finite;
mod lvar;
pub(crate) mod paths;
mod product;
mod standard;
mod sum;
pub(crate) mod threshold;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use self::paths::Paths;
use crate::{
    check::Checked,
    model::{Model, Shape},
};

/// What `#[derive(Lattice)]` stands for.
pub(crate) fn lattice(model: &Checked<Model<'_>>, paths: &Paths) -> TokenStream {
    let p = &paths.inside().to_token_stream();
    let (mut items, sure) = match &model.shape {
        Shape::Struct(shape) => (product::emit_product(model, shape, p), product::sure(shape, p)),
        Shape::Enum(shape) if shape.is_finite() => (finite::emit_finite(model, shape, p), quote!(Self)),
        Shape::Enum(shape) => (sum::emit_lattice(model, shape, p), quote!(Self)),
    };
    items.extend(standard::emit_standard(model, &sure, p));
    paths.wrap(&items)
}

/// What `#[derive(LVar)]` stands for.
pub(crate) fn lvar(model: &Checked<Model<'_>>, paths: &Paths) -> TokenStream {
    lvar::emit_lvar(model, paths)
}

/// What `#[derive(Replicate)]` stands for.
pub(crate) fn replicate(model: &Checked<Model<'_>>, paths: &Paths) -> TokenStream {
    let p = &paths.inside().to_token_stream();
    if let Shape::Enum(shape) = &model.shape
        && !shape.is_finite()
    {
        return paths.wrap(&sum::emit_replicate(model, shape, p));
    }
    let mut items = match &model.shape {
        Shape::Struct(shape) => fields::define_sure_of_all(shape, p, fields::needs_replicate),
        Shape::Enum(_) => bounds::define_finite(model, p),
    };
    items.extend(delta::emit_delta(model, p));
    items.extend(codec::emit_codec(model, p));
    paths.wrap(&items)
}
