//! A struct as the tuple of its fields: all that `#[derive(Lattice)]` says of one. What follows from it, every method of `Lattice` and
//! `Bottom` and what a threshold asks of a field, is ordinary code in `lattice_core::derived`.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;

use super::{
    bounds::{Bound, where_clause, whole},
    fields::{define_sure_of_all, factor, needs_lattice},
};
use crate::model::{Field, Model, Struct};

/// A tuple of factors has this many; `lattice_core::derived` has tuples up to it. Further ones follow, nested.
const TWELVE: usize = 12;

/// ```ignore
/// const __S: bool = <Status as __p::LatticeField>::HOLDS & ..;
/// impl __p::Derived for Order { type By = __p::ByFields; }
/// impl __p::Product for Order {
///     type Factors = __p::Sure<(__p::AsIs<Status>, __p::Under<__p::strategies::ByMax, u64>,), __S>;
///     const NAME: &'static str = "Order";
///     const NAMES: &'static [&'static str] = &["status", "priority"];
///     ..
/// }
/// ```
pub(super) fn emit_product(model: &Model<'_>, shape: &Struct<'_>, p: &TokenStream) -> TokenStream {
    let (parameters, ..) = model.input.generics.split_for_impl();
    let (whole, bounds) = (whole(model), where_clause(model, p, Bound::Lattice, &TokenStream::new()));
    let factors = shape.fields.iter().map(|field| factor(field, p)).collect();
    let factors = nested(factors, &|first, rest| quote!(#p::Cat<#first, #rest>));
    let constant = define_sure_of_all(shape, p, needs_lattice);
    let (name, names) = (model.input.ident.unraw().to_string(), shape.fields.iter().map(listed_name));
    let views = emit_views(shape, p);
    quote! {
        #constant

        #[automatically_derived]
        impl #parameters #p::Derived for #whole #bounds {
            type By = #p::ByFields;
        }

        #[automatically_derived]
        impl #parameters #p::Product for #whole #bounds {
            type Factors = #p::Sure<#factors, __S>;
            const NAME: &'static str = #name;
            const NAMES: &'static [&'static str] = &[#(#names),*];
            #views
        }
    }
}

/// The name of a field for reports and thresholds. A space keeps it from being named.
fn listed_name(field: &Field<'_>) -> String {
    if field.is_skipped() { format!("{} (skipped)", field.name) } else { field.name.clone() }
}

/// The struct, as far as its fields are lattices: a mistake there makes no further one here.
pub(super) fn sure(shape: &Struct<'_>, p: &TokenStream) -> TokenStream {
    if shape.fields.iter().any(|field| !field.hangs) { quote!(#p::Sure<Self, __S>) } else { quote!(Self) }
}

/// ```ignore
/// fn into_values(self) -> <Self::Factors as Factors>::Values { (self.status, self.priority,) }
/// fn from_values((__0, __1,): <Self::Factors as Factors>::Values) -> Self { Self { status: __0, priority: __1 } }
/// fn values(&self) -> <Self::Factors as Factors>::Refs<'_> { (&self.status, &self.priority,) }
/// fn values_mut(&mut self) -> <Self::Factors as Factors>::Muts<'_> { (&mut self.status, &mut self.priority,) }
/// ```
fn emit_views(shape: &Struct<'_>, p: &TokenStream) -> TokenStream {
    let members: Vec<_> = shape.fields.iter().map(|field| &field.member).collect();
    let view = |by: &TokenStream| {
        if members.is_empty() {
            // The value of an empty body is `()`, and writing it is a lint.
            return TokenStream::new();
        }
        let values = members.iter().map(|member| quote!(#by self.#member)).collect();
        nested(values, &|first, rest| quote!((#first, #rest)))
    };
    let (by_value, by_reference, by_mutable) = (view(&quote!()), view(&quote!(&)), view(&quote!(&mut)));
    let locals: Vec<_> = (0..members.len()).map(|at| format_ident!("__{at}").into_token_stream()).collect();
    let values = nested(locals.clone(), &|first, rest| quote!((#first, #rest)));
    quote! {
        fn into_values(self) -> <Self::Factors as #p::Factors>::Values {
            #by_value
        }

        fn from_values(#values: <Self::Factors as #p::Factors>::Values) -> Self {
            Self { #(#members: #locals),* }
        }

        fn values(&self) -> <Self::Factors as #p::Factors>::Refs<'_> {
            #by_reference
        }

        fn values_mut(&mut self) -> <Self::Factors as #p::Factors>::Muts<'_> {
            #by_mutable
        }
    }
}

/// `(a, b,)`; of more than twelve `(a, .., l,)` and the rest, as `cat` puts the two together.
fn nested(mut items: Vec<TokenStream>, cat: &dyn Fn(TokenStream, TokenStream) -> TokenStream) -> TokenStream {
    let rest = if items.len() > TWELVE { items.split_off(TWELVE) } else { Vec::new() };
    let first = quote!((#(#items,)*));
    if rest.is_empty() { first } else { cat(first, nested(rest, cat)) }
}
