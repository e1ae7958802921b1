//! A struct as the tuple of its fields, by value and by reference: the methods of `lattice_core::derived::Product`.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

/// A tuple holds this many; `lattice_core::derived` has tuples up to it. Further ones follow, nested.
const TWELVE: usize = 12;

/// A member of the tuple.
pub(super) enum View<'a> {
    /// A field.
    Of(&'a syn::Member),
    /// Nothing, an empty array, at the place of a field that is left out.
    Nothing,
}

/// ```ignore
/// fn into_values(self) -> <Self::Factors as Factors>::Values { (self.status, self.priority,) }
/// fn from_values((__0, __1,): <Self::Factors as Factors>::Values) -> Self { Self { status: __0, priority: __1 } }
/// fn values(&self) -> <Self::Factors as Factors>::Refs<'_> { (&self.status, &self.priority,) }
/// fn values_mut(&mut self) -> <Self::Factors as Factors>::Muts<'_> { (&mut self.status, &mut self.priority,) }
/// ```
///
/// `also` are fields that are in the struct and not in the tuple, with their values.
pub(super) fn emit_views(views: &[View<'_>], nest: Nest, also: &TokenStream, p: &TokenStream) -> TokenStream {
    let view = |by: &TokenStream| {
        if views.is_empty() {
            // The value of an empty body is `()`, and writing it is a lint.
            return TokenStream::new();
        }
        let values = views.iter().map(|view| match view {
            View::Of(member) => quote!(#by self.#member),
            View::Nothing => quote!(#by []),
        });
        nest.values(values.collect())
    };
    let (by_value, by_reference, by_mutable) = (view(&quote!()), view(&quote!(&)), view(&quote!(&mut)));
    let locals: Vec<_> = (0..views.len()).map(|at| format_ident!("__{at}")).collect();
    let patterns = views.iter().zip(&locals).map(|(view, local)| match view {
        View::Of(_) => local.to_token_stream(),
        View::Nothing => quote!([]),
    });
    let values = nest.values(patterns.collect());
    let built = views.iter().zip(&locals).filter_map(|(view, local)| match view {
        View::Of(member) => Some(quote!(#member: #local,)),
        View::Nothing => None,
    });
    quote! {
        fn into_values(self) -> <Self::Factors as #p::Factors>::Values {
            #by_value
        }

        fn from_values(#values: <Self::Factors as #p::Factors>::Values) -> Self {
            Self { #(#built)* #also }
        }

        fn values(&self) -> <Self::Factors as #p::Factors>::Refs<'_> {
            #by_reference
        }

        fn values_mut(&mut self) -> <Self::Factors as #p::Factors>::Muts<'_> {
            #by_mutable
        }
    }
}

/// How the fields stand in tuples: `(a, b,)`; of more than twelve `((a, .., l,), (m,))`; and keys, under `lex`, each before what it decides
/// about: `(a, (b, (c,)))`.
#[derive(Clone, Copy)]
pub(super) struct Nest {
    /// How many of the first are keys.
    pub(super) n_keys: usize,
}

impl Nest {
    /// The tuple of all values.
    fn values(self, items: Vec<TokenStream>) -> TokenStream {
        let pair = |first, rest| quote!((#first, #rest));
        self.of(items, pair, pair)
    }

    /// The items, as `keyed` puts a key before the rest, and `cat` twelve.
    pub(super) fn of(
        self,
        mut keys: Vec<TokenStream>,
        keyed: impl Fn(TokenStream, TokenStream) -> TokenStream,
        cat: impl Fn(TokenStream, TokenStream) -> TokenStream,
    ) -> TokenStream {
        let others = keys.split_off(self.n_keys);
        let twelves = others.chunks(TWELVE).map(|twelve| quote!((#(#twelve,)*)));
        let others = twelves.rev().reduce(|rest, first| cat(first, rest)).unwrap_or_else(|| quote!(()));
        keys.into_iter().rev().fold(others, |rest, key| keyed(key, rest))
    }
}
