//! The where-clauses of generated impls; no other file writes one.
//!
//! A field's type is bounded where it hangs on a type parameter: `BTreeMap<K, Flat<V>>: Lattice + Clone`, spanned at that type. A type
//! that mentions the struct itself is not, since proving it would need the impl that is being written; in its stead the
//! struct is known to be `Clone`, which its sets and maps ask for.
//!
//! A condition that may be false without a type parameter, such as `u64: Bottom`, is an error on stable Rust, unless it is quantified
//! over a lifetime. So `for<'__a> u64: Bottom` makes an impl that simply does not apply.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::fields::{Join, located};
use crate::model::{Field, Model, Shape};

/// What a where-clause asks of the fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// To be lattices.
    Lattice,
    /// To have deltas.
    Delta,
    /// To have a canonical form.
    Codec,
    /// To have an LVar.
    LVar,
}

impl Bound {
    /// `__p::Delta`: the trait that a field with its own lattice must implement.
    fn own(self, p: &TokenStream) -> TokenStream {
        match self {
            Self::Lattice => quote!(#p::Lattice),
            Self::Delta => quote!(#p::Delta),
            Self::Codec => quote!(#p::Lattice + #p::Codec),
            Self::LVar => quote!(#p::HasLVar),
        }
    }
}

/// The where-clause of an impl for `model`, with the conditions of `also`; each of those ends with a comma.
pub(super) fn where_clause(
    model: &Model<'_>,
    p: &TokenStream,
    bound: Bound,
    also: &TokenStream,
) -> TokenStream {
    let written = model.input.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let ours = match &model.words.bound {
        Some(said) => said.iter().map(ToTokens::to_token_stream).collect(),
        None => inferred(model, p, bound),
    };
    quote!(where #(#written,)* #(#ours,)* #also)
}

fn inferred(model: &Model<'_>, p: &TokenStream, bound: Bound) -> Vec<TokenStream> {
    let Shape::Struct(shape) = &model.shape else { return Vec::new() };
    let mut predicates: Vec<TokenStream> = shape
        .fields
        .iter()
        .filter(|field| field.mentions_parameter && !field.mentions_self)
        .map(|field| on_field(field, p, bound))
        .collect();
    if model.input.generics.type_params().next().is_some() {
        let whole = whole(model);
        predicates.push(quote!(#whole: #p::Clone));
    }
    predicates
}

fn on_field(field: &Field<'_>, p: &TokenStream, bound: Bound) -> TokenStream {
    let ty = field.ty();
    let span = field.span();
    match Join::of(field, p) {
        Join::Own => {
            let own = bound.own(p);
            let chain = field.is_key.then(|| quote!(+ #p::Chain));
            let union = field.is_union().then(|| quote!(+ #p::strategies::Union));
            quote_spanned!(span=> #ty: #own + #p::Clone #union #chain)
        }
        Join::Skipped => quote_spanned!(span=> #ty: #p::Default + #p::Clone),
        Join::By { strategy } => {
            let by = match bound {
                Bound::Delta => quote!(#p::strategies::StrategyDelta<#ty>),
                Bound::LVar => quote!(#p::strategies::Strategy<#ty> + #p::StrategyLVar<#ty>),
                _ => quote!(#p::strategies::Strategy<#ty>),
            };
            let plain = match bound {
                Bound::Codec => quote!(#p::Codec + #p::Clone),
                _ => quote!(#p::Clone),
            };
            let chain = field.is_key.then(|| quote!(+ #p::strategies::StrategyChain<#ty>));
            quote_spanned!(span=> #strategy: #by #chain, #ty: #plain)
        }
    }
}

/// `__p::Sure<Status, __FINITE>`: an enum, given that it is a finite lattice.
pub(super) fn finite_type(model: &Model<'_>, p: &TokenStream) -> TokenStream {
    let whole = whole(model);
    if model.input.generics.params.is_empty() { quote!(#p::Sure<#whole, __FINITE>) } else { whole }
}

/// ```ignore
/// const __FINITE: bool = <Status as __p::FiniteType>::HOLDS;
/// ```
pub(super) fn define_finite(model: &Model<'_>, p: &TokenStream) -> TokenStream {
    let whole = whole(model);
    let span = model.input.ident.span().resolved_at(Span::call_site());
    let p = located(p, span);
    if model.input.generics.params.is_empty() {
        quote_spanned!(span=> const __FINITE: bool = <#whole as #p::FiniteType>::HOLDS;)
    } else {
        TokenStream::new()
    }
}

/// `Order<'a, T>`: the type itself with its arguments.
pub(super) fn whole(model: &Model<'_>) -> TokenStream {
    let ident: &Ident = &model.input.ident;
    let (_, arguments, _) = model.input.generics.split_for_impl();
    quote!(#ident #arguments)
}
