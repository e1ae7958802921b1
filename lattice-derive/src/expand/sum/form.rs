//! The canonical form of an enum with data, and its description.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;

use super::{
    bounds::{Ask, where_clause},
    payload::{Variant, Variants},
    replicate::sum_type,
};
use crate::{expand::bounds::whole, model::Model};

/// The position of the variant, then its fields in order.
///
/// ```ignore
/// impl __p::Codec for Value {
///     fn encode(&self, __out: &mut Vec<u8>) {
///         match self {
///             Self::Known { 0: __a0 } => { __p::sum::encode_index(1, __out); CodecField::encode(__a0, __out); }
///             ..
///         }
///     }
///     fn decode(__input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
///         match __p::sum::decode_index(__input)? {
///             1 => Ok(Self::Known { 0: CodecField::decode(__input)? }),
///             ..
///             _ => Err(__p::sum::no_such_variant(__input)),
///         }
///     }
///     fn describe(__out: &mut __p::Description) { .. }
/// }
/// ```
pub(super) fn emit_codec(model: &Model<'_>, variants: &Variants<'_>) -> TokenStream {
    let p = variants.p();
    let (parameters, ..) = model.input.generics.split_for_impl();
    let bounds = where_clause(model, variants, Ask::Codec, &conditions(model, variants));
    let (whole, described) = (whole(model), emit_describe(model, variants));
    let encoded = variants.all().map(emit_encode);
    let decoded = variants.all().map(|variant| {
        let index = Literal::usize_unsuffixed(variant.index);
        let built = variant.build(|field| {
            let (ty, p) = (field.ty(), field.p());
            quote_spanned!(field.span()=> <#ty as #p::CodecField>::decode(__input)?)
        });
        quote!(#index => #p::Ok(#built),)
    });
    quote! {
        #[automatically_derived]
        impl #parameters #p::Codec for #whole #bounds {
            fn encode(&self, __out: &mut #p::Vec<u8>) {
                match self {
                    #(#encoded)*
                }
            }

            fn decode(__input: &mut #p::Decoder<'_>) -> #p::Result<Self, #p::DecodeError> {
                match #p::sum::decode_index(__input)? {
                    #(#decoded)*
                    _ => #p::Err(#p::sum::no_such_variant(__input)),
                }
            }

            #described
        }
    }
}

fn emit_encode(variant: Variant<'_>) -> TokenStream {
    let (pattern, p) = (variant.pattern("__a"), variant.p());
    let index = Literal::usize_unsuffixed(variant.index);
    let fields = variant.fields().map(|field| {
        let (ty, p, value) = (field.ty(), field.p(), field.variable("__a"));
        quote_spanned!(field.span()=> <#ty as #p::CodecField>::encode(#value, __out);)
    });
    quote! {
        #pattern => {
            #p::sum::encode_index(#index, __out);
            #(#fields)*
        }
    }
}

/// ```ignore
/// fn describe(__out: &mut __p::Description) {
///     __p::sum::describe::<__p::Sure<Value, __SUM>>("Value", __out, |__variant, __out| match __variant {
///         1 => { __out.part("0", CodecField::describe); }
///         ..
///         _ => {}
///     });
/// }
/// ```
fn emit_describe(model: &Model<'_>, variants: &Variants<'_>) -> TokenStream {
    let (p, sum, name) = (variants.p(), sum_type(model, variants.p()), model.input.ident.unraw().to_string());
    let arms = variants.all().filter(|variant| variant.fields().next().is_some()).map(|variant| {
        let index = Literal::usize_unsuffixed(variant.index);
        let parts = variant.fields().map(|field| {
            let (ty, p, name) = (field.ty(), field.p(), &field.field.name);
            let describe = match field.strategy() {
                Some(strategy) => quote_spanned!(field.span()=> #p::sum::describe_by::<#strategy, #ty>),
                None => quote_spanned!(field.span()=> <#ty as #p::CodecField>::describe),
            };
            quote!(__out.part(#name, #describe);)
        });
        quote!(#index => { #(#parts)* })
    });
    quote! {
        fn describe(__out: &mut #p::Description) {
            #p::sum::describe::<#sum>(#name, __out, |__variant, __out| match __variant {
                #(#arms)*
                _ => {}
            });
        }
    }
}

/// What is conditional on `#[derive(Lattice)]`, whose absence is reported.
fn conditions(model: &Model<'_>, variants: &Variants<'_>) -> TokenStream {
    let (whole, p) = (whole(model), variants.p());
    let strategies = variants.all().flat_map(Variant::fields).filter_map(|field| {
        let strategy = field.strategy().filter(|_| !field.field.mentions_parameter)?;
        let (ty, p) = (field.ty(), field.p());
        Some(quote_spanned!(field.span()=> for<'__a> #strategy: #p::strategies::Strategy<#ty>,))
    });
    let strategies: TokenStream = strategies.collect();
    quote!(for<'__a> #whole: #p::sum::Sum, #strategies)
}
