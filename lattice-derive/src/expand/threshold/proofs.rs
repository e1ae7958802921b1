//! The proofs that different outcomes exclude each other, one for each pair of outcomes and of their `when`s.
//!
//! A single-outcome threshold needs none, and two `when`s of one outcome need not exclude each other: the answer is the same.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use super::Names;
use crate::{
    diagnostics::text_of,
    model::threshold::{Bound, Condition, Outcome, PathId},
};

/// What one condition says of a path.
enum Claim<'a> {
    AtLeast(&'a Bound),
    Binds,
}

pub(super) fn emit_proofs(outcomes: &[Outcome], names: &Names<'_>) -> TokenStream {
    let mut proofs = TokenStream::new();
    for (at, right) in outcomes.iter().enumerate() {
        for left in &outcomes[..at] {
            for_each_pair(left, right, |pair| proofs.extend(emit_proof((left, right), pair, names)));
        }
    }
    proofs
}

fn for_each_pair(left: &Outcome, right: &Outcome, mut then: impl FnMut((&Condition, &Condition))) {
    for left in left.elements.iter().filter_map(|element| element.condition.as_ref()) {
        for right in right.elements.iter().filter_map(|element| element.condition.as_ref()) {
            then((left, right));
        }
    }
}

/// The whole item is spanned at the second outcome: the compiler shows the panic there.
///
/// ```ignore
/// const _: () = __p::assert_incompatible("`Delivered`", "`Failed`", &[__p::Common {
///     path: "status", left: "Status::Shipped", right: "Status::Cancelled", verdict: ..,
/// }]);
/// ```
fn emit_proof(
    (left, right): (&Outcome, &Outcome),
    (left_when, right_when): (&Condition, &Condition),
    names: &Names<'_>,
) -> TokenStream {
    let span = right.ident.span();
    let p = names.p_at(span);
    let mut common = Vec::new();
    for (path, left_claim) in claims(left_when) {
        for (_, right_claim) in claims(right_when).filter(|(other, _)| *other == path) {
            common.push(emit_common(path, (&left_claim, &right_claim), (span, names)));
        }
    }
    let [left, right] = [(left, left_when), (right, right_when)].map(|side| name_of(side, names));
    quote_spanned! {span=>
        const _: () = #p::assert_incompatible(#left, #right, &[#(#common),*]);
    }
}

/// `` `Failed` ``, and if there are several ways to it, which: `` `Failed` when `status >= Status::Cancelled` ``.
fn name_of((outcome, condition): (&Outcome, &Condition), names: &Names<'_>) -> String {
    let ident = &outcome.ident;
    if outcome.elements.len() == 1 {
        return format!("`{ident}`");
    }
    let path = |path| &names.paths().node(path).text;
    let binds = condition.binds.iter().map(|bind| path(bind.path).clone());
    let bounds =
        condition.bounds.iter().map(|bound| format!("{} >= {}", path(bound.path), text_of(&bound.point)));
    format!("`{ident}` when `{}`", binds.chain(bounds).collect::<Vec<_>>().join(", "))
}

fn claims(condition: &Condition) -> impl Iterator<Item = (PathId, Claim<'_>)> {
    let bounds = condition.bounds.iter().map(|bound| (bound.path, Claim::AtLeast(bound)));
    bounds.chain(condition.binds.iter().map(|bind| (bind.path, Claim::Binds)))
}

/// A bound path is decided with any value, so it is compatible with whatever else is said of the path.
///
/// ```ignore
/// __p::Common { path: "status", left: "..", right: "..", verdict: <__P0 as __p::Pair<__E0, __E1>>::VERDICT }
/// ```
fn emit_common(
    path: PathId,
    (left, right): (&Claim<'_>, &Claim<'_>),
    (span, names): (Span, &Names<'_>),
) -> TokenStream {
    let (p, text) = (names.p_at(span), &names.paths().node(path).text);
    let [left_text, right_text] = [left, right].map(Claim::text);
    let verdict = match (left, right) {
        (Claim::AtLeast(left), Claim::AtLeast(right)) => {
            let mut leaf = names.leaf(names.paths().shape_of(path));
            let [left, right] = [left, right].map(|bound| names.point(bound));
            leaf.set_span(span);
            quote_spanned!(span=> <#leaf as #p::Pair<#left, #right>>::VERDICT)
        }
        (Claim::AtLeast(point), Claim::Binds) | (Claim::Binds, Claim::AtLeast(point)) => {
            let value = format!("`{}`", text_of(&point.point));
            quote_spanned!(span=> #p::Verdict::Shared { value: #value })
        }
        (Claim::Binds, Claim::Binds) => quote_spanned!(span=> #p::Verdict::Shared { value: "any value" }),
    };
    quote_spanned!(span=> #p::Common { path: #text, left: #left_text, right: #right_text, verdict: #verdict })
}

impl Claim<'_> {
    fn text(&self) -> String {
        match self {
            Self::AtLeast(bound) => text_of(&bound.point),
            Self::Binds => "any decided value".to_owned(),
        }
    }
}
