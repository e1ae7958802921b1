//! How generated code names a field of a payload: the way in which it joins, its type, and the variables that its patterns bind.
//!
//! As with the fields of structs, what a derive needs of a type is one constant, spanned at the type, and the type is named as `Sure` of
//! it: where the condition fails, that constant is the one error.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use crate::{
    expand::fields::{holds, located, strategy_of},
    model::{Enum, Field, Payload, poset::Tables},
};

/// An enum with data as the code about it needs it.
pub(super) struct Variants<'m> {
    shape: &'m Enum<'m, Tables>,
    p: &'m TokenStream,
}

/// One variant.
#[derive(Clone, Copy)]
pub(super) struct Variant<'m> {
    pub(super) index: usize,
    pub(super) ident: &'m Ident,
    pub(super) payload: &'m Payload<'m>,
    p: &'m TokenStream,
}

/// A field of a variant's payload.
#[derive(Clone, Copy)]
pub(super) struct PayloadField<'m> {
    pub(super) field: &'m Field<'m>,
    /// Its position in the payload.
    at: usize,
    is_flat: bool,
    p: &'m TokenStream,
}

impl<'m> Variants<'m> {
    pub(super) fn new(shape: &'m Enum<'m, Tables>, p: &'m TokenStream) -> Self {
        Self { shape, p }
    }

