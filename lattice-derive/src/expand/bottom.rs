//! `impl Bottom` for a struct, which applies where every field has a bottom.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{
    bounds::{Bound, where_clause, whole},
    fields::{Join, build, given, same},
};
use crate::model::{Field, Model, Struct};

/// ```ignore
/// impl __p::Bottom for Order where for<'__a> Status: __p::BottomField, .. {
///     fn bottom() -> Self { Self { status: <Status as BottomField>::bottom(), .. } }
///     fn is_bottom(&self) -> bool { true && <Status as BottomField>::is_bottom(&self.status) && .. }
/// }
/// ```
pub(super) fn emit_bottom(model: &Model<'_>, shape: &Struct<'_>, p: &TokenStream) -> TokenStream {
    let (parameters, ..) = model.input.generics.split_for_impl();
    let conditions = shape.fields.iter().map(|field| condition(field, p)).collect();
    let (whole, bounds) = (whole(model), where_clause(model, p, Bound::Lattice, &conditions));
    let bottom = build(&shape.fields, |field, span| match Join::of(field, p) {
        Join::Own { .. } => {
            let same = same(field, p);
            quote_spanned!(span=> <#same as #p::BottomField>::bottom())
        }
        Join::By { strategy, plain } => {
            quote_spanned!(span=> <#strategy as #p::strategies::StrategyBottom<#plain>>::bottom())
        }
    });
    let is_bottom = shape.fields.iter().map(|field| {
        let (member, span) = (&field.member, field.span());
        match Join::of(field, p) {
            Join::Own { .. } => {
                let same = same(field, p);
                quote_spanned!(span=> <#same as #p::BottomField>::is_bottom(&self.#member))
            }
            Join::By { strategy, plain } => {
                quote_spanned!(span=> #p::strategies::is_bottom::<#strategy, #plain>(&self.#member))
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl #parameters #p::Bottom for #whole #bounds {
            fn bottom() -> Self {
                #bottom
            }

            fn is_bottom(&self) -> bool {
                true #(&& #is_bottom)*
            }
        }
    }
}

/// `for<'__a> Status: __p::Bottom,`.
fn condition(field: &Field<'_>, p: &TokenStream) -> TokenStream {
    let ty = given(field, p);
    match Join::of(field, p) {
        Join::Own { .. } => quote_spanned!(field.span()=> for<'__a> #ty: #p::BottomField,),
        Join::By { strategy, .. } => {
            quote_spanned!(field.span()=> for<'__a> #strategy: #p::strategies::StrategyBottom<#ty>,)
        }
    }
}
