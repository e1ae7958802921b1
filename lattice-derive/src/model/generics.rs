//! Which type parameters a field's type mentions, and whether it mentions the type that is being defined.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{DeriveInput, GenericParam, Type};

/// Whether `ty` mentions a type parameter of `input`.
///
/// Tokens decide, not paths: a macro call in type position may mention a parameter too. A lifetime or the
/// name of an associated type that equals a parameter's name costs a needless bound, never a wrong one.
pub(crate) fn mentions_parameter(ty: &Type, input: &DeriveInput) -> bool {
    let parameters: Vec<&Ident> = input.generics.type_params().map(|parameter| &parameter.ident).collect();
    mentions_one_of(ty, &parameters)
}

/// Whether `ty` mentions a parameter of any kind.
pub(crate) fn mentions_any(ty: &Type, input: &DeriveInput) -> bool {
    let parameters: Vec<&Ident> = input
        .generics
        .params
        .iter()
        .map(|parameter| match parameter {
            GenericParam::Lifetime(lifetime) => &lifetime.lifetime.ident,
            GenericParam::Type(parameter) => &parameter.ident,
            GenericParam::Const(parameter) => &parameter.ident,
        })
        .collect();
    mentions_one_of(ty, &parameters)
}

/// Whether `ty` mentions `input` itself.
pub(crate) fn mentions_self(ty: &Type, input: &DeriveInput) -> bool {
    mentions(&ty.to_token_stream(), &|ident| *ident == input.ident || ident == "Self")
}

fn mentions_one_of(ty: &Type, parameters: &[&Ident]) -> bool {
    !parameters.is_empty() && mentions(&ty.to_token_stream(), &|ident| parameters.contains(&ident))
}

fn mentions(tokens: &TokenStream, wanted: &dyn Fn(&Ident) -> bool) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => wanted(&ident),
        TokenTree::Group(group) => mentions(&group.stream(), wanted),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn mentions_are_found_at_any_depth() {
        let input: DeriveInput = parse_quote!(
            struct Tree<T> {}
        );
        assert!(mentions_parameter(&parse_quote!(BTreeMap<u8, T>), &input));
        assert!(mentions_parameter(&parse_quote!((u8, [T::Output; 3])), &input));
        assert!(!mentions_parameter(&parse_quote!(BTreeMap<u8, U>), &input));
        assert!(mentions_self(&parse_quote!(BTreeMap<T, (u8, Tree<T>)>), &input));
        assert!(mentions_self(&parse_quote!(Option<Box<Self>>), &input));
        assert!(!mentions_self(&parse_quote!(BTreeMap<T, Trees>), &input));
    }
}