    /// The private path.
    pub(super) fn p(&self) -> &'m TokenStream {
        self.p
    }

    pub(super) fn all(&self) -> impl Iterator<Item = Variant<'m>> + use<'m> {
        let (shape, p) = (self.shape, self.p);
        let variants = shape.variants.iter().zip(&shape.payloads).enumerate();
        variants.map(move |(index, (ident, payload))| Variant { index, ident, payload, p })
    }

    /// Those with fields.
    pub(super) fn with_data(&self) -> impl Iterator<Item = Variant<'m>> + use<'m> {
        self.all().filter(|variant| !variant.payload.fields.is_empty())
    }

    /// Those whose payloads join.
    pub(super) fn joining(&self) -> impl Iterator<Item = Variant<'m>> + use<'m> {
        self.with_data().filter(|variant| !variant.is_flat())
    }

    /// Every field of every payload.
    pub(super) fn fields(&self) -> impl Iterator<Item = PayloadField<'m>> + use<'m> {
        self.all().flat_map(Variant::fields)
    }

    /// Where two different values of a flat variant join; of any other variant, the variant itself.
    pub(super) fn cover(&self, variant: Variant<'_>) -> usize {
        let covers = if variant.is_flat() { self.shape.order.covers(variant.index) } else { Vec::new() };
        covers.first().copied().unwrap_or(variant.index)
    }

    /// Whether states of other variants may join to this one, so that its payload has a bottom.
    pub(super) fn is_joined_to(&self, variant: Variant<'_>) -> bool {
        let is_cover = |below: Variant<'_>| below.is_flat() && self.cover(below) == variant.index;
        self.shape.order.join_of_two(variant.index).is_some() || self.all().any(is_cover)
    }

    /// The arms of `match (self, __other)` for pairs of one variant, and what to do with any other pair.
    pub(super) fn pair_arms(
        &self,
        arms: impl Iterator<Item = (Variant<'m>, TokenStream)>,
        otherwise: &TokenStream,
    ) -> TokenStream {
        let mut n_arms = 0;
        let mut tokens = TokenStream::new();
        for (variant, body) in arms {
            let [left, right] = ["__a", "__b"].map(|side| variant.pattern(side));
            tokens.extend(quote!((#left, #right) => #body));
            n_arms += 1;
        }
        self.close(tokens, n_arms, otherwise)
    }

    /// The arms of `match self` for some variants, and what to do with any other.
    pub(super) fn arms(
        &self,
        arms: impl Iterator<Item = (Variant<'m>, TokenStream)>,
        otherwise: &TokenStream,
    ) -> TokenStream {
        let mut n_arms = 0;
        let mut tokens = TokenStream::new();
        for (variant, body) in arms {
            let pattern = variant.pattern("__a");
            tokens.extend(quote!(#pattern => #body));
            n_arms += 1;
        }
        self.close(tokens, n_arms, otherwise)
    }

    /// An enum of one variant needs no further arm, and the compiler would warn of it.
    fn close(&self, arms: TokenStream, n_arms: usize, otherwise: &TokenStream) -> TokenStream {
        if n_arms == 1 && self.shape.variants.len() == 1 { arms } else { quote!(#arms _ => #otherwise) }
    }
}

impl<'m> Variant<'m> {
    /// Whether its payload is plain data.
    pub(super) fn is_flat(self) -> bool {
        self.payload.flat.is_some()
    }

    /// The private path.
    pub(super) fn p(self) -> &'m TokenStream {
        self.p
    }

    pub(super) fn fields(self) -> impl Iterator<Item = PayloadField<'m>> {
        let (is_flat, p) = (self.is_flat(), self.p);
        self.payload.fields.iter().enumerate().map(move |(at, field)| PayloadField { field, at, is_flat, p })
    }

    /// `Self::Int { 0: __a0 }`.
    pub(super) fn pattern(self, side: &str) -> TokenStream {
        let ident = self.ident;
        let fields = self.fields().map(|field| {
            let (member, variable) = (&field.field.member, field.variable(side));
            quote!(#member: #variable)
        });
        quote!(Self::#ident { #(#fields),* })
    }

    /// `Self::Int { 0: .. }`, each value made at its field's span.
    pub(super) fn build(self, value: impl Fn(PayloadField<'m>) -> TokenStream) -> TokenStream {
        let ident = self.ident;
        let fields = self.fields().map(|field| {
            let (member, value) = (&field.field.member, value(field));
            quote!(#member: #value)
        });
        quote!(Self::#ident { #(#fields),* })
    }

    /// What conflicts and thresholds call a field: nothing if it is the only one of a tuple variant.
    pub(super) fn path_of(self, field: PayloadField<'_>) -> TokenStream {
        let (name, p) = (&field.field.name, self.p);
        match self.payload.style {
            syn::Fields::Unnamed(fields) if fields.unnamed.len() == 1 => quote!(#p::None),
            _ => quote!(#p::Some(#name)),
        }
    }
}

impl PayloadField<'_> {
    pub(super) fn span(self) -> Span {
        self.field.span()
    }

    /// The private path, standing at the field.
    pub(super) fn p(self) -> TokenStream {
        located(self.p, self.span())
    }

    /// `__a0`.
    pub(super) fn variable(self, side: &str) -> Ident {
        format_ident!("{side}{}", self.at, span = Span::mixed_site())
    }

    pub(super) fn is_flat(self) -> bool {
        self.is_flat
    }

    /// `__p::sum::Own`, `__p::sum::By<__p::strategies::ByMax>` or `__p::sum::Plain`.
    pub(super) fn way(self) -> TokenStream {
        let (span, p) = (self.span(), self.p());
        match self.strategy() {
            _ if self.is_flat => quote_spanned!(span=> #p::sum::Plain),
            None => quote_spanned!(span=> #p::sum::Own),
            Some(strategy) => quote_spanned!(span=> #p::sum::By<#strategy>),
        }
    }

    /// `__p::strategies::ByMax`. `union` has none: sets and maps join by union anyway.
    pub(super) fn strategy(self) -> Option<TokenStream> {
        strategy_of(self.field, self.p)
    }

    /// Its type, as far as it is what the derive needs: `__p::Sure<u64, __S0>`.
    pub(super) fn ty(self) -> TokenStream {
        match self.constant() {
            Some(constant) => {
                let (ty, p) = (self.field.ty(), self.p());
                quote_spanned!(self.span()=> #p::Sure<#ty, #constant>)
            }
            None => self.field.ty().to_token_stream(),
        }
    }

    /// [`ty`](Self::ty) as a lattice; where no constant can be about it, a type that is none is reported with the same words.
    pub(super) fn lattice(self) -> TokenStream {
        let (ty, p, span) = (self.field.ty(), self.p(), self.span());
        match (self.constant(), self.strategy()) {
            (Some(_), _) => self.ty(),
            _ if self.is_flat => ty.to_token_stream(),
            (None, Some(strategy)) => quote_spanned!(span=> <#strategy as #p::StrategyField<#ty>>::Plain),
            (None, None) if self.field.is_union() => {
                quote_spanned!(span=> <#ty as #p::UnionField>::This)
            }
            (None, None) => quote_spanned!(span=> <#ty as #p::LatticeField>::This),
        }
    }

    /// `__S0`, where a constant can be about the type.
    fn constant(self) -> Option<Ident> {
        Some(format_ident!("__S{}", self.field.constant?, span = self.span()))
    }

    /// What is needed of the type, as a constant.
    ///
    /// ```ignore
    /// const __S0: bool = <u64 as __p::LatticeField>::HOLDS;
    /// ```
    pub(super) fn define(self, need: &TokenStream) -> TokenStream {
        let Some(constant) = self.constant() else { return TokenStream::new() };
        let holds = holds(self.field, need);
        quote_spanned!(self.span()=> const #constant: bool = #holds;)
    }

    /// [`lattice`](Self::lattice), given that it has a bottom: `__p::Sure<__p::Sure<u64, __S0>, __B0>`.
    pub(super) fn with_bottom(self) -> TokenStream {
        let (lattice, p) = (self.lattice(), self.p());
        match self.bottom_constant() {
            Some(constant) => quote_spanned!(self.span()=> #p::Sure<#lattice, #constant>),
            None => lattice,
        }
    }

    fn bottom_constant(self) -> Option<Ident> {
        Some(format_ident!("__B{}", self.field.constant?, span = self.span()))
    }

    /// That the type has a bottom, as a constant.
    ///
    /// ```ignore
    /// const __B0: bool = <__p::sum::Own as __p::sum::JoinedTo<__p::Sure<u64, __S0>>>::HOLDS;
    /// ```
    pub(super) fn define_bottom(self) -> TokenStream {
        let Some(constant) = self.bottom_constant() else { return TokenStream::new() };
        let (way, lattice, p) = (self.way(), self.lattice(), self.p());
        quote_spanned! {self.span()=>
            const #constant: bool = <#way as #p::sum::JoinedTo<#lattice>>::HOLDS;
        }
    }
}
