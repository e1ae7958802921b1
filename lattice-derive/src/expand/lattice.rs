//! `impl Lattice` for a struct: the product of its fields, one call a field.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{
    bounds::{Bound, where_clause, whole},
    fields::Join,
};
use crate::model::{Field, Model, Struct};

/// ```ignore
/// impl __p::Lattice for Order {
///     fn join(&mut self, __other: Self) -> bool { .. }
///     fn join_ref(&mut self, __other: &Self) -> bool { .. }
///     fn lattice_cmp(&self, __other: &Self) -> Option<Ordering> { .. }
///     fn leq(&self, __other: &Self) -> bool { .. }
///     fn conflict(&self) -> Option<Conflict> { .. }
///     fn incompatible(&self, __other: &Self) -> Option<Conflict> { .. }
/// }
/// ```
pub(super) fn emit_lattice(model: &Model<'_>, shape: &Struct<'_>, p: &TokenStream) -> TokenStream {
    let (parameters, ..) = model.input.generics.split_for_impl();
    let (whole, bounds) = (whole(model), where_clause(model, p, Bound::Lattice, &TokenStream::new()));
    let (joins, order, conflicts) = (emit_joins(shape, p), emit_order(shape, p), emit_conflicts(shape, p));
    quote! {
        #[automatically_derived]
        impl #parameters #p::Lattice for #whole #bounds {
            #joins
            #order
            #conflicts
        }
    }
}

/// ```ignore
/// fn join(&mut self, __other: Self) -> bool {
///     let mut __grew = false;
///     __grew |= <Status as Lattice>::join(&mut self.status, __other.status);
///     __grew |= strategies::join::<ByMax, u64>(&mut self.priority, __other.priority);
///     __grew
/// }
/// ```
fn emit_joins(shape: &Struct<'_>, p: &TokenStream) -> TokenStream {
    let by_value = shape.fields.iter().map(|field| {
        let (member, span) = (&field.member, field.span());
        match Join::of(field, p) {
            Join::Own { lattice } => {
 quote_spanned!(span=> <#lattice as #p::Lattice>::join(&mut self.#member, __other.#member))
            }
            Join::By { strategy, plain } => {
 quote_spanned!(span=> #p::strategies::join::<#strategy, #plain>(&mut self.#member, __other.#member))
            }
        }
    });
    let by_reference = shape.fields.iter().map(|field| {
        let (member, span) = (&field.member, field.span());
        match Join::of(field, p) {
            Join::Own { lattice } => {
 quote_spanned!(span=> <#lattice as #p::Lattice>::join_ref(&mut self.#member, &__other.#member))
            }
            Join::By { strategy, plain } => {
 quote_spanned!(span=> #p::strategies::join_ref::<#strategy, #plain>(&mut self.#member, &__other.#member))
            }
        }
    });
    let (start, end) = if shape.fields.is_empty() {
        (quote!(let _ = __other;), quote!(false))
    } else {
        (quote!(let mut __grew = false;), quote!(__grew))
    };
    quote! {
        fn join(&mut self, __other: Self) -> bool {
            #start
            #(__grew |= #by_value;)*
            #end
        }

        fn join_ref(&mut self, __other: &Self) -> bool {
            #start
            #(__grew |= #by_reference;)*
            #end
        }
    }
}

/// ```ignore
/// fn lattice_cmp(&self, __other: &Self) -> Option<Ordering> {
///     let __order = Some(Ordering::Equal);
///     let __order = product_cmp(__order, || <Status as Lattice>::lattice_cmp(&self.status, &__other.status));
///     __order
/// }
/// ```
fn emit_order(shape: &Struct<'_>, p: &TokenStream) -> TokenStream {
    let orders = shape.fields.iter().map(|field| {
        let (member, span) = (&field.member, field.span());
        match Join::of(field, p) {
            Join::Own { lattice } => quote_spanned!(span=> <#lattice as #p::Lattice>::lattice_cmp(&self.#member, &__other.#member)),
            Join::By { strategy, plain } => {
 quote_spanned!(span=> #p::Some(<#strategy as #p::strategies::Strategy<#plain>>::cmp(&self.#member, &__other.#member)))
            }
        }
    });
    let below = shape.fields.iter().map(|field| {
        let (member, span) = (&field.member, field.span());
        match Join::of(field, p) {
            Join::Own { lattice } => quote_spanned!(span=> <#lattice as #p::Lattice>::leq(&self.#member, &__other.#member)),
            Join::By { strategy, plain } => {
 quote_spanned!(span=> <#strategy as #p::strategies::Strategy<#plain>>::cmp(&self.#member, &__other.#member).is_le())
            }
        }
    });
    let unused = if shape.fields.is_empty() { quote!(let _ = __other;) } else { TokenStream::new() };
    quote! {
        fn lattice_cmp(&self, __other: &Self) -> #p::Option<#p::Ordering> {
            #unused
            let __order = #p::Some(#p::Ordering::Equal);
            #(let __order = #p::product_cmp(__order, || #orders);)*
            __order
        }

        fn leq(&self, __other: &Self) -> bool {
            #unused
            true #(&& #below)*
        }
    }
}

/// A field with a strategy is left out: its lattice is a chain, where nothing conflicts.
///
/// ```ignore
/// fn conflict(&self) -> Option<Conflict> {
///     None.or_else(|| Some(<Status as Lattice>::conflict(&self.status)?.in_field("status")))
/// }
/// ```
fn emit_conflicts(shape: &Struct<'_>, p: &TokenStream) -> TokenStream {
    let (mut inside, mut between) = (Vec::new(), Vec::new());
    for field in &shape.fields {
        if let Join::Own { lattice } = Join::of(field, p) {
            let (Field { member, name, .. }, span) = (field, field.span());
            inside
                .push(quote!(#p::Some(<#lattice as #p::Lattice>::conflict(&self.#member)?.in_field(#name))));
            between.push(quote_spanned! {span=>
                #p::Some(<#lattice as #p::Lattice>::incompatible(&self.#member, &__other.#member)?.in_field(#name))
            });
        }
    }
    let unused = if between.is_empty() { quote!(let _ = __other;) } else { TokenStream::new() };
    quote! {
        fn conflict(&self) -> #p::Option<#p::Conflict> {
            #p::None::<#p::Conflict>#(.or_else(|| #inside))*
        }

        fn incompatible(&self, __other: &Self) -> #p::Option<#p::Conflict> {
            #unused
            #p::None::<#p::Conflict>#(.or_else(|| #between))*
        }
    }
}
