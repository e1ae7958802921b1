//! `with = module`: the functions of the module as an impl for the type, and the test of their laws.
//!
//! The running example is `struct Order { #[lattice(with = longest)] name: String }`.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Path, Type, ext::IdentExt, spanned::Spanned};

use super::{fields::located, paths::Paths};
use crate::{
    model::{Field, Model},
    syntax::StrategyWord,
};

/// A field that joins by the functions of a module.
struct ByHand<'m> {
    field: &'m Field<'m>,
    module: &'m Path,
    number: Literal,
    p: TokenStream,
}

fn all<'m>(model: &'m Model<'_>, p: &TokenStream) -> impl Iterator<Item = ByHand<'m>> {
    model.fields().filter_map(move |field| match field.strategy {
        Some(StrategyWord::With(module)) => {
            let (number, p) = (Literal::usize_unsuffixed(field.number), located(p, field.span()));
            Some(ByHand { field, module, number, p })
        }
        _ => None,
    })
}

/// What `#[derive(Lattice)]` says of such fields.
pub(super) fn emit_joins(model: &Model<'_>, p: &TokenStream) -> TokenStream {
    let emit = |by_hand: ByHand<'_>| {
        let mut items = by_hand.emit_join();
        if model.words.no_bottom.is_none() {
            items.extend(by_hand.emit_bottom());
        }
        items
    };
    all(model, p).map(emit).collect()
}

/// What `#[derive(Replicate)]` says of them.
pub(super) fn emit_deltas(model: &Model<'_>, p: &TokenStream) -> TokenStream {
    all(model, p).map(|by_hand| by_hand.emit_delta()).collect()
}

/// The tests that stand beside the type, and see what it sees; of a type in a function, where no test is found, the compiler warns. `laws` are the names of the checks in `lattice_core::laws`.
pub(super) fn emit_tests(model: &Model<'_>, paths: &Paths, laws: &[&str]) -> TokenStream {
    let has = |law: &&&str| **law != "bottom" || model.words.no_bottom.is_none();
    let p = &paths.outside();
    let test = |by_hand: ByHand<'_>| {
        laws.iter().filter(has).map(|law| by_hand.emit_test(law)).collect::<TokenStream>()
    };
    all(model, p).map(test).collect()
}

impl ByHand<'_> {
    /// The field's type, as it may stand behind a `&`.
    fn ty(&self) -> TokenStream {
        match self.field.ty() {
            ty @ Type::TraitObject(_) => quote!((#ty)),
            ty => quote!(#ty),
        }
    }

    /// `longest::join`, standing at the path.
    fn function(&self, name: &str) -> TokenStream {
        let module = self.module;
        let name = format_ident!("{name}", span = module.span().resolved_at(Span::call_site()));
        quote_spanned!(module.span()=> #module::#name)
    }

    /// ```ignore
    /// impl __p::strategies::ByHand<0> for Order {
    ///     type Value = String;
    ///     fn join(__value: &mut String, __other: String) -> bool { longest::join(__value, __other) }
    ///     fn cmp(__left: &String, __right: &String) -> Option<Ordering> { longest::cmp(__left, __right) }
    /// }
    /// ```
    fn emit_join(&self) -> TokenStream {
        let Self { field, number, p, .. } = self;
        let (owner, ty) = (field.owner, self.ty());
        let (join, cmp) = (self.function("join"), self.function("cmp"));
        quote! {
            #[automatically_derived]
            impl #p::strategies::ByHand<#number> for #owner {
                type Value = #ty;

                fn join(__value: &mut #ty, __other: #ty) -> bool {
                    #join(__value, __other)
                }

                fn cmp(__left: &#ty, __right: &#ty) -> #p::Option<#p::Ordering> {
                    #cmp(__left, __right)
                }
            }
        }
    }

    /// ```ignore
    /// impl __p::strategies::ByHandBottom<0> for Order { fn bottom() -> String { longest::bottom() } }
    /// ```
    fn emit_bottom(&self) -> TokenStream {
        let Self { field, number, p, .. } = self;
        let (owner, ty, bottom) = (field.owner, self.ty(), self.function("bottom"));
        quote! {
            #[automatically_derived]
            impl #p::strategies::ByHandBottom<#number> for #owner {
                fn bottom() -> #ty {
                    #bottom()
                }
            }
        }
    }

    /// ```ignore
    /// impl __p::strategies::ByHandDelta<0> for Order {
    ///     fn diff(__value: &String, __seen: &String) -> Option<String> { longest::diff(__value, __seen) }
    ///     fn parts(__value: &String) -> Box<dyn Iterator<Item = String> + '_> { Box::new(IntoIterator::into_iter(longest::parts(__value))) }
    /// }
    /// ```
    fn emit_delta(&self) -> TokenStream {
        let Self { field, number, p, .. } = self;
        let (owner, ty) = (field.owner, self.ty());
        let (diff, parts) = (self.function("diff"), self.function("parts"));
        quote! {
            #[automatically_derived]
            impl #p::strategies::ByHandDelta<#number> for #owner {
                fn diff(__value: &#ty, __seen: &#ty) -> #p::Option<#ty> {
                    #diff(__value, __seen)
                }

                fn parts(__value: &#ty) -> #p::Box<dyn #p::Iterator<Item = #ty> + '_> {
                    #p::Box::new(#p::IntoIterator::into_iter(#parts(__value)))
                }
            }
        }
    }

    /// ```ignore
    /// #[cfg(test)]
    /// #[test]
    /// fn order_name_by_hand_lattice() {
    ///     ::lvars::__private::strategies::assert_by_hand::<Order, 0>(longest::samples(), ::lvars::__private::laws::lattice);
    /// }
    /// ```
    fn emit_test(&self, law: &str) -> TokenStream {
        let Self { field, number, p, .. } = self;
        let (owner, samples) = (field.owner, self.function("samples"));
        let type_name = owner.unraw().to_string().to_lowercase();
        let name = format_ident!("{type_name}_{}_by_hand_{law}", field.name, span = Span::call_site());
        let law = format_ident!("{law}");
        quote! {
            #[cfg(test)]
            #[::core::prelude::v1::test]
            fn #name() {
                #p::strategies::assert_by_hand::<#owner, #number>(#samples(), #p::laws::#law);
            }
        }
    }
}
