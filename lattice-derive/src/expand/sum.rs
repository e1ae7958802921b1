//! The impls of an enum with data: the order of its variants as tables, its payloads one variant at a time, and one call each into the
//! code that joins them, `lattice_core::sum`.

mod bounds;
mod form;
mod payload;
mod replicate;
mod thresholds;

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};

pub(super) use self::replicate::{emit_lvar, emit_replicate};
use self::{
    bounds::{Ask, where_clause},
    payload::{PayloadField, Variant, Variants},
};
use super::{bounds::whole, finite::index};
use crate::model::{Enum, Model, poset::Tables};

/// Every impl that `#[derive(Lattice)]` stands for.
pub(super) fn emit_lattice(model: &Model<'_>, shape: &Enum<'_, Tables>, p: &TokenStream) -> TokenStream {
    let variants = Variants::new(shape, p);
    let mut items = define_needs(&variants);
    items.extend(emit_methods(model, &variants));
    items.extend(emit_order(shape, &variants));
    items.extend(emit_sum(model, &variants));
    items.extend(emit_bottom(model, shape, &variants));
    items.extend(thresholds::emit_thresholds(model, shape, &variants));
    items
}

/// ```ignore
/// const __S0: bool = <Max<u64> as __p::LatticeField>::HOLDS;
/// const __S1: bool = <String as __p::sum::IsPlainData>::HOLDS;
/// ```
fn define_needs(variants: &Variants<'_>) -> TokenStream {
    let mut constants: TokenStream = variants.fields().map(|field| field.define(&need_of(field))).collect();
    let joined_to = variants.all().filter(|variant| variants.is_joined_to(*variant));
    constants.extend(joined_to.flat_map(Variant::fields).map(PayloadField::define_bottom));
    constants
}

/// `Max<u64> as __p::LatticeField`.
fn need_of(field: PayloadField<'_>) -> TokenStream {
    let (ty, p, span) = (field.field.ty(), field.p(), field.span());
    match field.strategy() {
        _ if field.is_flat() => quote_spanned!(span=> #ty as #p::sum::IsPlainData),
        Some(strategy) => quote_spanned!(span=> #strategy as #p::StrategyField<#ty>),
        None if field.field.is_union() => quote_spanned!(span=> #ty as #p::UnionField),
        None => quote_spanned!(span=> #ty as #p::LatticeField),
    }
}

/// ```ignore
/// impl __p::Lattice for Value {
///     fn join(&mut self, __other: Self) -> bool { __p::sum::join(self, __other) }
///     ..
/// }
/// ```
fn emit_methods(model: &Model<'_>, variants: &Variants<'_>) -> TokenStream {
    let p = variants.p();
    let (parameters, ..) = model.input.generics.split_for_impl();
    let (whole, bounds) = (whole(model), where_clause(model, variants, Ask::Lattice, &TokenStream::new()));
    let joins = quote! {
        fn join(&mut self, __other: Self) -> bool {
            #p::sum::join(self, __other)
        }

        fn join_ref(&mut self, __other: &Self) -> bool
        where
            Self: #p::Clone,
        {
            #p::sum::join_ref(self, __other)
        }
    };
    let order = quote! {
        fn lattice_cmp(&self, __other: &Self) -> #p::Option<#p::Ordering> {
            #p::sum::cmp(self, __other)
        }

        fn leq(&self, __other: &Self) -> bool {
            #p::sum::leq(self, __other)
        }
    };
    let conflicts = quote! {
        fn conflict(&self) -> #p::Option<#p::Conflict> {
            #p::sum::conflict(self)
        }

        fn incompatible(&self, __other: &Self) -> #p::Option<#p::Conflict> {
            #p::sum::incompatible(self, __other)
        }
    };
    quote! {
        #[automatically_derived]
        impl #parameters #p::Lattice for #whole #bounds {
            #joins
            #order
            #conflicts
        }
    }
}

