//! The code that a checked model stands for. Nothing here can fail: one file an emitted impl.

mod bounds;
mod by_hand;
mod fields;
mod finite;
mod lvar;
pub(crate) mod paths;
mod product;
mod replicated;
mod standard;
pub(crate) mod stores;
mod sum;
pub(crate) mod threshold;
mod views;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Data, DeriveInput};

use self::paths::Paths;
use crate::{
    check::Checked,
    model::{Field, Model, Shape},
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

/// What `#[derive(Lattice)]` needs of fields, without the impls that a mistake elsewhere in the type prevents: what is wrong with the fields'
/// types is told in the same wave.
pub(crate) fn lattice_needs(_: &DeriveInput, fields: &[Field<'_>], paths: &Paths) -> TokenStream {
    needs(fields, paths, fields::needs_lattice)
}

/// The same of `#[derive(LVar)]`. That of an enum is one lock around the value, and needs nothing of its fields.
pub(crate) fn lvar_needs(input: &DeriveInput, fields: &[Field<'_>], paths: &Paths) -> TokenStream {
    let is_struct = matches!(input.data, Data::Struct(_));
    needs(if is_struct { fields } else { &[] }, paths, fields::needs_lvar)
}

/// The same of `#[derive(Replicate)]`.
pub(crate) fn replicate_needs(_: &DeriveInput, fields: &[Field<'_>], paths: &Paths) -> TokenStream {
    needs(fields, paths, fields::needs_replicate)
}

fn needs(
    fields: &[Field<'_>],
    paths: &Paths,
    need: fn(&Field<'_>, &TokenStream) -> TokenStream,
) -> TokenStream {
    if fields.is_empty() {
        return TokenStream::new();
    }
    paths.wrap(&fields::define_sure_of_all(fields, &quote!(true), &paths.inside().to_token_stream(), need))
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
        _ => replicated::emit_replicated(model, p),
    };
    items.extend(by_hand::emit_deltas(model, p));
    let mut items = paths.wrap(&items);
    items.extend(by_hand::emit_tests(model, paths, &["delta"]));
    items
}
