//! `impl Delta`: a delta of a struct is the struct with bottoms where there is no news; one call a field.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{
    bounds::{Bound, finite_type, where_clause, whole},
    fields::{Join, build, given, same},
};
use crate::model::{Field, Model, Shape, Struct};

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
    let mut conditions = quote!(for<'__a> #whole: #p::Bottom,);
    let methods = match &model.shape {
        Shape::Struct(shape) => {
            conditions.extend(strategy_conditions(shape, p));
            let mut methods = emit_news(shape, p);
            methods.extend(emit_parts(shape, p));
            methods
        }
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

/// That the strategies fit their fields, which is reported by `#[derive(Lattice)]`.
fn strategy_conditions(shape: &Struct<'_>, p: &TokenStream) -> TokenStream {
    let conditions =
        shape.fields.iter().filter(|field| !field.mentions_parameter).map(|field| match Join::of(field, p) {
            Join::Own { .. } => TokenStream::new(),
            Join::By { strategy, .. } => {
                let ty = given(field, p);
                quote_spanned!(field.span()=> for<'__a> #strategy: #p::StrategyDelta<#ty>,)
            }
        });
    conditions.collect()
}

/// ```ignore
/// fn absorb(&mut self, __delta: Self) -> Option<Self> {
///     let mut __any = false;
///     let __news = Self { status: <Status as DeltaField>::or_bottom(<Status as DeltaField>::absorb(&mut self.status, __delta.status), &mut __any), .. };
///     __any.then_some(__news)
/// }
/// ```
fn emit_news(shape: &Struct<'_>, p: &TokenStream) -> TokenStream {
    let absorbed = build(&shape.fields, |field, span| {
        let (member, same) = (&field.member, same(field, p));
        match Join::of(field, p) {
            Join::Own { .. } => quote_spanned! {span=>
                <#same as #p::DeltaField>::or_bottom(<#same as #p::DeltaField>::absorb(&mut self.#member, __delta.#member), &mut __any)
            },
            Join::By { strategy, .. } => quote_spanned! {span=>
                <#strategy as #p::StrategyDelta<#same>>::or_bottom(
                    <#strategy as #p::StrategyDelta<#same>>::absorb(&mut self.#member, __delta.#member), &mut __any
                )
            },
        }
    });
    let missing = build(&shape.fields, |field, span| {
        let (member, same) = (&field.member, same(field, p));
        match Join::of(field, p) {
            Join::Own { .. } => quote_spanned! {span=>
                <#same as #p::DeltaField>::or_bottom(<#same as #p::DeltaField>::diff(&self.#member, &__seen.#member), &mut __any)
            },
            Join::By { strategy, .. } => quote_spanned! {span=>
                <#strategy as #p::StrategyDelta<#same>>::or_bottom(
                    <#strategy as #p::StrategyDelta<#same>>::diff(&self.#member, &__seen.#member), &mut __any
                )
            },
        }
    });
    emit_news_methods(shape, p, &absorbed, &missing)
}

fn emit_news_methods(
    shape: &Struct<'_>,
    p: &TokenStream,
    absorbed: &TokenStream,
    missing: &TokenStream,
) -> TokenStream {
    if shape.fields.is_empty() {
        return quote! {
            fn absorb(&mut self, _: Self) -> #p::Option<Self> {
                #p::None
            }

            fn diff(&self, _: &Self) -> #p::Option<Self> {
                #p::None
            }
        };
    }
    quote! {
        fn absorb(&mut self, __delta: Self) -> #p::Option<Self> {
            let mut __any = false;
            let __news = #absorbed;
            __any.then_some(__news)
        }

        fn diff(&self, __seen: &Self) -> #p::Option<Self> {
            let mut __any = false;
            let __missing = #missing;
            __any.then_some(__missing)
        }
    }
}

/// ```ignore
/// fn parts(&self) -> impl Iterator<Item = Self> {
///     let __parts = iter::empty();
///     let __parts = Iterator::chain(__parts, Iterator::map(<Status as DeltaField>::parts(&self.status), |__part| Self {
///         status: __part,
///         ..<Self as Bottom>::bottom()
///     }));
///     __parts
/// }
/// ```
fn emit_parts(shape: &Struct<'_>, p: &TokenStream) -> TokenStream {
    let alone = shape.fields.len() == 1;
    let steps = shape.fields.iter().map(|field| {
        let (Field { member, .. }, same, span) = (field, same(field, p), field.span());
        let parts = match Join::of(field, p) {
            Join::Own { .. } => {
                quote_spanned!(span=> <#same as #p::DeltaField>::parts(&self.#member))
            }
            Join::By { strategy, .. } => {
                quote_spanned!(span=> <#strategy as #p::StrategyDelta<#same>>::parts(&self.#member))
            }
        };
        let others = if alone { TokenStream::new() } else { quote!(, ..<Self as #p::Bottom>::bottom()) };
        quote_spanned!(span=> #p::Iterator::map(#parts, |__part| Self { #member: __part #others }))
    });
    quote! {
        fn parts(&self) -> impl #p::Iterator<Item = Self> {
            let __parts = #p::iter::empty::<Self>();
            #(let __parts = #p::Iterator::chain(__parts, #steps);)*
            __parts
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
