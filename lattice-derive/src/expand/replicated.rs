//! The deltas and the canonical form of a struct or a finite enum: which way they are made. The ways are in
//! `lattice_core::derived`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    bounds::{Bound, where_clause, whole},
    fields::{define_sure_of_all, needs_replicate},
};
use crate::model::{Model, Shape};

/// ```ignore
/// const __S: bool = true & <Status as __p::ReplicateField>::HOLDS & ..;
/// type __By = __p::Sure<__p::ByFields, __S>;
/// impl __p::DerivedDelta for Order { type By = __By; }
/// impl __p::DerivedCodec for Order { type By = __By; }
/// ```
pub(super) fn emit_replicated(model: &Model<'_>, p: &TokenStream) -> TokenStream {
    let (parameters, ..) = model.input.generics.split_for_impl();
    let whole = whole(model);
    let way = define_way(model, p);
    let bounds = |bound| where_clause(model, p, bound, &TokenStream::new());
    let (delta, codec) = (bounds(Bound::Delta), bounds(Bound::Codec));
    quote! {
        #way

        #[automatically_derived]
        impl #parameters #p::DerivedDelta for #whole #delta {
            type By = __By;
        }

        #[automatically_derived]
        impl #parameters #p::DerivedCodec for #whole #codec {
            type By = __By;
        }
    }
}

/// The way, given that it fits where a constant can say so.
fn define_way(model: &Model<'_>, p: &TokenStream) -> TokenStream {
    match &model.shape {
        Shape::Struct(shape) => {
            let constant = define_sure_of_all(&shape.fields, &quote!(true), p, needs_replicate);
            quote!(#constant type __By = #p::Sure<#p::ByFields, __S>;)
        }
        Shape::Enum(_) if model.input.generics.params.is_empty() => {
            let constant = super::bounds::define_finite(model, p);
            quote!(#constant type __By = #p::Sure<#p::ByTables, __FINITE>;)
        }
        Shape::Enum(_) => quote!(type __By = #p::ByTables;),
    }
}
