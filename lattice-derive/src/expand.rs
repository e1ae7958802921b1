//! The code that a checked model stands for. Nothing here can fail: one file an emitted impl.

mod bounds;
mod by_hand;
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
    items.extend(by_hand::emit_joins(model, p));
    let mut items = paths.wrap(&items);
    items.extend(by_hand::emit_tests(model, paths, &["lattice", "bottom"]));
    items
}

/// What `#[derive(LVar)]` stands for.
pub(crate) fn lvar(model: &Checked<Model<'_>>, paths: &Paths) -> TokenStream {
    lvar::emit_lvar(model, paths)
}

/// What `#[derive(Replicate)]` stands for.
pub(crate) fn replicate(model: &Checked<Model<'_>>, paths: &Paths) -> TokenStream {
    let p = &paths.inside().to_token_stream();
    let mut items = match &model.shape {
        Shape::Enum(shape) if !shape.is_finite() => sum::emit_replicate(model, shape, p),
        Shape::Struct(shape) => {
            let mut items = fields::define_sure_of_all(shape, p, fields::needs_replicate);
            items.extend(emit_delta_and_codec(model, p));
            items
        }
        Shape::Enum(_) => {
            let mut items = bounds::define_finite(model, p);
            items.extend(emit_delta_and_codec(model, p));
            items
        }
    };
    items.extend(by_hand::emit_deltas(model, p));
    let mut items = paths.wrap(&items);
    items.extend(by_hand::emit_tests(model, paths, &["delta"]));
    items
}

fn emit_delta_and_codec(model: &Model<'_>, p: &TokenStream) -> TokenStream {
    let mut items = delta::emit_delta(model, p);
    items.extend(codec::emit_codec(model, p));
    items
}