/// ```ignore
/// static __ORDER: __p::sum::Order = __p::sum::Order {
///     names: &["Unknown", "Known", "Varies"],
///     joins: b"\x00\x01\x02..",
///     covers: b"\x00\x02\x02",
///     bottom: Some(0),
///     conflict: None,
/// };
/// ```
fn emit_order(shape: &Enum<'_, Tables>, variants: &Variants<'_>) -> TokenStream {
    let p = variants.p();
    let Enum { names, order: Tables { bottom, conflict, join }, .. } = shape;
    // At most 256 variants, so each position fits a byte.
    let covers: Vec<u8> =
        variants.all().filter_map(|variant| u8::try_from(variants.cover(variant)).ok()).collect();
    let (joins, covers) = (Literal::byte_string(join), Literal::byte_string(&covers));
    let (bottom, conflict) = (index(p, *bottom), index(p, *conflict));
    quote! {
        static __ORDER: #p::sum::Order = #p::sum::Order {
            names: &[#(#names),*],
            joins: #joins,
            covers: #covers,
            bottom: #bottom,
            conflict: #conflict,
        };
    }
}

/// ```ignore
/// impl __p::sum::Sum for Value {
///     fn order() -> &'static __p::sum::Order { &__ORDER }
///     fn index(&self) -> u8 { self.__lattice_index() }
///     fn least_of(__variant: u8) -> Option<Self> { .. }
///     fn join_payload(&mut self, __other: Self) -> bool { .. }
///     fn join_payload_ref(&mut self, __other: &Self) -> bool { .. }
///     fn visit(&self, __other: &Self, __visitor: &mut impl __p::sum::Visitor) { .. }
/// }
/// ```
fn emit_sum(model: &Model<'_>, variants: &Variants<'_>) -> TokenStream {
    let p = variants.p();
    let (parameters, ..) = model.input.generics.split_for_impl();
    let (whole, bounds) = (whole(model), where_clause(model, variants, Ask::Lattice, &TokenStream::new()));
    let least = emit_least(variants);
    let (joins, visit) = (emit_payload_joins(variants), emit_visit(variants));
    quote! {
        #[automatically_derived]
        impl #parameters #p::sum::Sum for #whole #bounds {
            fn order() -> &'static #p::sum::Order {
                &__ORDER
            }

            fn index(&self) -> u8 {
                self.__lattice_index()
            }

            fn least_of(__variant: u8) -> #p::Option<Self> {
                #least
            }

            #joins
            #visit
        }
    }
}

