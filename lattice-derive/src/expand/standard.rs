//! Std's traits, where a word on the type asks for them: `default` for `Default`, `partial_ord` for `PartialOrd`.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::{bounds::whole, fields::located};
use crate::model::Model;

/// `Default` is the bottom, and `PartialOrd` the lattice order. `sure` is the type, as far as its fields are lattices.
///
/// ```ignore
/// impl Default for Order { fn default() -> Self { <__p::Sure<Order, __S> as __p::DefaultIsBottom>::bottom() } }
/// impl __p::PartialOrd for Order {
///     fn partial_cmp(&self, __other: &Self) -> Option<Ordering> {
///         <__p::Sure<Order, __S> as __p::Lattice>::lattice_cmp(self, __other)
///     }
/// }
/// ```
pub(super) fn emit_standard(model: &Model<'_>, sure: &TokenStream, p: &TokenStream) -> TokenStream {
    let (parameters, ..) = model.input.generics.split_for_impl();
    let whole = whole(model);
    let mut items = TokenStream::new();
    if let Some(word) = &model.words.default {
        // At the word, which is what to remove from a type without a bottom.
        let at = word.span().resolved_at(Span::call_site());
        let bounds = conditions(model, &quote!(#p::Bottom));
        let (sure, p) = (located(sure, at), located(p, at));
        let bottom = quote_spanned!(at=> <#sure as #p::DefaultIsBottom>::bottom());
        items.extend(quote! {
            #[automatically_derived]
            impl #parameters #p::Default for #whole #bounds {
                fn default() -> Self {
                    #bottom
                }
            }
        });
    }
    if model.words.partial_ord.is_some() {
        let bounds = conditions(model, &quote!(#p::Lattice + #p::PartialEq));
        items.extend(quote! {
            #[automatically_derived]
            impl #parameters #p::PartialOrd for #whole #bounds {
                fn partial_cmp(&self, __other: &Self) -> #p::Option<#p::Ordering> {
                    <#sure as #p::Lattice>::lattice_cmp(self, __other)
                }
            }
        });
    }
    items
}

/// With type parameters the impl applies where the type is what it must be; without any it applies, or that is a mistake.
fn conditions(model: &Model<'_>, bound: &TokenStream) -> TokenStream {
    let whole = whole(model);
    let written = model.input.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let ours = model.input.generics.type_params().next().map(|_| quote!(#whole: #bound));
    quote!(where #(#written,)* #ours)
}
