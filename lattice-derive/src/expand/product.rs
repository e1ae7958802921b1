//! A struct as the tuple of its fields: all that `#[derive(Lattice)]` says of one. What follows from it, every method of `Lattice` and
//! `Bottom` and what a threshold asks of a field, is ordinary code in `lattice_core::derived`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;

use super::{
    bounds::{Bound, where_clause, whole},
    fields::{define_sure_of_all, factor, needs_lattice},
    views::{Nest, View, emit_views},
};
use crate::model::{Field, Model, Struct};

/// ```ignore
/// const __S: bool = <Status as __p::LatticeField>::HOLDS & ..;
/// impl __p::Derived for Order {
///     type By = __p::ByFields;
///     const NAMES: &'static [&'static str] = &["Order", "status", "priority"];
/// }
/// impl __p::Product for Order {
///     type Factors = __p::Sure<(__p::AsIs<Status>, __p::Under<__p::strategies::ByMax, u64>,), __S>;
///     ..
/// }
/// ```
pub(super) fn emit_product(model: &Model<'_>, shape: &Struct<'_>, p: &TokenStream) -> TokenStream {
    let (parameters, ..) = model.input.generics.split_for_impl();
    let (whole, bounds) = (whole(model), where_clause(model, p, Bound::Lattice, &TokenStream::new()));
    let (fields, nest) = nest(model, shape);
    let factors = fields.iter().map(|field| factor(field, p)).collect();
    let keyed = |key, rest| quote!(#p::Keyed<#key, #rest>);
    let factors = nest.of(factors, keyed, |first, rest| quote!(#p::Cat<#first, #rest>));
    let constant = define_sure_of_all(&shape.fields, &quote!(true), p, needs_lattice);
    let (name, names) =
        (model.input.ident.unraw().to_string(), fields.iter().map(|field| listed_name(field)));
    let views: Vec<_> = fields.iter().map(|field| View::Of(&field.member)).collect();
    let (views, by) =
        (emit_views(&views, nest, &TokenStream::new(), p), way(model, &quote!(#p::ByFields), p));
    quote! {
        #constant

        #[automatically_derived]
        impl #parameters #p::Derived for #whole #bounds {
            type By = #by;
            const NAMES: &'static [&'static str] = &[#name, #(#names),*];
        }

        #[automatically_derived]
        impl #parameters #p::Product for #whole #bounds {
            type Factors = #p::Sure<#factors, __S>;
            #views
        }
    }
}

/// The way in which a derived lattice is made: `by`, or `__p::WithoutBottom<by>` where the type says `no_bottom`.
pub(super) fn way(model: &Model<'_>, by: &TokenStream, p: &TokenStream) -> TokenStream {
    if model.words.no_bottom.is_some() { quote!(#p::WithoutBottom<#by>) } else { by.clone() }
}

/// The fields, as they stand in the tuple: keys first, and under `lex` what is skipped behind the last field.
fn nest<'m>(model: &Model<'_>, shape: &'m Struct<'m>) -> (Vec<&'m Field<'m>>, Nest) {
    let (mut fields, mut others): (Vec<_>, Vec<_>) = shape.fields.iter().partition(|field| field.is_key);
    let nest = Nest { n_keys: fields.len() };
    if model.words.lex.is_some() {
        others.sort_by_key(|field| field.is_skipped());
    }
    fields.append(&mut others);
    (fields, nest)
}

/// The name of a field for reports and thresholds. A space keeps it from being named.
fn listed_name(field: &Field<'_>) -> String {
    if field.is_skipped() { format!("{} (skipped)", field.name) } else { field.name.clone() }
}

/// The struct, as far as its fields are lattices: a mistake there makes no further one here.
pub(super) fn sure(shape: &Struct<'_>, p: &TokenStream) -> TokenStream {
    if shape.fields.iter().any(|field| !field.hangs) { quote!(#p::Sure<Self, __S>) } else { quote!(Self) }
}
