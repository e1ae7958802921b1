//! The impls of an enum: tables as data, and one call each into the code that reads them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::parse_quote;

use super::bounds::whole;
use crate::model::{Enum, Model, poset::Tables};

/// Every impl of a finite lattice that `#[derive(Lattice)]` stands for.
pub(super) fn emit_finite(model: &Model<'_>, shape: &Enum<'_, Tables>, p: &TokenStream) -> TokenStream {
    let mut items = emit_lattice(model, p);
    items.extend(emit_tables(model, shape, p));
    items.extend(emit_index(model, shape));
    items.extend(emit_thresholds(model, p));
    items
}

/// ```ignore
/// impl __p::Lattice for Status {
///     fn join(&mut self, __other: Self) -> bool { __p::finite::join(self, __other) }
///     ..
/// }
/// ```
fn emit_lattice(model: &Model<'_>, p: &TokenStream) -> TokenStream {
    let (parameters, _, clause) = model.input.generics.split_for_impl();
    let whole = whole(model);
    let joins = quote! {
        fn join(&mut self, __other: Self) -> bool {
            #p::finite::join(self, __other)
        }

        fn join_ref(&mut self, __other: &Self) -> bool {
            #p::finite::join(self, #p::finite::of(__other))
        }
    };
    let conflicts = quote! {
        fn conflict(&self) -> #p::Option<#p::Conflict> {
            #p::finite::conflict(#p::finite::of(self))
        }

        fn incompatible(&self, __other: &Self) -> #p::Option<#p::Conflict> {
            #p::finite::incompatible(#p::finite::of(self), #p::finite::of(__other))
        }
    };
    quote! {
        #[automatically_derived]
        impl #parameters #p::Lattice for #whole #clause {
            #joins

            fn lattice_cmp(&self, __other: &Self) -> #p::Option<#p::Ordering> {
                #p::finite::cmp(#p::finite::of(self), #p::finite::of(__other))
            }

            fn leq(&self, __other: &Self) -> bool {
                #p::finite::leq(#p::finite::of(self), #p::finite::of(__other))
            }

            #conflicts
        }
    }
}

/// The tables stand outside the impl: of an enum that is not `Copy`, which `Finite` asks for, that impl is the only error.
///
/// ```ignore
/// const __NAMES: &[&str] = &["New", "Paid", ..];
/// const __JOIN: &[u8] = b"\x00\x01..";
/// const __CONFLICT: &[bool] = &[false, false, ..];
/// impl __p::Bottom for Status { .. }
/// impl __p::Finite for Status {
///     const NAMES: &'static [&'static str] = __NAMES;
///     const BOTTOM: u8 = 0;
///     ..
/// }
/// ```
fn emit_tables(model: &Model<'_>, shape: &Enum<'_, Tables>, p: &TokenStream) -> TokenStream {
    let (parameters, _, clause) = model.input.generics.split_for_impl();
    let whole = whole(model);
    let Enum { variants, names, order: Tables { bottom, conflict, join }, .. } = shape;
    let least = &variants[*bottom];
    let (bottom, joins) = (Literal::usize_unsuffixed(*bottom), Literal::byte_string(join));
    let conflicts = (0..variants.len()).map(|variant| *conflict == Some(variant));
    let positions = (0..variants.len()).map(Literal::usize_unsuffixed);
    let tables = quote! {
        const __NAMES: &[&str] = &[#(#names),*];
        const __JOIN: &[u8] = #joins;
        const __CONFLICT: &[bool] = &[#(#conflicts),*];

        #[automatically_derived]
        impl #parameters #p::Bottom for #whole #clause {
            fn bottom() -> Self {
                Self::#least
            }

            fn is_bottom(&self) -> bool {
                self.__lattice_index() == #bottom
            }
        }
    };
    quote! {
        #tables

        #[automatically_derived]
        impl #parameters #p::Finite for #whole #clause {
            const NAMES: &'static [&'static str] = __NAMES;
            const BOTTOM: u8 = #bottom;
            const JOIN: &'static [u8] = __JOIN;
            const CONFLICT: &'static [bool] = __CONFLICT;

            fn index(self) -> u8 {
                self.__lattice_index()
            }

            fn from_index(__index: u8) -> #p::Option<Self> {
                match __index {
                    #(#positions => #p::Some(Self::#variants),)*
                    _ => #p::None,
                }
            }
        }
    }
}

/// The position of a variant, which is not its discriminant: that is the user's to number.
///
/// ```ignore
/// impl Status {
///     const fn __lattice_index(self) -> u8 { match self { Self::New => 0, Self::Paid => 1, .. } }
/// }
/// ```
fn emit_index(model: &Model<'_>, shape: &Enum<'_, Tables>) -> TokenStream {
    let (parameters, _, clause) = model.input.generics.split_for_impl();
    let (whole, variants) = (whole(model), &shape.variants);
    let positions = (0..variants.len()).map(Literal::usize_unsuffixed);
    quote! {
        #[automatically_derived]
        impl #parameters #whole #clause {
            const fn __lattice_index(&self) -> u8 {
                match self {
                    #(Self::#variants => #positions,)*
                }
            }
        }
    }
}

/// What a threshold may name, and whether two of those exclude each other, by the tables.
///
/// ```ignore
/// impl __p::Points for Status { type Point = Self; .. }
/// impl<__A: Literal<Self>, __B: Literal<Self>> __p::Pair<__A, __B> for Status { const VERDICT: Verdict = finite_verdict(..); }
/// impl<__A: Literal<Flat<Self>>, __B: Literal<Flat<Self>>> __p::Distinct<__A, __B> for Status { const DISTINCT: bool = ..; }
/// ```
fn emit_thresholds(model: &Model<'_>, p: &TokenStream) -> TokenStream {
    let (parameters, _, clause) = model.input.generics.split_for_impl();
    let whole = whole(model);
    let with_two = |bound: TokenStream| {
        let mut generics = model.input.generics.clone();
        generics.params.push(parse_quote!(__A: #bound));
        generics.params.push(parse_quote!(__B: #bound));
        generics
    };
    let value = |literal: TokenStream, lattice: TokenStream| quote!(<#literal as #p::Literal<#lattice>>::VALUE.__lattice_index());
    let (a, b) = (value(quote!(__A), quote!(Self)), value(quote!(__B), quote!(Self)));
    // An enum that is not `Eq` is reported at `Finite`; here it would be said once more.
    let written = clause.iter().flat_map(|clause| &clause.predicates);
    let flat = quote!(#p::Flat<Self>);
    let (left, right) = (value(quote!(__A), flat.clone()), value(quote!(__B), flat));
    let (pair, distinct) =
        (with_two(quote!(#p::Literal<Self>)), with_two(quote!(#p::Literal<#p::Flat<Self>>)));
    let ((pair, ..), (distinct, ..)) = (pair.split_for_impl(), distinct.split_for_impl());
    quote! {
        #[automatically_derived]
        impl #parameters #p::Points for #whole #clause {
            type Point = Self;

            fn is_at_least(&self, __point: &Self) -> bool {
                #p::finite::leq(#p::finite::of(__point), #p::finite::of(self))
            }
        }

        #[automatically_derived]
        impl #pair #p::Pair<__A, __B> for #whole #clause {
            const VERDICT: #p::Verdict = #p::finite_verdict(
                __NAMES, __JOIN, __CONFLICT, (#a, #b));
        }

        #[automatically_derived]
        impl #distinct #p::Distinct<__A, __B> for #whole where #(#written,)* for<'__a> #p::Flat<#whole>: #p::Points<Point = #whole> {
            const DISTINCT: bool = #left != #right;
        }
    }
}
