//! The impls of an enum: tables as data. The code that reads them is in `lattice_core::derived` and `lattice_core::finite`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Data, ext::IdentExt, parse_quote};

use super::{bounds::whole, product::way};
use crate::model::{Enum, Model, poset::Tables};

/// Every impl of a finite lattice that `#[derive(Lattice)]` stands for.
pub(super) fn emit_finite(model: &Model<'_>, shape: &Enum<'_, Tables>, p: &TokenStream) -> TokenStream {
    let mut items = emit_derived(model, shape, p);
    items.extend(emit_tables(model, shape, p));
    items.extend(emit_indexed(model, shape, p));
    items
}

/// ```ignore
/// impl __p::Derived for Status {
///     type By = __p::ByTables;
///     const NAMES: &'static [&'static str] = &["Status", "New", "Paid", ..];
/// }
/// impl __p::Chain for Status {} // if it is one
/// ```
fn emit_derived(model: &Model<'_>, shape: &Enum<'_, Tables>, p: &TokenStream) -> TokenStream {
    let (parameters, _, clause) = model.input.generics.split_for_impl();
    let (whole, by, names) = (whole(model), way(model, &quote!(#p::ByTables), p), &shape.names);
    let name = model.input.ident.unraw().to_string();
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
            const NAMES: &'static [&'static str] = &[#name, #(#names),*];
        }

        #chain
    }
}

/// ```ignore
/// impl __p::Tabled for Status {
///     const STATES: &'static [Self] = &[Self::New, Self::Paid, ..];
///     const TABLES: &'static [u8] = b"\x00\x01..";
///     fn position(self) -> u8 { self as u8 }
/// }
/// ```
fn emit_tables(model: &Model<'_>, shape: &Enum<'_, Tables>, p: &TokenStream) -> TokenStream {
    let (parameters, _, clause) = model.input.generics.split_for_impl();
    let (whole, variants) = (whole(model), &shape.variants);
    let position = emit_position(model, shape, &quote!(self));
    let tables = Literal::byte_string(&lay_out(&shape.order));
    quote! {
        #[automatically_derived]
        impl #parameters #p::Tabled for #whole #clause {
            const STATES: &'static [Self] = &[#(Self::#variants),*];
            const TABLES: &'static [u8] = #tables;

            fn position(self) -> u8 {
                #position
            }
        }
    }
}

/// The joins, and the conflict if there is one: as `Tabled::TABLES` has them.
fn lay_out(order: &Tables) -> Vec<u8> {
    // At most 256 variants, so each position fits a byte.
    let conflict = order.conflict.and_then(|conflict| u8::try_from(conflict).ok());
    order.join.iter().copied().chain(conflict).collect()
}

/// The position of a variant. It is the discriminant, unless the user has numbered them.
///
/// ```ignore
/// self as u8
/// match self { Self::New => 0, Self::Paid => 1, .. }
/// ```
fn emit_position(model: &Model<'_>, shape: &Enum<'_, Tables>, state: &TokenStream) -> TokenStream {
    let Data::Enum(data) = &model.input.data else { return TokenStream::new() };
    if data.variants.iter().all(|variant| variant.discriminant.is_none()) {
        return quote!(#state as u8);
    }
    let variants = &shape.variants;
    let positions = (0..variants.len()).map(Literal::usize_unsuffixed);
    quote! {
        match #state {
            #(Self::#variants => #positions,)*
        }
    }
}

/// For thresholds: the position of a point, as a constant.
///
/// ```ignore
/// impl<__A: __p::LiteralOf<Self>> __p::Indexed<__A> for Status {
///     const INDEX: u8 = <__A as __p::LiteralOf<Self>>::VALUE as u8;
/// }
/// ```
fn emit_indexed(model: &Model<'_>, shape: &Enum<'_, Tables>, p: &TokenStream) -> TokenStream {
    let (whole, clause) = (whole(model), &model.input.generics.where_clause);
    let mut generics = model.input.generics.clone();
    generics.params.push(parse_quote!(__A: #p::LiteralOf<Self>));
    let (parameters, ..) = generics.split_for_impl();
    let position = emit_position(model, shape, &quote!(<__A as #p::LiteralOf<Self>>::VALUE));
    quote! {
        #[automatically_derived]
        impl #parameters #p::Indexed<__A> for #whole #clause {
            const INDEX: u8 = #position;
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
