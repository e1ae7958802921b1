//! What a threshold may ask of an enum with data: its states are its points, and the payload of a variant that is written once can be bound.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Type, parse_quote};

use super::{
    bounds::{Ask, where_clause},
    payload::{PayloadField, Variant, Variants},
};
use crate::{
    expand::bounds::whole,
    model::{Enum, Model, poset::Tables},
};

/// The position of a variant, the points, the verdicts and the decided value.
pub(super) fn emit_thresholds(
    model: &Model<'_>,
    shape: &Enum<'_, Tables>,
    variants: &Variants<'_>,
) -> TokenStream {
    let mut items = emit_inherent(model, variants);
    items.extend(emit_points(model, variants));
    items.extend(emit_pair(model, variants));
    if let Some((variant, field)) = decided(shape, variants) {
        items.extend(emit_decided(model, variants, (variant, field)));
    }
    items
}

/// Functions that constants can call.
///
/// ```ignore
/// impl Value {
///     const fn __lattice_index(&self) -> u8 { match self { Self::Unknown { .. } => 0, .. } }
///     const fn __lattice_differ(&self, __other: &Self) -> bool {
///         match (self, __other) {
///             (Self::Known { 0: __a0 }, Self::Known { 0: __b0 }) => false || *__a0 != *__b0,
///             _ => false,
///         }
///     }
/// }
/// ```
fn emit_inherent(model: &Model<'_>, variants: &Variants<'_>) -> TokenStream {
    let (parameters, _, clause) = model.input.generics.split_for_impl();
    let whole = whole(model);
    let positions = variants.all().map(|Variant { ident, index, .. }| {
        let index = Literal::usize_unsuffixed(index);
        quote!(Self::#ident { .. } => #index,)
    });
    let compared = variants.all().filter(|variant| variant.is_flat()).map(|variant| {
        let fields = variant.fields().filter_map(|field| emit_differ(field, variants.p()));
        (variant, quote!({ #(if #fields { return true; })* false }))
    });
    let differ = variants.pair_arms(compared, &quote!(false));
    quote! {
        #[automatically_derived]
        impl #parameters #whole #clause {
            const fn __lattice_index(&self) -> u8 {
                match self {
                    #(#positions)*
                }
            }

            const fn __lattice_differ(&self, __other: &Self) -> bool {
                match (self, __other) {
                    #differ
                }
            }
        }
    }
}

/// `*__a0 != *__b0` for the types whose values constants can compare.
fn emit_differ(field: PayloadField<'_>, p: &TokenStream) -> Option<TokenStream> {
    const COMPARABLE: [&str; 14] = [
        "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "char",
        "bool",
    ];
    let [left, right] = ["__a", "__b"].map(|side| field.variable(side));
    match field.field.ty() {
        Type::Path(path) if COMPARABLE.iter().any(|name| path.path.is_ident(name)) => {
            Some(quote!(*#left != *#right))
        }
        Type::Reference(reference) => match &*reference.elem {
            Type::Path(path) if path.path.is_ident("str") => {
                Some(quote!(#p::sum::texts_differ(#left, #right)))
            }
            _ => None,
        },
        _ => None,
    }
}

/// ```ignore
/// impl __p::Points for Value where for<'__a> Value: __p::Clone + __p::Send + __p::Sync + 'static {
///     type Point = Self;
///     fn is_at_least(&self, __point: &Self) -> bool { __p::sum::leq(__point, self) }
/// }
/// ```
fn emit_points(model: &Model<'_>, variants: &Variants<'_>) -> TokenStream {
    let p = variants.p();
    let (parameters, ..) = model.input.generics.split_for_impl();
    let whole = whole(model);
    let bounds = where_clause(model, variants, Ask::Lattice, &can_be_point(model, p));
    quote! {
        #[automatically_derived]
        impl #parameters #p::Points for #whole #bounds {
            type Point = Self;

            fn is_at_least(&self, __point: &Self) -> bool {
                #p::sum::leq(__point, self)
            }
        }
    }
}

/// `for<'__a> Value: __p::Clone + ..,`.
fn can_be_point(model: &Model<'_>, p: &TokenStream) -> TokenStream {
    let whole = whole(model);
    quote!(for<'__a> #whole: #p::Clone + #p::Send + #p::Sync + 'static,)
}

/// A payload may need dropping, which constants cannot: what they read is forgotten.
///
/// ```ignore
/// impl<__A: __p::Literal<Self>, __B: __p::Literal<Self>> __p::Pair<__A, __B> for Value where .. {
///     const VERDICT: __p::Verdict = {
///         let (__a, __b) = (<__A as __p::Literal<Self>>::VALUE, <__B as __p::Literal<Self>>::VALUE);
///         let __variants = (__a.__lattice_index(), __b.__lattice_index());
///         let __verdict = __p::sum::verdict(&__ORDER, __variants, __a.__lattice_differ(&__b));
///         ..
///     };
/// }
/// ```
fn emit_pair(model: &Model<'_>, variants: &Variants<'_>) -> TokenStream {
    let p = variants.p();
    let mut generics = model.input.generics.clone();
    generics.params.push(parse_quote!(__A: #p::Literal<Self>));
    generics.params.push(parse_quote!(__B: #p::Literal<Self>));
    let (parameters, ..) = generics.split_for_impl();
    let whole = whole(model);
    let bounds = where_clause(model, variants, Ask::Lattice, &can_be_point(model, p));
    quote! {
        #[automatically_derived]
        impl #parameters #p::Pair<__A, __B> for #whole #bounds {
            const VERDICT: #p::Verdict = {
                let __a = <__A as #p::Literal<Self>>::VALUE;
                let __b = <__B as #p::Literal<Self>>::VALUE;
                let __variants = (__a.__lattice_index(), __b.__lattice_index());
                let __verdict = #p::sum::verdict(&__ORDER, __variants, __a.__lattice_differ(&__b));
                #p::sum::forget(__a);
                #p::sum::forget(__b);
                __verdict
            };
        }
    }
}

/// The value that an outcome may carry: the only field of the only flat variant, if nothing but the conflict is above it. Once there, it
/// is the value in every later state that is in no conflict.
fn decided<'m>(shape: &Enum<'_, Tables>, variants: &Variants<'m>) -> Option<(Variant<'m>, PayloadField<'m>)> {
    let mut flat = variants.all().filter(|variant| variant.is_flat());
    let (variant, None) = (flat.next()?, flat.next()) else { return None };
    let mut fields = variant.fields();
    let (field, None) = (fields.next()?, fields.next()) else { return None };
    (shape.order.conflict == Some(variants.cover(variant))).then_some((variant, field))
}

/// ```ignore
/// impl<__W: ?Sized> __p::Decided<i64, __W> for Value {
///     fn decided(&self, _: &mut __W) -> Option<i64> {
///         match self { Self::Known { 0: __a0 } => Some(Clone::clone(__a0)), _ => None }
///     }
/// }
/// ```
fn emit_decided(
    model: &Model<'_>,
    variants: &Variants<'_>,
    (variant, field): (Variant<'_>, PayloadField<'_>),
) -> TokenStream {
    let p = variants.p();
    let mut generics = model.input.generics.clone();
    generics.params.push(parse_quote!(__W: ?Sized));
    let (parameters, ..) = generics.split_for_impl();
    let (whole, ty) = (whole(model), field.field.ty());
    let bounds = where_clause(model, variants, Ask::Lattice, &TokenStream::new());
    let (pattern, value) = (variant.pattern("__a"), field.variable("__a"));
    quote! {
        #[automatically_derived]
        impl #parameters #p::Decided<#ty, __W> for #whole #bounds {
            fn decided(&self, _: &mut __W) -> #p::Option<#ty> {
                match self {
                    #pattern => #p::Some(#p::Clone::clone(#value)),
                    _ => #p::None,
                }
            }
        }
    }
}
