//! The one path through which generated code reaches this project: `<crate>::__private`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Path;

/// Where generated code finds everything it names besides the user's own tokens.
#[derive(Clone, Debug)]
pub(crate) struct Paths {
    krate: TokenStream,
}

impl Paths {
    /// Paths below `krate`, as `crate = path` says, or below `::lvars`.
    pub(crate) fn new(krate: Option<&Path>) -> Self {
        Self { krate: krate.map_or_else(|| quote!(::lvars), ToTokens::to_token_stream) }
    }

    /// `<crate>::__private`, for what stands outside the wrapper: a generated struct.
    pub(crate) fn outside(&self) -> TokenStream {
        let krate = &self.krate;
        quote!(#krate::__private)
    }

    /// `__p`: the name of the private path inside the wrapper.
    pub(crate) fn inside(&self) -> Ident {
        Ident::new("__p", Span::call_site())
    }

    /// Puts generated impls where their names meet nobody else's.
    ///
    /// ```ignore
    /// const _: () = {
    ///     use ::lvars::__private as __p;
    ///     impl __p::Lattice for Order { .. }
    /// };
    /// ```
    pub(crate) fn wrap(&self, items: &TokenStream) -> TokenStream {
        let (private, p) = (self.outside(), self.inside());
        quote! {
            const _: () = {
                use #private as #p;
                #items
            };
        }
    }
}
