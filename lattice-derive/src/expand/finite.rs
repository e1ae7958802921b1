//! The impls of an enum: tables as data, and one call each into the code that reads them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::parse_quote;

use super::{bounds::whole, product::way};
use crate::model::{Enum, Model, poset::Tables};

/// Every impl of a finite lattice that `#[derive(Lattice)]` stands for.
pub(super) fn emit_finite(model: &Model<'_>, shape: &Enum<'_, Tables>, p: &TokenStream) -> TokenStream {
    let mut items = emit_derived(model, shape, p);
    items.extend(emit_tables(model, shape, p));
    items.extend(emit_index(model, shape));
    items.extend(emit_indexed(model, p));
    items
}

/// ```ignore
/// impl __p::Derived for Status { type By = __p::ByTables; }
/// impl __p::Chain for Status {} // if it is one
/// ```
fn emit_derived(model: &Model<'_>, shape: &Enum<'_, Tables>, p: &TokenStream) -> TokenStream {
    let (parameters, _, clause) = model.input.generics.split_for_impl();
    let (whole, by) = (whole(model), way(model, &quote!(#p::ByTables), p));
    let chain = shape.order.is_chain().then(|| {
        quote! {
            #[automatically_derived]
            impl #parameters #p::Chain for #whole #clause {}
        }
    });
    quote! {
        #[automatically_derived]
        impl #parameters #p::Derived for #whole #clause {
            type By = #by;
        }

        #chain
    }
}

/// ```ignore
/// impl __p::Finite for Status {
///     const STATES: &'static [Self] = &[Self::New, Self::Paid, ..];
///     const NAMES: &'static [&'static str] = &["New", "Paid", ..];
///     const BOTTOM: Option<u8> = Some(0);
///     const JOIN: &'static [u8] = b"\x00\x01..";
///     const CONFLICT: &'static [bool] = &[false, false, ..];
///     fn index(self) -> u8 { self.__lattice_index() }
/// }
/// ```
fn emit_tables(model: &Model<'_>, shape: &Enum<'_, Tables>, p: &TokenStream) -> TokenStream {
    let (parameters, _, clause) = model.input.generics.split_for_impl();
    let whole = whole(model);
    let Enum { variants, names, order: Tables { bottom, conflict, join }, .. } = shape;
    let bottom = index(p, *bottom);
    let joins = Literal::byte_string(join);
    let conflicts = (0..variants.len()).map(|variant| *conflict == Some(variant));
    quote! {
        #[automatically_derived]
        impl #parameters #p::Finite for #whole #clause {
            const STATES: &'static [Self] = &[#(Self::#variants),*];
            const NAMES: &'static [&'static str] = &[#(#names),*];
            const BOTTOM: #p::Option<u8> = #bottom;
            const JOIN: &'static [u8] = #joins;
            const CONFLICT: &'static [bool] = &[#(#conflicts),*];

            fn index(self) -> u8 {
                self.__lattice_index()
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

/// For thresholds: the position of a point, as a constant.
///
/// ```ignore
/// impl<__L: Points<Point = Self>, __A: Literal<__L>> __p::Indexed<__p::Of<__L, __A>> for Status {
///     const INDEX: u8 = <__A as __p::Literal<__L>>::VALUE.__lattice_index();
/// }
/// ```
fn emit_indexed(model: &Model<'_>, p: &TokenStream) -> TokenStream {
    let (whole, clause) = (whole(model), &model.input.generics.where_clause);
    let mut generics = model.input.generics.clone();
    generics.params.push(parse_quote!(__L: #p::Points<Point = Self>));
    generics.params.push(parse_quote!(__A: #p::Literal<__L>));
    let (parameters, ..) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #parameters #p::Indexed<#p::Of<__L, __A>> for #whole #clause {
            const INDEX: u8 = <__A as #p::Literal<__L>>::VALUE.__lattice_index();
        }
    }
}

/// `Some(0)`: the position of a variant, if there is one.
pub(super) fn index(p: &TokenStream, variant: Option<usize>) -> TokenStream {
    match variant.map(Literal::usize_unsuffixed) {
        Some(variant) => quote!(#p::Some(#variant)),
        None => quote!(#p::None),
    }
}
