//! `#[derive(LVar)]`: for a struct a struct of LVars with the same fields; for an enum the one atomic that holds its position.

mod product;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use self::product::Product;
use super::{bounds::whole, paths::Paths};
use crate::model::{Model, Shape};

/// All that `#[derive(LVar)]` emits.
pub(super) fn emit_lvar(model: &Model<'_>, paths: &Paths) -> TokenStream {
    match &model.shape {
        Shape::Struct(shape) => Product::new(model, shape, paths).emit(),
        Shape::Enum(_) => paths.wrap(&emit_finite(model, &paths.inside().to_token_stream())),
    }
}

/// ```ignore
/// impl __p::HasLVar for Status { type LVar = __p::FiniteLVar<Status>; }
/// ```
fn emit_finite(model: &Model<'_>, p: &TokenStream) -> TokenStream {
    let (parameters, _, clause) = model.input.generics.split_for_impl();
    let whole = whole(model);
    quote! {
        #[automatically_derived]
        impl #parameters #p::HasLVar for #whole #clause {
            type LVar = #p::FiniteLVar<Self>;
        }
    }
}
