//! `#[derive(LVar)]`: for a struct a struct of LVars with the same fields; for an enum the one atomic that holds its position, or one
//! lock around its value if it has data. Under `lex` a field may be replaced, so a struct has one lock as well.

mod product;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use self::product::Product;
use super::{
    bounds::{Bound, define_finite, finite_type, where_clause, whole},
    paths::Paths,
    sum,
};
use crate::model::{Model, Shape};

/// All that `#[derive(LVar)]` emits.
pub(super) fn emit_lvar(model: &Model<'_>, paths: &Paths) -> TokenStream {
    match &model.shape {
        Shape::Struct(_) if model.words.lex.is_some() => {
            paths.wrap(&emit_locked(model, &paths.inside().to_token_stream()))
        }
        Shape::Struct(shape) => Product::new(model, shape, paths).emit(),
        Shape::Enum(shape) if !shape.is_finite() => {
            paths.wrap(&sum::emit_lvar(model, shape, &paths.inside().to_token_stream()))
        }
        Shape::Enum(_) => paths.wrap(&emit_finite(model, &paths.inside().to_token_stream())),
    }
}

/// ```ignore
/// impl __p::HasLVar for Status { type LVar = __p::FiniteLVar<Status>; }
/// ```
fn emit_finite(model: &Model<'_>, p: &TokenStream) -> TokenStream {
    let (parameters, ..) = model.input.generics.split_for_impl();
    let whole = whole(model);
    let (constant, finite) = (define_finite(model, p), finite_type(model, p));
    let bounds = where_clause(model, p, Bound::LVar, &quote!(for<'__a> #whole: #p::Lattice,));
    quote! {
        #constant

        #[automatically_derived]
        impl #parameters #p::HasLVar for #whole #bounds {
            type LVar = #p::FiniteLVar<#finite>;
        }
    }
}

/// ```ignore
/// impl __p::HasLVar for Round where for<'__a> Round: __p::Lattice { type LVar = __p::BehindLock<Round>; }
/// ```
fn emit_locked(model: &Model<'_>, p: &TokenStream) -> TokenStream {
    let (parameters, ..) = model.input.generics.split_for_impl();
    let whole = whole(model);
    let also = if model.input.generics.params.is_empty() {
        quote!(for<'__a> #whole: #p::Lattice,)
    } else {
        quote!(#whole: #p::Lockable,)
    };
    let bounds = where_clause(model, p, Bound::Lattice, &also);
    quote! {
        #[automatically_derived]
        impl #parameters #p::HasLVar for #whole #bounds {
            type LVar = #p::BehindLock<#whole>;
        }
    }
}
