//! `impl Codec`: a struct is its fields in order, each as its type says and whatever its strategy; an enum the position of its variant.

use proc_macro2::TokenStream;
use quote::quote;

use super::bounds::{Bound, finite_type, where_clause, whole};
use crate::model::{Model, Shape};

/// ```ignore
/// impl __p::Codec for Order {
///     fn encode(&self, __out: &mut Vec<u8>) { __p::derived::encode::<__p::Sure<Self, __S>>(self, __out) }
///     fn decode(__input: &mut Decoder<'_>) -> Result<Self, DecodeError> { __p::derived::decode::<__p::Sure<Self, __S>>(__input) }
/// }
/// ```
pub(super) fn emit_codec(model: &Model<'_>, p: &TokenStream) -> TokenStream {
    let (parameters, ..) = model.input.generics.split_for_impl();
    let (whole, bounds) = (whole(model), where_clause(model, p, Bound::Codec, &TokenStream::new()));
    let (encode, decode) = match &model.shape {
        Shape::Struct(_) => (
            quote!(#p::derived::encode::<#p::Sure<Self, __S>>(self, __out)),
            quote!(#p::derived::decode::<#p::Sure<Self, __S>>(__input)),
        ),
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
