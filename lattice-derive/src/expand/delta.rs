//! `impl Delta`: a delta of a struct is the struct with bottoms where there is no news; by one call a method.

use proc_macro2::TokenStream;
use quote::quote;

use super::bounds::{Bound, finite_type, where_clause, whole};
use crate::model::{Model, Shape};

/// ```ignore
/// impl __p::Delta for Order where for<'__a> Order: __p::Bottom {
///     fn absorb(&mut self, __delta: Self) -> Option<Self> { .. }
///     fn diff(&self, __seen: &Self) -> Option<Self> { .. }
///     fn parts(&self) -> impl Iterator<Item = Self> { .. }
/// }
/// ```
pub(super) fn emit_delta(model: &Model<'_>, p: &TokenStream) -> TokenStream {
    let (parameters, ..) = model.input.generics.split_for_impl();
    let whole = whole(model);
    // Where a field is no lattice the struct has no bottom. That is reported at the field; said here once more it would be noise.
    let conditions = quote!(for<'__a> #whole: #p::Bottom,);
    let methods = match &model.shape {
        Shape::Struct(_) => emit_product(p),
        Shape::Enum(_) => emit_finite(&finite_type(model, p), p),
    };
    let bounds = where_clause(model, p, Bound::Delta, &conditions);
    quote! {
        #[automatically_derived]
        impl #parameters #p::Delta for #whole #bounds {
            #methods
        }
    }
}

/// Field by field, as `lattice_core::derived` says.
fn emit_product(p: &TokenStream) -> TokenStream {
    quote! {
        fn absorb(&mut self, __delta: Self) -> #p::Option<Self> {
            #p::derived::absorb::<#p::Sure<Self, __S>>(self, __delta)
        }

        fn diff(&self, __seen: &Self) -> #p::Option<Self> {
            #p::derived::diff::<#p::Sure<Self, __S>>(self, __seen)
        }

        fn parts(&self) -> impl #p::Iterator<Item = Self> {
            #p::derived::parts::<#p::Sure<Self, __S>>(self)
        }
    }
}

/// By the tables, as `impl Lattice` for an enum.
fn emit_finite(whole: &TokenStream, p: &TokenStream) -> TokenStream {
    quote! {
        fn absorb(&mut self, __delta: Self) -> #p::Option<Self> {
            #p::finite::absorb::<#whole>(self, __delta)
        }

        fn diff(&self, __seen: &Self) -> #p::Option<Self> {
            #p::finite::diff::<#whole>(#p::finite::of::<#whole>(self), #p::finite::of::<#whole>(__seen))
        }

        fn parts(&self) -> impl #p::Iterator<Item = Self> {
            #p::finite::parts::<#whole>(#p::finite::of::<#whole>(self))
        }
    }
}
