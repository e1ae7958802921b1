//! The where-clauses of the impls of an enum with data. As with structs, a field's type is bounded where it hangs on a type parameter,
//! unless it mentions the enum itself; `bound = ".."` replaces what is inferred.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};

use super::payload::{PayloadField, Variants};
use crate::{expand::bounds::whole, model::Model};

/// What a where-clause asks of the fields.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    /// To be lattices, or plain data; with a bottom where other states join to the variant.
    Lattice,
    /// To have deltas, or to be plain data.
    Delta,
    /// To have a canonical form.
    Codec,
}

/// The where-clause of an impl, with the conditions of `also`; each of those ends with a comma.
pub(super) fn where_clause(
    model: &Model<'_>,
    variants: &Variants<'_>,
    ask: Ask,
    also: &TokenStream,
) -> TokenStream {
    let written = model.input.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let ours = match &model.words.bound {
        Some(said) => said.iter().map(ToTokens::to_token_stream).collect(),
        None => inferred(model, variants, ask),
    };
    quote!(where #(#written,)* #(#ours,)* #also)
}

fn inferred(model: &Model<'_>, variants: &Variants<'_>, ask: Ask) -> Vec<TokenStream> {
    let mut predicates = Vec::new();
    for variant in variants.all() {
        let has_bottom = variants.is_joined_to(variant);
        let fields =
            variant.fields().filter(|field| field.field.mentions_parameter && !field.field.mentions_self);
        predicates.extend(fields.map(|field| on_field(field, ask, has_bottom)));
    }
    let p = variants.p();
    if model.input.generics.type_params().next().is_some() {
        let whole = whole(model);
        predicates.push(quote!(#whole: #p::Clone));
    }
    predicates
}

fn on_field(field: PayloadField<'_>, ask: Ask, has_bottom: bool) -> TokenStream {
    let (ty, p, span) = (field.field.ty(), field.p(), field.span());
    let plain = match ask {
        Ask::Codec => quote_spanned!(span=> #p::Codec + #p::Clone),
        Ask::Lattice | Ask::Delta => quote_spanned!(span=> #p::Clone),
    };
    match (field.strategy(), ask) {
        _ if field.is_flat() && ask != Ask::Codec => quote_spanned!(span=> #ty: #p::sum::PlainData),
        (Some(strategy), Ask::Codec) => {
            quote_spanned!(span=> #strategy: #p::strategies::Strategy<#ty>, #ty: #plain)
        }
        (None, Ask::Codec) => quote_spanned!(span=> #ty: #plain),
        (Some(strategy), Ask::Delta) => {
            quote_spanned!(span=> #strategy: #p::strategies::StrategyDelta<#ty>, #ty: #plain)
        }
        (Some(strategy), _) if has_bottom => {
            quote_spanned!(span=> #strategy: #p::strategies::StrategyBottom<#ty>, #ty: #plain)
        }
        (Some(strategy), _) => quote_spanned!(span=> #strategy: #p::strategies::Strategy<#ty>, #ty: #plain),
        (None, _) => {
            let own = if ask == Ask::Delta { quote!(Delta) } else { quote!(Lattice) };
            let bottom = has_bottom.then(|| quote_spanned!(span=> + #p::Bottom));
            let union = field.field.is_union().then(|| quote_spanned!(span=> + #p::strategies::Union));
            quote_spanned!(span=> #ty: #p::#own + #plain #bottom #union)
        }
    }
}
