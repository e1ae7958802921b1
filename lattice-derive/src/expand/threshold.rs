//! What `#[derive(Threshold)]` emits: the paths and points as types, the two impls, and the proofs that outcomes exclude each other.
//!
//! Everything is written in terms of the lattice that `on` names. The type of a field is never spelled: it is what
//! `HasField` says, so that one declaration of the lattice serves the value, its LVar and its replicas.

mod names;
mod proofs;
mod reached;
mod stub;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Type;

use self::names::Names;
use super::paths::Paths;
use crate::{
    check::Checked,
    model::threshold::{Bound, Condition, Outcome, PathId, ShapeId, ThresholdModel},
    syntax::threshold::Payload,
};

pub(crate) use stub::emit_stub;

/// Everything for a checked threshold set.
///
/// ```ignore
/// const _: () = {
///     use ::lvars::__private as __p;
///     const __ON: bool = <Order as __p::IsLattice>::HOLDS;
///     type __On = <__p::Given<Order, __ON> as __p::Granted>::Type;
///     // .. a type for each path and each point
///     impl __p::Threshold for Outcome { .. }
///     impl<__O: ?Sized, __W: ?Sized> __p::Reached<__O, __W> for Outcome where .. { .. }
///     const _: () = __p::assert_incompatible("`Delivered`", "`Failed`", &[..]);
/// };
/// ```
pub(crate) fn emit_threshold(model: &Checked<&ThresholdModel>, paths: &Paths) -> TokenStream {
    // The check stage lets nothing through that has no lattice or no outcomes.
    let (Some(on), Some(outcomes)) = (&model.words.on, &model.outcomes) else { return TokenStream::new() };
    let names = Names::new(&model.paths, paths);
    let types = emit_types(on, outcomes, &names);
    let threshold = stub::emit_threshold_impl(model, &quote!(__On), paths);
    let reached = reached::emit_reached(&model.ident, outcomes, &names);
    let proofs = proofs::emit_proofs(outcomes, &names);
    paths.wrap(&quote! {
        #types
        #threshold
        #reached
        #proofs
    })
}

fn emit_types(on: &Type, outcomes: &[Outcome], names: &Names<'_>) -> TokenStream {
    let on = names.define_on(on);
    let lattices = names.paths().shapes().map(|(shape, node)| names.define_lattice(shape, node));
    let keys = names.paths().keys().map(|(path, node, key)| names.define_key(path, node.shape, key));
    let leaves = compared_shapes(outcomes, names).into_iter().map(|shape| names.define_leaf(shape));
    let points = bounds(outcomes).map(|bound| emit_point(bound, names));
    let values = outcomes.iter().filter_map(|outcome| {
        let (payload, path) = binding(outcome)?;
        Some(names.define_value(outcome, payload, names.paths().shape_of(path)))
    });
    quote! {
        #on
        #(#lattices)*
        #(#keys)*
        #(#leaves)*
        #(#points)*
        #(#values)*
    }
}

/// Every well-formed condition with its outcome.
fn conditions(outcomes: &[Outcome]) -> impl Iterator<Item = (&Outcome, &Condition)> {
    outcomes.iter().flat_map(|outcome| {
        outcome.elements.iter().filter_map(move |element| Some((outcome, element.condition.as_ref()?)))
    })
}

fn bounds(outcomes: &[Outcome]) -> impl Iterator<Item = &Bound> {
    conditions(outcomes).flat_map(|(_, condition)| &condition.bounds)
}

/// The shape of every path that is compared with a point, once.
fn compared_shapes(outcomes: &[Outcome], names: &Names<'_>) -> Vec<ShapeId> {
    let mut shapes = Vec::new();
    for shape in bounds(outcomes).map(|bound| names.paths().shape_of(bound.path)) {
        if !shapes.contains(&shape) {
            shapes.push(shape);
        }
    }
    shapes
}

/// The type that an outcome carries, and the path that it binds, which is the same in each of its conditions.
fn binding(outcome: &Outcome) -> Option<(&Type, PathId)> {
    let Payload::One(payload) = &outcome.payload else { return None };
    let bind = outcome.elements.iter().find_map(|element| element.condition.as_ref()?.binds.first())?;
    Some((payload, bind.path))
}

/// ```ignore
/// enum __E0 {}
/// impl __p::Literal<__P0, __W0> for __E0 {
///     const VALUE: __W0 = Status::Shipped;
/// }
/// ```
fn emit_point(bound: &Bound, names: &Names<'_>) -> TokenStream {
    let (shape, value) = (names.paths().shape_of(bound.path), &bound.point);
    let span = names.span(shape);
    let (p, leaf, form, point) = (names.p_at(span), names.leaf(shape), names.form(shape), names.point(bound));
    let literal = quote_spanned!(span=> #p::Literal<#leaf, #form>);
    quote! {
        enum #point {}
        #[automatically_derived]
        impl #literal for #point {
            const VALUE: #form = #value;
        }
    }
}
