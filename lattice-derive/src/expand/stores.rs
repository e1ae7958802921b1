//! A struct of stores as its fields, one inside the other: all that `#[derive(DotStore)]` says. What follows from it is ordinary code in
//! `lattice_core::causal::fields`.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::ext::IdentExt;

use super::{
    bounds::whole,
    fields::{define_sure_of_all, located},
    paths::Paths,
};
use crate::{
    check::Checked,
    model::{Field, Model, Shape},
};

/// ```ignore
/// const __S: bool = true & <MvRegister<String> as __p::StoreField>::HOLDS & ..;
/// impl __p::Default for Page { .. }
/// impl __p::StoreStruct for Page {
///     type Fields = __p::Sure<(MvRegister<String>, (AddWinsSet<String>, ())), __S>;
///     const NAMES: &'static [&'static str] = &["Page", "title", "tags"];
///     ..
/// }
/// ```
pub(crate) fn emit(model: &Checked<Model<'_>>, paths: &Paths) -> TokenStream {
    let Shape::Struct(shape) = &model.shape else { return TokenStream::new() };
    let p = &paths.inside().to_token_stream();
    let constant = define_sure_of_all(&shape.fields, &quote!(true), p, needs_store);
    let (parameters, ..) = model.input.generics.split_for_impl();
    let (whole, bounds) = (whole(model), where_clause(model, &shape.fields, p));
    let fields = nest(shape.fields.iter().map(|field| field.ty().to_token_stream()));
    let fields = quote!(#p::Sure<#fields, __S>);
    let name = model.input.ident.unraw().to_string();
    let names = shape.fields.iter().map(|field| &field.name);
    let (default, views) = (emit_default(&shape.fields, &fields, p), emit_views(&shape.fields, p));
    paths.wrap(&quote! {
        #constant

        #[automatically_derived]
        impl #parameters #p::Default for #whole #bounds {
            #default
        }

        #[automatically_derived]
        impl #parameters #p::StoreStruct for #whole #bounds {
            type Fields = #fields;
            const NAMES: &'static [&'static str] = &[#name, #(#names),*];
            #views
        }
    })
}

/// Not by way of `StoreStruct`, which asks for more than this: what it lacks is told once.
///
/// ```ignore
/// fn default() -> Self {
///     let (__0, (__1, ())) = <__p::Sure<(MvRegister<String>, (AddWinsSet<String>, ())), __S> as __p::StoreFields>::empty();
///     Self { title: __0, tags: __1 }
/// }
/// ```
fn emit_default(fields: &[Field<'_>], ty: &TokenStream, p: &TokenStream) -> TokenStream {
    let (pattern, built) = build(fields);
    quote! {
        fn default() -> Self {
            let #pattern = <#ty as #p::StoreFields>::empty();
            #built
        }
    }
}

/// `(__0, (__1, ()))` and `Self { title: __0, tags: __1 }`.
fn build(fields: &[Field<'_>]) -> (TokenStream, TokenStream) {
    let locals: Vec<_> = (0..fields.len()).map(|at| format_ident!("__{at}")).collect();
    let members = fields.iter().map(|field| &field.member);
    (nest(locals.iter().map(ToTokens::to_token_stream)), quote!(Self { #(#members: #locals),* }))
}

/// ```ignore
/// fn from_fields((__0, (__1, ())): Self::Fields) -> Self { Self { title: __0, tags: __1 } }
/// fn into_fields(self) -> Self::Fields { (self.title, (self.tags, ())) }
/// fn fields(&self) -> <Self::Fields as __p::StoreFields>::Refs<'_> { (&self.title, (&self.tags, ())) }
/// fn fields_mut(&mut self) -> <Self::Fields as __p::StoreFields>::Muts<'_> { (&mut self.title, (&mut self.tags, ())) }
/// ```
fn emit_views(fields: &[Field<'_>], p: &TokenStream) -> TokenStream {
    let (pattern, built) = build(fields);
    let view = |by: &TokenStream| match fields {
        // The value of an empty body is `()`, and writing it is a lint.
        [] => TokenStream::new(),
        _ => nest(fields.iter().map(|Field { member, .. }| quote!(#by self.#member))),
    };
    let (by_value, by_reference, by_mutable) = (view(&quote!()), view(&quote!(&)), view(&quote!(&mut)));
    quote! {
        fn from_fields(#pattern: Self::Fields) -> Self {
            #built
        }

        fn into_fields(self) -> Self::Fields {
            #by_value
        }

        fn fields(&self) -> <Self::Fields as #p::StoreFields>::Refs<'_> {
            #by_reference
        }

        fn fields_mut(&mut self) -> <Self::Fields as #p::StoreFields>::Muts<'_> {
            #by_mutable
        }
    }
}

/// `(a, (b, ()))`.
fn nest(items: impl DoubleEndedIterator<Item = TokenStream>) -> TokenStream {
    items.rev().fold(quote!(()), |rest, item| quote!((#item, #rest)))
}

/// `MvRegister<String> as __p::StoreField`.
fn needs_store(field: &Field<'_>, p: &TokenStream) -> TokenStream {
    let ty = field.ty();
    quote_spanned!(field.span()=> #ty as #p::StoreField)
}

/// A field whose type hangs on a type parameter is bounded, and the struct itself, to be what the derives of std make of it where the
/// parameters are.
fn where_clause(model: &Model<'_>, fields: &[Field<'_>], p: &TokenStream) -> TokenStream {
    let written = model.input.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let ours: Vec<TokenStream> = match &model.words.bound {
        Some(said) => said.iter().map(ToTokens::to_token_stream).collect(),
        None => {
            let on_fields = fields.iter().filter(|field| field.mentions_parameter).map(|field| {
                let (ty, p) = (field.ty(), located(p, field.span()));
                quote_spanned!(field.span()=> #ty: #p::DotStore)
            });
            let on_whole = model.input.generics.type_params().next().map(|_| {
                let whole = whole(model);
                quote!(#whole: #p::Clone + #p::PartialEq + #p::fmt::Debug)
            });
            on_fields.chain(on_whole).collect()
        }
    };
    quote!(where #(#written,)* #(#ours,)*)
}