/// ```ignore
/// match __variant { 2 => Some(Self::Varies {}), _ => None }
/// ```
fn emit_least(variants: &Variants<'_>) -> TokenStream {
    let p = variants.p();
    let arms = variants.all().filter(|variant| variants.is_joined_to(*variant)).map(|variant| {
        let index = Literal::usize_unsuffixed(variant.index);
        let built = variant.build(|field| {
            let (way, ty, p) = (field.way(), field.with_bottom(), field.p());
            quote_spanned!(field.span()=> <#way as #p::sum::PayloadBottom<#ty>>::bottom())
        });
        quote!(#index => #p::Some(#built),)
    });
    quote! {
        match __variant {
            #(#arms)*
            _ => #p::None,
        }
    }
}

/// ```ignore
/// fn join_payload(&mut self, __other: Self) -> bool {
///     match (self, __other) {
///         (Self::Int { 0: __a0 }, Self::Int { 0: __b0 }) => {
///             let mut __grew = false;
///             __grew |= <__p::sum::Own as __p::sum::PayloadField<Max<u64>>>::join(__a0, __b0);
///             __grew
///         }
///         _ => false,
///     }
/// }
/// ```
fn emit_payload_joins(variants: &Variants<'_>) -> TokenStream {
    let arms = |method: &str| {
        let arms = variants.joining().map(|variant| (variant, emit_join(variant, method)));
        variants.pair_arms(arms, &quote!(false))
    };
    let (by_value, by_reference) = (arms("join"), arms("join_ref"));
    quote! {
        fn join_payload(&mut self, __other: Self) -> bool {
            match (self, __other) {
                #by_value
            }
        }

        fn join_payload_ref(&mut self, __other: &Self) -> bool {
            match (self, __other) {
                #by_reference
            }
        }
    }
}

fn emit_join(variant: Variant<'_>, method: &str) -> TokenStream {
    let joins = variant.fields().map(|field| {
        let method = proc_macro2::Ident::new(method, field.span());
        let [left, right] = ["__a", "__b"].map(|side| field.variable(side));
        let (way, ty, p) = (field.way(), field.lattice(), field.p());
        quote_spanned! {field.span()=>
            __grew |= <#way as #p::sum::PayloadField<#ty>>::#method(#left, #right);
        }
    });
    quote! {
        {
            let mut __grew = false;
            #(#joins)*
            __grew
        }
    }
}

/// ```ignore
/// fn visit(&self, __other: &Self, __visitor: &mut impl __p::sum::Visitor) {
///     match (self, __other) {
///         (Self::Known { 0: __a0 }, Self::Known { 0: __b0 }) => {
///             __p::sum::Visitor::field::<__p::sum::Plain, i64>(__visitor, None, __a0, __b0);
///         }
///         _ => {}
///     }
/// }
/// ```
fn emit_visit(variants: &Variants<'_>) -> TokenStream {
    let p = variants.p();
    let arms = variants.with_data().map(|variant| {
        let shown = variant.fields().map(|field| {
            let [left, right] = ["__a", "__b"].map(|side| field.variable(side));
            let (way, ty, p, name) = (field.way(), field.lattice(), field.p(), variant.path_of(field));
            quote_spanned! {field.span()=>
                #p::sum::Visitor::field::<#way, #ty>(__visitor, #name, #left, #right);
            }
        });
        (variant, quote!({ #(#shown)* }))
    });
    let arms = variants.pair_arms(arms, &quote!({}));
    quote! {
        fn visit(&self, __other: &Self, __visitor: &mut impl #p::sum::Visitor) {
            match (self, __other) {
                #arms
            }
        }
    }
}

/// Applies where the payload of the least variant has a bottom.
///
/// ```ignore
/// impl __p::Bottom for Value {
///     fn bottom() -> Self { Self::Unknown {} }
///     fn is_bottom(&self) -> bool { match self { Self::Unknown {} => true, _ => false } }
/// }
/// ```
fn emit_bottom(model: &Model<'_>, shape: &Enum<'_, Tables>, variants: &Variants<'_>) -> TokenStream {
    let p = variants.p();
    let least = shape.order.bottom.and_then(|bottom| variants.all().nth(bottom));
    let Some(least) = least.filter(|least| !least.is_flat()) else {
        return TokenStream::new();
    };
    let (parameters, ..) = model.input.generics.split_for_impl();
    let conditions = least.fields().map(|field| {
        let (way, ty, p) = (field.way(), field.ty(), field.p());
        quote_spanned!(field.span()=> for<'__a> #way: #p::sum::PayloadBottom<#ty>,)
    });
    let bounds = where_clause(model, variants, Ask::Lattice, &conditions.collect());
    let bottom = least.build(|field| {
        let (way, ty, p) = (field.way(), field.ty(), field.p());
        quote_spanned!(field.span()=> <#way as #p::sum::PayloadBottom<#ty>>::bottom())
    });
    let is_bottom = variants.arms([(least, emit_is_bottom(least))].into_iter(), &quote!(false));
    let whole = whole(model);
    quote! {
        #[automatically_derived]
        impl #parameters #p::Bottom for #whole #bounds {
            fn bottom() -> Self {
                #bottom
            }

            fn is_bottom(&self) -> bool {
                match self {
                    #is_bottom
                }
            }
        }
    }
}

/// `true && <__p::sum::Own as __p::sum::PayloadBottom<Max<u64>>>::is_bottom(__a0),`.
fn emit_is_bottom(variant: Variant<'_>) -> TokenStream {
    let fields = variant.fields().map(|field| {
        let (way, ty, p, value) = (field.way(), field.ty(), field.p(), field.variable("__a"));
        quote_spanned!(field.span()=> <#way as #p::sum::PayloadBottom<#ty>>::is_bottom(#value))
    });
    quote!(true #(&& #fields)*,)
}
