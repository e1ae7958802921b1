//! The `Threshold` impl, and what stands for the rest after a mistake: so that one mistake gives one message, and no second wave
//! of "`Outcome` is not a threshold set" at every `get`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse_quote;

use crate::{expand::paths::Paths, model::threshold::ThresholdModel};

/// ```ignore
/// impl __p::Threshold for Outcome {
///     type On = Order;
///     const NAME: &'static str = "Outcome";
/// }
/// ```
pub(super) fn emit_threshold_impl(model: &ThresholdModel, on: &impl ToTokens, paths: &Paths) -> TokenStream {
    let (p, ident, name) = (paths.inside(), &model.ident, model.ident.to_string());
    let (impl_generics, type_generics, where_clause) = model.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #p::Threshold for #ident #type_generics #where_clause {
            type On = #on;
            const NAME: &'static str = #name;
        }
    }
}

/// Impls that type-check wherever the right ones would. Without a lattice there is nothing to implement.
///
/// ```ignore
/// impl<__O: ?Sized, __W: ?Sized> __p::Reached<__O, __W> for Outcome {
///     fn reached(_: &__O, _: &mut __W) -> __p::Option<Self> { __p::None }
/// }
/// ```
pub(crate) fn emit_stub(model: &ThresholdModel, paths: &Paths) -> TokenStream {
    let Some(on) = &model.words.on else { return TokenStream::new() };
    let (p, ident) = (paths.inside(), &model.ident);
    let threshold = emit_threshold_impl(model, on, paths);
    let mut generics = model.generics.clone();
    generics.params.push(parse_quote!(__O: ?::core::marker::Sized));
    generics.params.push(parse_quote!(__W: ?::core::marker::Sized));
    let (impl_generics, ..) = generics.split_for_impl();
    let (_, type_generics, where_clause) = model.generics.split_for_impl();
    paths.wrap(&quote! {
        #threshold
        #[automatically_derived]
        impl #impl_generics #p::Reached<__O, __W> for #ident #type_generics #where_clause {
            fn reached(_: &__O, _: &mut __W) -> #p::Option<Self> {
                #p::None
            }
        }
    })
}
