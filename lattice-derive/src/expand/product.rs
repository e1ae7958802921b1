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
    let layout = Layout::of(model, shape);
    let factors = layout.types(p);
    let constant = define_sure_of_all(&shape.fields, p, needs_lattice);
    let (name, names) = (model.input.ident.unraw().to_string(), layout.fields().map(listed_name));
    let (views, by) = (emit_views(&layout, p), way(model, &quote!(#p::ByFields), p));
    quote! {
        #constant

        #[automatically_derived]
        impl #parameters #p::Derived for #whole #bounds {
            type By = #by;
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

/// The way in which a derived lattice is made: `by`, or `__p::WithoutBottom<by>` where the type says `no_bottom`.
pub(super) fn way(model: &Model<'_>, by: &TokenStream, p: &TokenStream) -> TokenStream {
    if model.words.no_bottom.is_some() { quote!(#p::WithoutBottom<#by>) } else { by.clone() }
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
fn emit_views(layout: &Layout<'_>, p: &TokenStream) -> TokenStream {
    let members: Vec<_> = layout.fields().map(|field| &field.member).collect();
    let view = |by: &TokenStream| {
        if members.is_empty() {
            // The value of an empty body is `()`, and writing it is a lint.
            return TokenStream::new();
        }
        layout.values(members.iter().map(|member| quote!(#by self.#member)))
    };
    let (by_value, by_reference, by_mutable) = (view(&quote!()), view(&quote!(&)), view(&quote!(&mut)));
    let locals: Vec<_> = (0..members.len()).map(|at| format_ident!("__{at}").into_token_stream()).collect();
    let values = layout.values(locals.iter().cloned());
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

/// How the fields stand in tuples: `(a, b,)`; of more than twelve `((a, .., l,), (m,))`; and with keys, under `lex`, each of them before
/// what it decides about: `(a, (b, (c,)))`.
struct Layout<'m> {
    keys: Vec<&'m Field<'m>>,
    /// All fields but the keys; under `lex` the last one, and what is skipped.
    others: Vec<&'m Field<'m>>,
}

impl<'m> Layout<'m> {
    fn of(model: &Model<'_>, shape: &'m Struct<'m>) -> Self {
        let (keys, mut others): (Vec<_>, Vec<_>) = shape.fields.iter().partition(|field| field.is_key);
        if model.words.lex.is_some() {
            others.sort_by_key(|field| field.is_skipped());
        }
        Self { keys, others }
    }

    /// The fields, as they stand there.
    fn fields(&self) -> impl Iterator<Item = &'m Field<'m>> {
        self.keys.iter().chain(&self.others).copied()
    }

    /// The type of all factors: `__p::Keyed<K, (F,)>`.
    fn types(&self, p: &TokenStream) -> TokenStream {
        self.nested(
            self.fields().map(|field| factor(field, p)),
            |key, rest| quote!(#p::Keyed<#key, #rest>),
            |first, rest| quote!(#p::Cat<#first, #rest>),
        )
    }

    /// The tuple of all values.
    fn values(&self, items: impl Iterator<Item = TokenStream>) -> TokenStream {
        let pair = |first, rest| quote!((#first, #rest));
        self.nested(items, pair, pair)
    }

    /// The items, as `keyed` puts a key before the rest, and `cat` twelve.
    fn nested(
        &self,
        items: impl Iterator<Item = TokenStream>,
        keyed: impl Fn(TokenStream, TokenStream) -> TokenStream,
        cat: impl Fn(TokenStream, TokenStream) -> TokenStream,
    ) -> TokenStream {
        let mut keys: Vec<_> = items.collect();
        let others = keys.split_off(self.keys.len());
        let twelves = others.chunks(TWELVE).map(|twelve| quote!((#(#twelve,)*)));
        let others = twelves.rev().reduce(|rest, first| cat(first, rest)).unwrap_or_else(|| quote!(()));
        keys.into_iter().rev().fold(others, |rest, key| keyed(key, rest))
    }
}
