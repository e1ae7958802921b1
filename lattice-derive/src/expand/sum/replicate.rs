//! The LVar and the deltas of an enum with data.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::{
    bounds::{Ask, where_clause},
    form::emit_codec,
    payload::{PayloadField, Variant, Variants},
};
use crate::{
    expand::{
        bounds::whole,
        fields::{located, may_lack_deltas},
    },
    model::{Enum, Model, poset::Tables},
};

/// What `#[derive(LVar)]` stands for: one lock around the value.
///
/// ```ignore
/// const __SUM: bool = <Value as __p::sum::Sum>::HOLDS;
/// impl __p::HasLVar for Value where for<'__a> Value: __p::Lattice { type LVar = __p::BehindLock<__p::Sure<Value, __SUM>>; }
/// ```
pub(in crate::expand) fn emit_lvar(
    model: &Model<'_>,
    shape: &Enum<'_, Tables>,
    p: &TokenStream,
) -> TokenStream {
    let variants = Variants::new(shape, p);
    let (parameters, ..) = model.input.generics.split_for_impl();
    let (whole, sum, constant) = (whole(model), sum_type(model, p), define_sum(model, p));
    let also = if model.input.generics.params.is_empty() {
        quote!(for<'__a> #whole: #p::Lattice,)
    } else {
        quote!(#whole: #p::Lockable,)
    };
    let bounds = where_clause(model, &variants, Ask::Lattice, &also);
    quote! {
        #constant

        #[automatically_derived]
        impl #parameters #p::HasLVar for #whole #bounds {
            type LVar = #p::BehindLock<#sum>;
        }
    }
}

/// What `#[derive(Replicate)]` stands for.
pub(in crate::expand) fn emit_replicate(
    model: &Model<'_>,
    shape: &Enum<'_, Tables>,
    p: &TokenStream,
) -> TokenStream {
    let variants = Variants::new(shape, p);
    let mut items: TokenStream = variants.fields().map(|field| field.define(&need_of(field))).collect();
    items.extend(define_sum(model, p));
    items.extend(emit_delta(model, &variants));
    items.extend(emit_sum_delta(model, &variants));
    items.extend(emit_codec(model, &variants));
    items
}

/// `Max<u64> as __p::ReplicateField`.
fn need_of(field: PayloadField<'_>) -> TokenStream {
    let (ty, p, span) = (field.field.ty(), field.p(), field.span());
    match field.strategy() {
        _ if field.is_flat() => quote_spanned!(span=> #ty as #p::CodecField),
        Some(strategy) if may_lack_deltas(field.field) => {
            quote_spanned!(span=> #strategy as #p::StrategyReplicate<#ty>)
        }
        Some(_) => quote_spanned!(span=> #ty as #p::CodecField),
        None => quote_spanned!(span=> #ty as #p::ReplicateField),
    }
}

/// `__p::Sure<Value, __SUM>`: the enum, given that it is a lattice.
pub(super) fn sum_type(model: &Model<'_>, p: &TokenStream) -> TokenStream {
    let whole = whole(model);
    if model.input.generics.params.is_empty() { quote!(#p::Sure<#whole, __SUM>) } else { whole }
}

/// ```ignore
/// const __SUM: bool = <Value as __p::sum::Sum>::HOLDS;
/// ```
fn define_sum(model: &Model<'_>, p: &TokenStream) -> TokenStream {
    if !model.input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let span = model.input.ident.span().resolved_at(Span::call_site());
    let (whole, p) = (whole(model), located(p, span));
    quote_spanned!(span=> const __SUM: bool = <#whole as #p::sum::Sum>::HOLDS;)
}

/// What is conditional on the type as a whole and on its strategies, whose absence `#[derive(Lattice)]` reports.
fn conditions(model: &Model<'_>, variants: &Variants<'_>) -> TokenStream {
    let (whole, p) = (whole(model), variants.p());
    let strategies = variants.joining().flat_map(Variant::fields).filter(|field| field.strategy().is_some());
    let strategies = strategies.filter(|field| !field.field.mentions_parameter).map(|field| {
        let (way, ty, p) = (field.way(), field.ty(), field.p());
        quote_spanned!(field.span()=> for<'__a> #way: #p::sum::PayloadDelta<#ty>,)
    });
    let strategies: TokenStream = strategies.collect();
    quote!(for<'__a> #whole: #p::sum::Sum + #p::Bottom, #strategies)
}

/// ```ignore
/// impl __p::Delta for Value where for<'__a> Value: __p::sum::Sum + __p::Bottom {
///     fn absorb(&mut self, __delta: Self) -> Option<Self> { __p::sum::absorb::<Value>(self, __delta) }
///     ..
/// }
/// ```
fn emit_delta(model: &Model<'_>, variants: &Variants<'_>) -> TokenStream {
    let p = variants.p();
    let (parameters, ..) = model.input.generics.split_for_impl();
    let (whole, sum) = (whole(model), sum_type(model, p));
    let bounds = where_clause(model, variants, Ask::Delta, &conditions(model, variants));
    quote! {
        #[automatically_derived]
        impl #parameters #p::Delta for #whole #bounds {
            fn absorb(&mut self, __delta: Self) -> #p::Option<Self> {
                #p::sum::absorb::<#sum>(self, __delta)
            }

            fn diff(&self, __seen: &Self) -> #p::Option<Self> {
                #p::sum::diff::<#sum>(self, __seen)
            }

            fn forged(&self, __delta: &Self, __writer: #p::WriterId) -> #p::Option<#p::Forged> {
                #p::sum::forged::<#sum>(self, __delta, __writer)
            }

            fn parts(&self) -> impl #p::Iterator<Item = Self> {
                #p::sum::parts::<#sum>(self)
            }
        }
    }
}

/// ```ignore
/// impl __p::sum::SumDelta for Value where .. {
///     fn bottom_of(__variant: u8) -> Option<Self> { match __variant { 0 => Some(Self::Unknown {}), .., _ => None } }
///     fn has_bottom_payload(&self) -> bool { .. }
///     fn absorb_payload(&mut self, __delta: Self) -> Option<Self> { .. }
///     fn diff_payload(&self, __seen: &Self) -> Option<Self> { .. }
///     fn forged_payload(&self, __delta: &Self, __writer: __p::WriterId) -> Option<__p::Forged> { .. }
///     fn payload_parts(&self) -> Box<dyn Iterator<Item = Self> + '_> { .. }
/// }
/// ```
fn emit_sum_delta(model: &Model<'_>, variants: &Variants<'_>) -> TokenStream {
    let p = variants.p();
    let (parameters, ..) = model.input.generics.split_for_impl();
    let whole = whole(model);
    let bounds = where_clause(model, variants, Ask::Delta, &conditions(model, variants));
    let (bottoms, news) = (emit_bottoms(variants), emit_news(variants));
    let (forged, parts) = (emit_forged(variants), emit_parts(variants));
    quote! {
        #[automatically_derived]
        impl #parameters #p::sum::SumDelta for #whole #bounds {
            #bottoms
            #news
            #forged
            #parts
        }
    }
}

/// `<__p::sum::Own as __p::sum::PayloadDelta<Max<u64>>>`.
fn delta_of(field: PayloadField<'_>) -> TokenStream {
    let (way, ty, p) = (field.way(), field.ty(), field.p());
    quote_spanned!(field.span()=> <#way as #p::sum::PayloadDelta<#ty>>)
}

fn emit_bottoms(variants: &Variants<'_>) -> TokenStream {
    let p = variants.p();
    let bottoms = variants.all().filter(|variant| !variant.is_flat()).map(|variant| {
        let index = Literal::usize_unsuffixed(variant.index);
        let built = variant.build(|field| {
            let delta = delta_of(field);
            quote_spanned!(field.span()=> #delta::bottom())
        });
        quote!(#index => #p::Some(#built),)
    });
    let are_bottom = variants.joining().map(|variant| {
        let fields = variant.fields().map(|field| {
            let (delta, value) = (delta_of(field), field.variable("__a"));
            quote_spanned!(field.span()=> #delta::is_bottom(#value))
        });
        (variant, quote!(true #(&& #fields)*,))
    });
    let are_bottom = variants.arms(are_bottom, &quote!(true));
    quote! {
        fn bottom_of(__variant: u8) -> #p::Option<Self> {
            match __variant {
                #(#bottoms)*
                _ => #p::None,
            }
        }

        fn has_bottom_payload(&self) -> bool {
            match self {
                #are_bottom
            }
        }
    }
}

/// ```ignore
/// (Self::Int { 0: __a0 }, Self::Int { 0: __b0 }) => {
///     let mut __any = false;
///     let __news = Self::Int { 0: PayloadDelta::or_bottom(PayloadDelta::absorb(__a0, __b0), &mut __any) };
///     __any.then_some(__news)
/// }
/// ```
fn emit_news(variants: &Variants<'_>) -> TokenStream {
    let p = variants.p();
    let arms = |method: &str| {
        let arms = variants.joining().map(|variant| {
            let news = variant.build(|field| {
                let method = proc_macro2::Ident::new(method, field.span());
                let [left, right] = ["__a", "__b"].map(|side| field.variable(side));
                let delta = delta_of(field);
                quote_spanned!(field.span()=> #delta::or_bottom(#delta::#method(#left, #right), &mut __any))
            });
            (variant, quote!({ let mut __any = false; let __news = #news; __any.then_some(__news) }))
        });
        variants.pair_arms(arms, &quote!(#p::None))
    };
    let (absorb, diff) = (arms("absorb"), arms("diff"));
    quote! {
        fn absorb_payload(&mut self, __delta: Self) -> #p::Option<Self> {
            match (self, __delta) {
                #absorb
            }
        }

        fn diff_payload(&self, __seen: &Self) -> #p::Option<Self> {
            match (self, __seen) {
                #diff
            }
        }
    }
}

/// ```ignore
/// (Self::Int { 0: __a0 }, Self::Int { 0: __b0 }) => {
///     None.or_else(|| PayloadDelta::forged(__a0, __b0, __writer, None))
/// }
/// ```
fn emit_forged(variants: &Variants<'_>) -> TokenStream {
    if variants.joining().next().is_none() {
        return TokenStream::new();
    }
    let p = variants.p();
    let arms = variants.joining().map(|variant| {
        let steps = variant.fields().map(|field| {
            let [left, right] = ["__a", "__b"].map(|side| field.variable(side));
            let (delta, name) = (delta_of(field), variant.path_of(field));
            quote_spanned!(field.span()=> .or_else(|| #delta::forged(#left, #right, __writer, #name)))
        });
        (variant, quote!({ #p::None #(#steps)* }))
    });
    let arms = variants.pair_arms(arms, &quote!(#p::None));
    quote! {
        fn forged_payload(&self, __delta: &Self, __writer: #p::WriterId) -> #p::Option<#p::Forged> {
            match (self, __delta) {
                #arms
            }
        }
    }
}

/// ```ignore
/// Self::Int { 0: __a0 } => {
///     let __parts = __p::iter::empty::<Self>();
///     let __parts = __p::Iterator::chain(__parts, __p::Iterator::map(PayloadDelta::parts(__a0), |__part| Self::Int { 0: __part }));
///     __p::Box::new(__parts)
/// }
/// ```
fn emit_parts(variants: &Variants<'_>) -> TokenStream {
    let p = variants.p();
    let arms = variants.joining().map(|variant| {
        let steps = variant.fields().map(|part| {
            let (delta, value) = (delta_of(part), part.variable("__a"));
            let built = variant.build(|field| {
                if field.field.member == part.field.member {
                    return quote!(__part);
                }
                let delta = delta_of(field);
                quote_spanned!(field.span()=> #delta::bottom())
            });
            quote_spanned!(part.span()=> #p::Iterator::map(#delta::parts(#value), |__part| #built))
        });
        let body = quote! {
            {
                let __parts = #p::iter::empty::<Self>();
                #(let __parts = #p::Iterator::chain(__parts, #steps);)*
                #p::Box::new(__parts)
            }
        };
        (variant, body)
    });
    let arms = variants.arms(arms, &quote!(#p::Box::new(#p::iter::empty::<Self>())));
    quote! {
        fn payload_parts(&self) -> #p::Box<dyn #p::Iterator<Item = Self> + '_> {
            match self {
                #arms
            }
        }
    }
}
