//! `impl Codec`: a struct is its fields in order, each as its type says and whatever its strategy; an enum the position of its variant.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{
    bounds::{Bound, finite_type, where_clause, whole},
    fields::{build, same},
};
use crate::model::{Model, Shape, Struct};

/// ```ignore
/// impl __p::Codec for Order {
///     fn encode(&self, __out: &mut Vec<u8>) { <Status as CodecField>::encode(&self.status, __out); .. }
///     fn decode(__input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
///         Ok(Self { status: <Status as CodecField>::decode(__input)?, .. })
///     }
/// }
/// ```
pub(super) fn emit_codec(model: &Model<'_>, p: &TokenStream) -> TokenStream {
    let (parameters, ..) = model.input.generics.split_for_impl();
    let (whole, bounds) = (whole(model), where_clause(model, p, Bound::Codec, &TokenStream::new()));
    let (encode, decode) = match &model.shape {
        Shape::Struct(shape) => struct_bodies(shape, p),
        Shape::Enum(_) => {
            let whole = finite_type(model, p);
            (
                quote!(#p::finite::encode::<#whole>(#p::finite::of::<#whole>(self), __out)),
                quote!(#p::finite::decode::<#whole>(__input)),
            )
        }
    };
    quote! {
        #[automatically_derived]
        impl #parameters #p::Codec for #whole #bounds {
            fn encode(&self, __out: &mut #p::Vec<u8>) {
                #encode
            }

            fn decode(__input: &mut #p::Decoder<'_>) -> #p::Result<Self, #p::DecodeError> {
                #decode
            }
        }
    }
}

fn struct_bodies(shape: &Struct<'_>, p: &TokenStream) -> (TokenStream, TokenStream) {
    let encoded = shape.fields.iter().map(|field| {
        let (member, span) = (&field.member, field.span());
        let ty = same(field, p);
        quote_spanned!(span=> <#ty as #p::CodecField>::encode(&self.#member, __out);)
    });
    let encode = if shape.fields.is_empty() { quote!(let _ = __out;) } else { encoded.collect() };
    let decoded = build(&shape.fields, |field, span| {
        let ty = same(field, p);
        quote_spanned!(span=> <#ty as #p::CodecField>::decode(__input)?)
    });
    let unused = if shape.fields.is_empty() { quote!(let _ = __input;) } else { TokenStream::new() };
    (encode, quote!(#unused #p::Ok(#decoded)))
}
