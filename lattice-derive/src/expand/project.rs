//! The names of a struct's fields, for thresholds: `impl HasField` says which lattice a field has, `impl Project` finds it in an observer.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{
    bounds::{Bound, where_clause, whole},
    fields::Join,
};
use crate::model::{Model, Struct};

/// ```ignore
/// impl __p::HasField<__p::Field<{ __p::field_name("status") }>> for Order {
///     type Lattice = Status;
///     const NAME: &'static str = "status";
/// }
/// impl __p::Project<__p::Field<{ __p::field_name("status") }>> for Order {
///     type Target = Status;
///     fn project(&self) -> &Status { &self.status }
/// }
/// ```
pub(super) fn emit_fields(model: &Model<'_>, shape: &Struct<'_>, p: &TokenStream) -> TokenStream {
    let (parameters, ..) = model.input.generics.split_for_impl();
    let (whole, bounds) = (whole(model), where_clause(model, p, Bound::Lattice, &TokenStream::new()));
    let fields = shape.fields.iter().map(|field| {
        let (member, name, token) = (&field.member, &field.name, token(&field.name, p));
        let join = Join::of(field, p);
        let lattice = join.lattice(field, p);
        let target = match &join {
            Join::Own { lattice } => lattice,
            Join::By { plain, .. } => plain,
        };
        let span = field.span();
        // The associated types and the signature too: the compiler reports what they name at the whole item.
        let lattice = quote_spanned!(span=> type Lattice = #lattice;);
        let target = quote_spanned!(span=> type Target = #target; fn project(&self) -> &#target);
        quote! {
            #[automatically_derived]
            impl #parameters #p::HasField<#token> for #whole #bounds {
                #lattice
                const NAME: &'static str = #name;
            }

            #[automatically_derived]
            impl #parameters #p::Project<#token> for #whole #bounds {
                #target {
                    &self.#member
                }
            }
        }
    });
    fields.collect()
}

/// `__p::Field<{ __p::field_name("status") }>`: the type that stands for the name of a field.
pub(crate) fn token(name: &str, p: &TokenStream) -> TokenStream {
    quote!(#p::Field<{ #p::field_name(#name) }>)
}
