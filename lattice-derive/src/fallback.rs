//! Stub impls after a mistake, so that the mistake is the only message: whatever else the user's crate does with the type still
//! type-checks. They never run, since the mistake keeps the crate from being built.
//!
//! They ask nothing of the type and little of its parameters, so a stub may stand where the derived impl would not.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{Data, DeriveInput, ext::IdentExt, parse_quote};

use crate::{expand::paths::Paths, syntax::ContainerWords};

/// Stands in for `#[derive(Lattice)]`.
pub(crate) fn lattice(input: &DeriveInput, words: &ContainerWords, paths: &Paths) -> TokenStream {
    let p = &paths.inside().to_token_stream();
    let mut items = stub_lattice(input, p);
    if matches!(input.data, Data::Enum(_)) {
        items.extend(stub_finite(input, p));
    }
    items.extend(stub_standard(input, words, p));
    paths.wrap(&items)
}

/// Stands in for `#[derive(Replicate)]`.
pub(crate) fn replicate(input: &DeriveInput, _: &ContainerWords, paths: &Paths) -> TokenStream {
    let p = &paths.inside().to_token_stream();
    let delta = head(input, &quote!(#p::Delta), &condition(input, &quote!(#p::Bottom + #p::Clone)));
    let codec = head(input, &quote!(#p::Codec), &TokenStream::new());
    paths.wrap(&quote! {
        #delta {
            fn absorb(&mut self, _: Self) -> #p::Option<Self> { #p::stub() }
            fn diff(&self, _: &Self) -> #p::Option<Self> { #p::stub() }
            fn parts(&self) -> impl #p::Iterator<Item = Self> { #p::iter::empty::<Self>() }
        }

        #codec {
            fn encode(&self, _: &mut #p::Vec<u8>) {}
            fn decode(_: &mut #p::Decoder<'_>) -> #p::Result<Self, #p::DecodeError> { #p::stub() }
            fn describe(_: &mut #p::Description) {}
        }
    })
}

/// Stands in for `#[derive(DotStore)]`: a store without fields.
pub(crate) fn dot_store(input: &DeriveInput, paths: &Paths) -> TokenStream {
    let p = &paths.inside().to_token_stream();
    let default = head(input, &quote!(#p::Default), &TokenStream::new());
    let known = condition(input, &quote!(#p::Clone + #p::PartialEq + #p::fmt::Debug));
    let store = head(input, &quote!(#p::StoreStruct), &known);
    paths.wrap(&quote! {
        #default {
            fn default() -> Self { #p::stub() }
        }

        #store {
            type Fields = ();
            const NAMES: &'static [&'static str] = &[];
            fn from_fields((): ()) -> Self { #p::stub() }
            fn into_fields(self) {}
            fn fields(&self) {}
            fn fields_mut(&mut self) {}
        }
    })
}

/// Stands in for `#[derive(LVar)]`: an LVar without fields.
pub(crate) fn lvar(input: &DeriveInput, _: &ContainerWords, paths: &Paths) -> TokenStream {
    let (outside, p) = (paths.outside(), &paths.inside().to_token_stream());
    let name = format_ident!("{}LVar", input.ident.unraw(), span = input.ident.span());
    let (vis, whole) = (&input.vis, whole(input));
    let (parameters, arguments, clause) = input.generics.split_for_impl();
    let has_lvar = head(input, &quote!(#p::HasLVar), &TokenStream::new());
    let at_least = stub_at_least(input, &quote!(#name #arguments), p);
    let impls = quote! {
        #at_least

        #has_lvar {
            type LVar = #name #arguments;
        }

        impl #parameters #p::LVarType for #name #arguments #clause {
            type Lattice = #whole;
            fn with_origin(_: #p::Origin) -> Self { #p::stub() }
            fn freeze(&self, _: impl #p::MayFreeze) -> #p::Result<Self::Lattice, #p::Conflict> { #p::stub() }
            fn into_value(self) -> #p::Result<Self::Lattice, #p::Conflict> { #p::stub() }
            fn at_element(&self, _: Self::Lattice, _: &mut #p::Watch) -> bool { #p::stub() }
        }

        impl #parameters #p::Put for #name #arguments #clause {
            fn put(&self, _: impl #p::Into<Self::Lattice>) -> #p::Result<(), #p::PutError> { #p::stub() }
        }
    };
    let impls = paths.wrap(&impls);
    quote! {
        #[doc(hidden)]
        #vis struct #name #parameters (#outside::Marker<fn() -> #whole>) #clause;
        #impls
    }
}

/// Lets a threshold read look at the LVar of an enum, whose states are points. A struct's are not: then the condition is false.
fn stub_at_least(input: &DeriveInput, lvar: &TokenStream, p: &TokenStream) -> TokenStream {
    let whole = whole(input);
    let (parameters, ..) = input.generics.split_for_impl();
    let written = input.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    quote! {
        #[automatically_derived]
        impl #parameters #p::AtLeast<#whole, #p::Watch> for #lvar
        where
            #(#written,)* for<'__a> #whole: #p::Points,
        {
            fn at_least(&self, _: &<#whole as #p::Points>::Point, _: &mut #p::Watch) -> bool { #p::stub() }
        }
    }
}

fn stub_lattice(input: &DeriveInput, p: &TokenStream) -> TokenStream {
    let nothing = TokenStream::new();
    let (lattice, bottom) =
        (head(input, &quote!(#p::Lattice), &nothing), head(input, &quote!(#p::Bottom), &nothing));
    quote! {
        #lattice {
            fn join(&mut self, _: Self) -> bool { #p::stub() }
            fn lattice_cmp(&self, _: &Self) -> #p::Option<#p::Ordering> { #p::stub() }
        }

        #bottom {
            fn bottom() -> Self { #p::stub() }
            fn is_bottom(&self) -> bool { #p::stub() }
        }
    }
}

/// What the words `default` and `partial_ord` ask for.
fn stub_standard(input: &DeriveInput, words: &ContainerWords, p: &TokenStream) -> TokenStream {
    let default = words.default.as_ref().map(|_| {
        let head = head(input, &quote!(#p::Default), &TokenStream::new());
        quote!(#head { fn default() -> Self { #p::stub() } })
    });
    let partial_ord = words.partial_ord.as_ref().map(|_| {
        let head = head(input, &quote!(#p::PartialOrd), &condition(input, &quote!(#p::PartialEq)));
        quote!(#head { fn partial_cmp(&self, _: &Self) -> #p::Option<#p::Ordering> { #p::stub() } })
    });
    quote!(#default #partial_ord)
}

/// Says of all pairs of points that they exclude each other, lest a threshold on the enum adds a mistake of its own.
fn stub_finite(input: &DeriveInput, p: &TokenStream) -> TokenStream {
    let finite = head(input, &quote!(#p::Finite), &condition(input, &quote!(#p::Copy + #p::Eq)));
    let points = head(input, &quote!(#p::Points), &condition(input, &quote!(#p::Clone)));
    let pair = stub_of_two(input, &quote!(#p::Pair), &whole(input), p);
    let flat = whole(input);
    let distinct = stub_of_two(input, &quote!(#p::Distinct), &quote!(#p::Flat<#flat>), p);
    quote! {
        #finite {
            const STATES: &'static [Self] = &[];
            const NAMES: &'static [&'static str] = &[];
            const BOTTOM: #p::Option<u8> = #p::None;
            const JOIN: &'static [u8] = &[];
            const CONFLICT: &'static [bool] = &[];
            fn index(self) -> u8 { #p::stub() }
        }

        #points {
            type Point = Self;
            fn is_at_least(&self, _: &Self) -> bool { #p::stub() }
        }

        #pair {
            const VERDICT: #p::Verdict = #p::Verdict::Incompatible;
        }

        #distinct {
            const DISTINCT: bool = true;
        }
    }
}

/// `impl<__A, __B> __p::Pair<__A, __B> for Status where __A: __p::Literal<Status>, ..`.
fn stub_of_two(input: &DeriveInput, of: &TokenStream, lattice: &TokenStream, p: &TokenStream) -> TokenStream {
    let whole = whole(input);
    let mut generics = input.generics.clone();
    generics.params.push(parse_quote!(__A: #p::Literal<#lattice>));
    generics.params.push(parse_quote!(__B: #p::Literal<#lattice>));
    let (parameters, ..) = generics.split_for_impl();
    let written = input.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    quote! {
        #[automatically_derived]
        impl #parameters #of<__A, __B> for #whole where #(#written,)* for<'__a> #lattice: #p::Points,
    }
}

/// `impl<T> __p::Lattice for Order<T> where ..`, with the where-clause that the user wrote and `also`.
fn head(input: &DeriveInput, of: &TokenStream, also: &TokenStream) -> TokenStream {
    let whole = whole(input);
    let (parameters, ..) = input.generics.split_for_impl();
    let written = input.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    quote!(#[automatically_derived] impl #parameters #of for #whole where #(#written,)* #also)
}

/// A condition on the type that may be false: `for<'__a> Order<T>: __p::Clone,`.
fn condition(input: &DeriveInput, bound: &TokenStream) -> TokenStream {
    let whole = whole(input);
    quote!(for<'__a> #whole: #bound,)
}

fn whole(input: &DeriveInput) -> TokenStream {
    let ident = &input.ident;
    let (_, arguments, _) = input.generics.split_for_impl();
    quote!(#ident #arguments)
}
