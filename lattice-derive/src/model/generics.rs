//! Which type parameters a field's type mentions, and whether it mentions the type that is being defined.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{DeriveInput, Type};

/// Whether impls for a field of type `ty` hang on a type parameter of `input` and can be asked for in a where-clause.
///
/// Tokens decide, not paths: a macro call in type position may mention a parameter too. A lifetime or the
/// name of an associated type that equals a parameter's name costs a needless bound, never a wrong one.
pub(crate) fn needs_bound(ty: &Type, input: &DeriveInput) -> bool {
    let parameters: Vec<&Ident> = input.generics.type_params().map(|parameter| &parameter.ident).collect();
    let tokens = ty.to_token_stream();
    let mentions_parameter = mentions(&tokens, &|ident| parameters.contains(&ident));
    mentions_parameter && !mentions(&tokens, &|ident| *ident == input.ident || ident == "Self")
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
    fn only_types_that_hang_on_a_parameter_and_not_on_themselves_need_a_bound() {
        let input: DeriveInput = parse_quote!(
            struct Tree<T> {}
        );
        assert!(needs_bound(&parse_quote!(BTreeMap<u8, T>), &input));
        assert!(needs_bound(&parse_quote!(T::Output), &input));
        assert!(!needs_bound(&parse_quote!(BTreeMap<u8, u8>), &input));
        assert!(!needs_bound(&parse_quote!(BTreeMap<T, Tree<T>>), &input));
        assert!(!needs_bound(&parse_quote!(BTreeMap<T, Self>), &input));
    }
}
