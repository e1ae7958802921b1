//! How generated code names a field's lattice: its own, or what a strategy makes of it.
//!
//! Everything is spanned at the field's type. What a derive needs of the fields is one constant, `__S`, and what follows from it is named only as
//! `Sure<.., __S>`: so a field that is no lattice gives one error, there, however many impls use it.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use crate::{model::Field, syntax::StrategyWord};

/// How a field joins, as generated code says it.
pub(super) enum Join {
    /// As its own type says.
    Own,
    /// By a strategy over a plain type, such as `__p::strategies::ByMax`.
    By { strategy: TokenStream },
    /// Not at all.
    Skipped,
}

impl Join {
    /// How `field` joins, where `p` is the private path.
    pub(super) fn of(field: &Field<'_>, p: &TokenStream) -> Self {
        match strategy_of(field, p) {
            _ if field.is_skipped() => Self::Skipped,
            None => Self::Own,
            Some(strategy) => Self::By { strategy },
        }
    }
}

/// `__p::AsIs<Status>`, or `__p::Under<__p::strategies::ByMax, u64>`: a field as a factor of the product.
pub(super) fn factor(field: &Field<'_>, p: &TokenStream) -> TokenStream {
    let (ty, span) = (field.ty(), field.span());
    let p = &located(p, span);
    match Join::of(field, p) {
        Join::Own => quote_spanned!(span=> #p::AsIs<#ty>),
        Join::By { strategy } => quote_spanned!(span=> #p::Under<#strategy, #ty>),
        Join::Skipped => quote_spanned!(span=> #p::Skipped<#ty>),
    }
}

/// What the derive needs, `first` of the struct and then of all fields, as a constant with one error for each field that has it not. A field that hangs on a
/// parameter is left out, since a constant cannot.
///
/// ```ignore
/// const __S: bool = true & <Status as __p::LatticeField>::HOLDS & ..;
/// ```
pub(super) fn define_sure_of_all(
    fields: &[Field<'_>],
    first: &TokenStream,
    p: &TokenStream,
    need: impl Fn(&Field<'_>, &TokenStream) -> TokenStream,
) -> TokenStream {
    let conditions = fields.iter().filter(|field| !field.hangs).map(|field| {
        let p = located(p, field.span());
        holds(field, &need(field, &p))
    });
    quote!(const __S: bool = #first #(& #conditions)*;)
}

/// `Status as __p::ReplicateField`: what `#[derive(Replicate)]` needs of a field.
pub(super) fn needs_replicate(field: &Field<'_>, p: &TokenStream) -> TokenStream {
    let (ty, span) = (field.ty(), field.span());
    match Join::of(field, p) {
        Join::Own => quote_spanned!(span=> #ty as #p::ReplicateField),
        Join::By { strategy } if may_lack_deltas(field) => {
            quote_spanned!(span=> #strategy as #p::StrategyReplicate<#ty>)
        }
        Join::By { .. } => quote_spanned!(span=> #ty as #p::CodecField),
        Join::Skipped => quote_spanned!(span=> #ty as #p::SkippedField),
    }
}

/// `Status as __p::LVarField`: what `#[derive(LVar)]` needs of a field.
pub(super) fn needs_lvar(field: &Field<'_>, p: &TokenStream) -> TokenStream {
    let (ty, span) = (field.ty(), field.span());
    match Join::of(field, p) {
        Join::Own => quote_spanned!(span=> #ty as #p::LVarField),
        Join::By { strategy } => quote_spanned!(span=> #strategy as #p::StrategyLVar<#ty>),
        Join::Skipped => quote_spanned!(span=> #ty as #p::SkippedField),
    }
}

/// The type that stands for a strategy: `__p::strategies::ByMax`. `union` has none: sets and maps join by union anyway.
pub(super) fn strategy_of(field: &Field<'_>, p: &TokenStream) -> Option<TokenStream> {
    let name = match field.strategy? {
        StrategyWord::Max => "ByMax",
        StrategyWord::Min => "ByMin",
        StrategyWord::Any => "ByAny",
        StrategyWord::All => "ByAll",
        StrategyWord::Intersect => "ByIntersect",
        StrategyWord::By(strategy) => return Some(strategy.to_token_stream()),
        StrategyWord::With(_) => {
            let (owner, number) = (field.owner, Literal::usize_unsuffixed(field.number));
            let p = located(p, field.span());
            return Some(quote_spanned!(field.span()=> #p::strategies::With<#owner, #number>));
        }
        StrategyWord::Union | StrategyWord::Skip => return None,
    };
    let span = field.span();
    let (name, p) = (Ident::new(name, span), located(p, span));
    Some(quote_spanned!(span=> #p::strategies::#name))
}

/// Whether its strategy need not have deltas; of `with`, `#[derive(Replicate)]` asks for them.
pub(super) fn may_lack_deltas(field: &Field<'_>) -> bool {
    matches!(field.strategy, Some(StrategyWord::Intersect | StrategyWord::By(_)))
}

/// Whether its strategy is a chain for all types that it fits.
fn is_ready_chain(field: &Field<'_>) -> bool {
    use StrategyWord::{All, Any, Max, Min};
    matches!(field.strategy, Some(Max | Min | Any | All))
}

/// `<Status as __p::LatticeField>::HOLDS`, or what is known to be wrong.
pub(super) fn holds(field: &Field<'_>, need: &TokenStream) -> TokenStream {
    match &field.refused {
        // At the user's own span, so that three derives say it once.
        Some(mistake) => mistake.to_compile_error(),
        None => quote_spanned!(field.span()=> <#need>::HOLDS),
    }
}

/// `Status as __p::LatticeField`: what `#[derive(Lattice)]` needs of a field. The first four words make chains of whatever they fit.
pub(super) fn needs_lattice(field: &Field<'_>, p: &TokenStream) -> TokenStream {
    let (ty, span) = (field.ty(), field.span());
    match Join::of(field, p) {
        Join::Own if field.is_key => quote_spanned!(span=> #ty as #p::KeyField),
        Join::Own if field.is_union() => quote_spanned!(span=> #ty as #p::UnionField),
        Join::Own => quote_spanned!(span=> #ty as #p::LatticeField),
        Join::By { strategy } if field.is_key && !is_ready_chain(field) => {
            quote_spanned!(span=> #strategy as #p::KeyStrategy<#ty>)
        }
        Join::By { strategy } => quote_spanned!(span=> #strategy as #p::StrategyField<#ty>),
        Join::Skipped => quote_spanned!(span=> #ty as #p::SkippedField),
    }
}

/// The same path, standing at `span`. A path that begins elsewhere would drag the compiler's underline along.
pub(super) fn located(p: &TokenStream, span: Span) -> TokenStream {
    let tokens = p.clone().into_iter().map(|mut token| {
        token.set_span(token.span().located_at(span));
        token
    });
    tokens.collect()
}
